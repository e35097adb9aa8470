"""A goal as a form: what it says, and what is said of it later."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from goals.enums import Confidence, Measure, Purpose, Result, Visibility
from goals.forms.structure import figure_field, words_field
from goals.inputs import GoalInput, StepInput
from goals.models import Cycle, Goal, Objective
from metrics.enums import Direction
from metrics.models import Metric
from people.models import Employee, Responsibility
from pipcycle.ui.fields import DayField

MOST_STEPS = 30
STEPS_PREFIX = "steps"
AGREED = ("measure", "baseline", "target", "unit", "direction", "metric", "starts_on", "due_on")


class MeasureForm(forms.Form):
    """What both sides agree on: how it is measured, from where to where, from when to when."""

    measure = forms.ChoiceField(label=_("Measured by"), choices=Measure.choices)
    baseline = figure_field(_("Today"), help_text=_("Where it stands now."))
    target = figure_field(_("Target"))
    unit = forms.CharField(label=_("Unit"), max_length=30, required=False, help_text=_("%, days, items …"))
    direction = forms.ChoiceField(label=_("Which way is better"), choices=Direction.choices)
    metric = forms.ModelChoiceField(
        label=_("Follows the metric"),
        queryset=Metric.objects.none(),
        required=False,
        empty_label=_("None: its people report the value"),
        help_text=_("Its observations then move the goal by themselves."),
    )
    starts_on = DayField(_("From"))
    due_on = DayField(_("Due"))

    def __init__(self, *args: Any, metrics: QuerySet[Metric], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["metric"].queryset = metrics  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """Hold the dates and the metric against the rest, each refusal beside its field."""
        cleaned: dict[str, Any] = super().clean() or {}
        starts_on, due_on = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts_on and due_on and due_on < starts_on:
            self.add_error("due_on", _("The due date comes before the first day. Correct one of the two."))
        if cleaned.get("metric") and cleaned.get("measure") not in (Measure.NUMBER, Measure.PERCENT):
            self.add_error("metric", _("A metric gives a figure: measure by a number or per cent to follow it."))
        return cleaned

    def agreed(self) -> dict[str, Any]:
        """Return the fields both sides agree on, as the services take them."""
        words = self.cleaned_data
        if words["measure"] in (Measure.NUMBER, Measure.PERCENT):
            return {name: words[name] for name in AGREED}
        empty = {"baseline": None, "target": None, "unit": "", "direction": words["direction"], "metric": None}
        return {**{name: words[name] for name in AGREED}, **empty}


class GoalForm(MeasureForm):
    """A whole goal: specific, measurable, achievable, relevant, time-bound."""

    title = forms.CharField(
        label=_("Goal"), max_length=200, help_text=_("One sentence: what will be different, and how much.")
    )
    why = words_field(_("Why it matters"))
    support_needed = words_field(
        _("Support needed"), help_text=_("Time, training, tools: what the other side agrees to give.")
    )
    cycle = forms.ModelChoiceField(label=_("Cycle"), queryset=Cycle.objects.none(), empty_label=None)
    objective = forms.ModelChoiceField(
        label=_("Objective it serves"), queryset=Objective.objects.none(), required=False, empty_label=_("None")
    )
    responsibility = forms.ModelChoiceField(
        label=_("Responsibility of the job"),
        queryset=Responsibility.objects.none(),
        required=False,
        empty_label=_("None"),
    )
    purpose = forms.ChoiceField(label=_("For"), choices=Purpose.choices)
    weight = forms.IntegerField(
        label=_("Weight"), min_value=1, max_value=10, initial=1, help_text=_("1 to 10, against the other goals.")
    )
    visibility = forms.ChoiceField(
        label=_("Who else may read it"),
        choices=Visibility.choices,
        help_text=_("You two, the managers above and HR always can."),
    )

    def __init__(
        self,
        *args: Any,
        cycles: QuerySet[Cycle],
        objectives: QuerySet[Objective],
        responsibilities: QuerySet[Responsibility],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("cycle", cycles), ("objective", objectives), ("responsibility", responsibilities)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # ModelChoiceFields

    def facts(self, steps: Sequence[StepInput]) -> GoalInput:
        """Return what the services take."""
        words = self.cleaned_data
        return GoalInput(
            **{
                **self.agreed(),
                "measure": Measure(words["measure"]),
                "direction": Direction(words["direction"]),
                "title": words["title"],
                "why": words["why"],
                "support_needed": words["support_needed"],
                "objective": words["objective"],
                "responsibility": words["responsibility"],
                "purpose": Purpose(words["purpose"]),
                "weight": words["weight"],
                "visibility": Visibility(words["visibility"]),
                "steps": steps,
            }
        )


class StepForm(forms.Form):
    """One milestone; an empty row is left out."""

    title = forms.CharField(label=_("Milestone"), max_length=200, required=False)
    due_on = DayField(_("Due"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a date without words."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("due_on") and not cleaned.get("title"):
            self.add_error("title", _("Say what is to be done by this day."))
        return cleaned


if TYPE_CHECKING:
    _FormSet = forms.BaseFormSet[StepForm]
else:
    _FormSet = forms.BaseFormSet  # not subscriptable when it runs


class StepRows(_FormSet):
    """The milestones of a goal."""

    def steps(self) -> list[StepInput]:
        """Return the rows that say something, in order."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("title")]
        return [StepInput(title=row["title"].strip(), due_on=row["due_on"]) for row in rows]


