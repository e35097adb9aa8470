"""The draft of a plan: its fields and the rows it is made of; it may be incomplete, the gates say what is missing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from people.models import JobDescription
from pipcycle.ui.rows import FormWithRows, RowSet, row_set, typed_rows
from pips.clock import milestone_days
from pips.enums import Consequence, Direction, EmploymentEffect
from pips.forms.fields import date_field, figure_field, length_choices, words_field
from pips.inputs import ConcernInput, ExpectationInput, MilestoneInput, SupportInput
from pips.models import Plan
from pips.snapshots import plain_figure

MAX_ROWS = 30


class FrameForm(forms.Form):
    """What the plan is called, which job it rests on, how long it runs and what stands behind the gap."""

    title = forms.CharField(label=_("Title"), max_length=200)
    job_description = forms.ModelChoiceField(
        label=_("Job description"),
        empty_label=_("None"),
        queryset=JobDescription.objects.none(),
        required=False,
        help_text=_("The plan asks for what this job asks for, no more."),
    )
    length_days = forms.TypedChoiceField(label=_("Length"), coerce=int)
    starts_on = date_field(_("Starts on"), help_text=_("Can be settled when the plan is issued."))
    check_in_every_days = forms.IntegerField(label=_("Days between check-ins"), min_value=1, max_value=60)
    root_cause = words_field(
        _("Root cause"),
        help_text=_("What stands behind the gap, as far as both of you know: skill, tools, load, clarity?"),
    )
    employment_effects = forms.MultipleChoiceField(
        label=_("What the plan does to the job"),
        choices=EmploymentEffect.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Say so openly: HR then looks at it once more (rule 5). Leave all empty if none is true."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lengths = length_choices()
        self.fields["length_days"].choices = lengths  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["job_description"].queryset = JobDescription.objects.all()  # type: ignore[attr-defined]
        current = self.initial.get("length_days")
        if current and int(current) not in dict(lengths):
            days = int(current)
            self.fields["length_days"].choices = [*lengths, (days, format_lazy(_("{days} days"), days=days))]  # type: ignore[attr-defined]


class ConsequencesForm(forms.Form):
    """What follows from either outcome, and what the employee may do."""

    success_consequence = words_field(_("If the plan succeeds"))
    failure_consequence = words_field(_("If the plan does not succeed"))
    harshest_step = forms.ChoiceField(
        label=_("Harshest step it announces"),
        choices=[("", _("Not named")), *Consequence.choices],
        required=False,
        help_text=_("What may follow at most. Anything beyond it later needs a reason of HR."),
    )
    rights = words_field(_("Rights"), rows=5)
    relapse_window_days = forms.IntegerField(
        label=_("Relapse window in days"),
        min_value=0,
        max_value=730,
        required=False,
        help_text=_("After a success. A new plan within it cites this one; after it everything starts afresh."),
    )
    relapse_terms = words_field(_("What counts as a relapse"))


class ConcernForm(forms.Form):
    """One dated example of the gap (rule 2)."""

    occurred_on = date_field(_("Date"), required=True)
    description = words_field(
        _("What happened"), required=True, help_text=_("What was seen, not what somebody is like.")
    )
    standard = words_field(_("Standard expected"), rows=2, help_text=_("Where is it written down?"))
    impact = words_field(_("Impact"), rows=2)
    evidence = words_field(_("Evidence"), rows=2, help_text=_("A record both of you can look at."))
    prior_coaching = words_field(_("Guidance given before"), rows=2)


class ExpectationForm(forms.Form):
    """One measurable target (rules 2 and 3)."""

    title = forms.CharField(label=_("What is expected"), max_length=200)
    measure = forms.CharField(label=_("How it is measured"), max_length=300, required=False)
    baseline = figure_field(_("Today"))
    direction = forms.ChoiceField(label=_("Better is"), choices=Direction.choices, initial=Direction.AT_LEAST)
    target = figure_field(_("Target"))
    unit = forms.CharField(label=_("Unit"), max_length=50, required=False)
    data_source = forms.CharField(
        label=_("Data source"),
        max_length=200,
        required=False,
        help_text=_("Where the figure comes from. It is locked when the plan is issued."),
    )
    metric_id = forms.TypedChoiceField(
        label=_("Metric"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("With one, each milestone starts from its figures and says whether they are more than noise."),
    )

    def __init__(self, *args: Any, metrics: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["metric_id"].choices = [("", _("None")), *metrics]  # type: ignore[attr-defined]  # a ChoiceField


class MilestoneForm(forms.Form):
    """What should be reached by one milestone."""

    day = forms.IntegerField(widget=forms.HiddenInput)
    goal = words_field(_("What should be reached"), rows=2)

    @property
    def shown_day(self) -> int:
        """Return the day of the row, typed or not."""
        typed = str(self["day"].value())
        return int(typed) if typed.isdecimal() and len(typed) < 5 else 0


class SupportForm(forms.Form):
    """One promise of the employer."""

    description = words_field(_("Support"), required=True, rows=2)
    owner = forms.TypedChoiceField(label=_("Who delivers it"), coerce=int)
    due_day = forms.IntegerField(
        label=_("By day"), min_value=0, max_value=365, initial=14, help_text=_("Counted from the start.")
    )

    def __init__(self, *args: Any, owners: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _("Choose")), *owners]  # type: ignore[attr-defined]  # a ChoiceField


ROW_FORMS: dict[str, type[forms.Form]] = {
    "concerns": ConcernForm,
    "expectations": ExpectationForm,
    "milestones": MilestoneForm,
    "support": SupportForm,
}
PLAN_FORMS: dict[str, type[forms.Form]] = {"frame": FrameForm, "consequences": ConsequencesForm}
ROW_SETS = {name: row_set(form, most=MAX_ROWS) for name, form in ROW_FORMS.items()}


@dataclass(frozen=True)
class Held:
    """What a step holds: the values of fields of the plan, or rows."""

    fields: dict[str, Any]
    rows: list[dict[str, Any]]


class StepForms(FormWithRows):
    """What one step of the draft is typed into: fields of the plan or rows, valid together, errors together.

    ``offered`` is what the fields of a row can be chosen from.
    """

    def __init__(
        self,
        step: str,
        *,
        held: Held | None = None,
        offered: Mapping[str, Any],
        data: QueryDict | None = None,
        focus: str = "",
    ) -> None:
        held = held or Held({}, [])
        self.step = step
        self.head = self.plan = PLAN_FORMS.get(step, forms.Form)(data, initial=held.fields)
        self.rows: RowSet | None = None
        if step in ROW_SETS:
            self.rows = ROW_SETS[step](
                data,
                initial=None if data is not None else held.rows,
                prefix=step,
                form_kwargs=dict(offered),
            )
            self.sets = {step: self.rows}
            self.focus(focus)

    def part(self) -> dict[str, Any]:
        """Return the part of the draft that this step holds; only after ``is_valid``."""
        if self.rows is None:
            return dict(self.plan.cleaned_data)
        return {self.step: [_INPUTS[self.step](row) for row in self.rows.filled()]}


_INPUTS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "concerns": lambda row: ConcernInput(**row),
    "expectations": lambda row: ExpectationInput(**row),
    "milestones": lambda row: MilestoneInput(day=row["day"], goal=row["goal"]),
    "support": lambda row: SupportInput(description=row["description"], owner_id=row["owner"], due_day=row["due_day"]),
}


def saved_step(plan: Plan, step: str) -> Held:
    """Return what the step holds as last saved."""
    if step in PLAN_FORMS:
        return Held({name: getattr(plan, name) for name in PLAN_FORMS[step].base_fields}, [])
    match step:
        case "concerns":
            rows = [_values(concern, ConcernForm) for concern in plan.concerns.all()] or [{}]
        case "expectations":
            rows = [_values(expectation, ExpectationForm) for expectation in plan.expectations.all()]
        case "milestones":
            goals = {milestone.day: milestone.goal for milestone in plan.milestones.all()}
            rows = [{"day": day, "goal": goals.get(day, "")} for day in milestone_days(plan.length_days)]
        case _:
            rows = [
                {"description": item.description, "owner": item.owner_id, "due_day": item.due_day}
                for item in plan.support_commitments.all()
            ]
    return Held({}, rows)


def typed_step(data: QueryDict, step: str) -> Held:
    """Return what is typed exactly as typed, with the row added or removed that a button asks for."""
    if step in PLAN_FORMS:
        fields: dict[str, Any] = {name: data.get(name, "") for name in PLAN_FORMS[step].base_fields}
        return Held({**fields, "employment_effects": data.getlist("employment_effects")}, [])
    return Held({}, typed_rows(data, {step: ROW_FORMS[step]}, most=MAX_ROWS)[step])


def _values(row: Any, form: type[forms.Form]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in form.base_fields}
    return {name: plain_figure(value) if isinstance(value, Decimal) else value for name, value in values.items()}