StepFormSet = forms.formset_factory(StepForm, formset=StepRows, extra=3, max_num=MOST_STEPS, absolute_max=MOST_STEPS)


class ForWhomForm(forms.Form):
    """Whom a new goal is for."""

    employee = forms.ModelChoiceField(label=_("For whom"), queryset=Employee.objects.none(), empty_label=_("Choose"))

    def __init__(self, *args: Any, employees: QuerySet[Employee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employee"].queryset = employees  # type: ignore[attr-defined]  # a ModelChoiceField


class WordsForm(forms.Form):
    """The words of an agreed goal."""

    title = forms.CharField(label=_("Goal"), max_length=200)
    why = words_field(_("Why it matters"))
    support_needed = words_field(_("Support needed"))
    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=10)
    visibility = forms.ChoiceField(label=_("Who else may read it"), choices=Visibility.choices)


class UpdateForm(forms.Form):
    """Where the goal stands; a goal moved by its metric or by milestones asks for no value."""

    value = figure_field(_("Value today"))
    is_reached = forms.BooleanField(label=_("It is reached"), required=False)
    confidence = forms.ChoiceField(
        label=_("How will it end?"), choices=Confidence.choices, widget=forms.RadioSelect, required=False
    )
    comment = words_field(_("In a few words"))
    evidence_link = forms.URLField(label=_("Link to evidence"), required=False, max_length=500, assume_scheme="https")
    evidence = forms.FileField(
        label=_("Or a file"), required=False, help_text=_("PDF, picture, text, Word or Excel, up to 5 MB.")
    )

    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goal = goal
        if goal.metric_id is not None or not goal.is_measured:
            del self.fields["value"]
        if goal.measure != Measure.YES_NO:
            del self.fields["is_reached"]

    def reported(self) -> Decimal | None:
        """Return the value to record, None for none."""
        if self.goal.measure == Measure.YES_NO:
            return Decimal(1) if self.cleaned_data["is_reached"] else None
        value: Decimal | None = self.cleaned_data.get("value")
        return value


class RevisionForm(MeasureForm):
    """What is to be agreed instead, and why."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The other side is asked to agree. The reason stays on the record."),
    )


class ReasonForm(forms.Form):
    """A few words; the page says what for."""

    reason = forms.CharField(label=_("Reason"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label is not None:
            self.fields["reason"].label = label


class OptionalReasonForm(forms.Form):
    """A few words, if there are any."""

    reason = forms.CharField(
        label=_("Comment"), max_length=5_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class CompletionForm(ReasonForm):
    """How the goal ended."""

    result = forms.ChoiceField(label=_("Result"), choices=Result.choices, widget=forms.RadioSelect)
    field_order = ("result", "reason")
