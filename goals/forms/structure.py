"""Cycles, objectives and templates as forms."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from goals.enums import CycleKind, Measure, ObjectiveLevel, Visibility
from goals.models import GoalTemplate, Objective
from metrics.enums import Direction
from metrics.models import Metric
from people.models import Department, Employee, JobDescription
from pipcycle.ui.fields import DayField


def words_field(label: Any, *, help_text: Any = "") -> forms.CharField:
    """Return a field for running text."""
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class FigureInput(forms.NumberInput):
    """A number as people write it: the database keeps 4.600, the field shows 4.6."""

    def format_value(self, value: Any) -> str | None:
        """Return what the field shows."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else super().format_value(value)


def figure_field(label: Any, *, help_text: Any = "", required: bool = False) -> forms.DecimalField:
    """Return a field for a figure, as wide as the database keeps it."""
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=required,
        max_digits=14,
        decimal_places=3,
        widget=FigureInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


class CycleForm(forms.Form):
    """The facts of a cycle."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("For example “2027, first half”."))
    kind = forms.ChoiceField(label=_("Length"), choices=CycleKind.choices)
    starts_on = DayField(_("First day"))
    ends_on = DayField(_("Last day"))
    propose_by = DayField(
        _("Goals proposed by"),
        help_text=_("Everybody who has a manager is asked to propose goals by this day, and reminded before it."),
    )
    update_every_weeks = forms.IntegerField(
        label=_("Weeks between updates"),
        min_value=1,
        max_value=26,
        initial=4,
        help_text=_("How often each goal is due for a word on where it stands."),
    )

    def clean(self) -> dict[str, Any]:
        """Hold the dates against each other, each refusal beside its field."""
        cleaned: dict[str, Any] = super().clean() or {}
        starts_on, ends_on, by = (cleaned.get(name) for name in ("starts_on", "ends_on", "propose_by"))
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("The last day of a cycle comes after its first."))
        elif ends_on and by and by > ends_on:
            self.add_error("propose_by", _("Goals are proposed before the cycle ends."))
        return cleaned


class ConfirmForm(forms.Form):
    """A question that needs no words."""


class ObjectiveForm(forms.Form):
    """An objective: whose it is, what it says and what it serves."""

    level = forms.ChoiceField(label=_("Whose objective"))
    title = forms.CharField(
        label=_("Objective"), max_length=200, help_text=_("What is to be reached, in one line a stranger understands.")
    )
    why = words_field(_("Why it matters"))
    department = forms.ModelChoiceField(
        label=_("Department"),
        queryset=Department.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("For an objective of a department."),
    )
    owner = forms.ModelChoiceField(
        label=_("Who leads it"),
        queryset=Employee.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
        help_text=_("Needed for an objective of a team or a person."),
    )
    parent = forms.ModelChoiceField(
        label=_("Serves"),
        queryset=Objective.objects.none(),
        required=False,
        empty_label=_("Nothing above it"),
        help_text=_("An objective of a higher level."),
    )

    def __init__(
        self,
        *args: Any,
        levels: list[ObjectiveLevel],
        departments: QuerySet[Department],
        owners: QuerySet[Employee],
        parents: QuerySet[Objective],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["level"].choices = [(level.value, level.label) for level in levels]
        fields["department"].queryset = departments
        fields["owner"].queryset = owners
        fields["parent"].queryset = parents
        fields["parent"].label_from_instance = lambda one: f"{one.get_level_display()}: {one.title}"
        if len(levels) == 1:
            self.initial.setdefault("level", levels[0].value)
            fields["level"].widget = forms.HiddenInput()
        if not departments.exists() or ObjectiveLevel.DEPARTMENT not in levels:
            del fields["department"]


class TemplateForm(forms.ModelForm):  # type: ignore[type-arg]  # the class takes none when the code runs
    """A goal to start from."""

    class Meta:
        model = GoalTemplate
        fields = (
            "name",
            "job_description",
            "title",
            "why",
            "measure",
            "baseline",
            "target",
            "unit",
            "direction",
            "metric",
            "support_needed",
            "visibility",
        )

    name = forms.CharField(label=_("Name of the template"), max_length=200, help_text=_("How it is found in the list."))
    job_description = forms.ModelChoiceField(
        label=_("For the job"),
        queryset=JobDescription.objects.none(),
        required=False,
        empty_label=_("Any job"),
    )
    title = forms.CharField(label=_("Goal"), max_length=200, help_text=_("As it will stand in each person's list."))
    why = words_field(_("Why it matters"))
    measure = forms.ChoiceField(label=_("Measured by"), choices=Measure.choices)
    baseline = figure_field(_("Today"), help_text=_("Left empty, each person's own figure is asked for."))
    target = figure_field(_("Target"))
    unit = forms.CharField(label=_("Unit"), max_length=30, required=False)
    direction = forms.ChoiceField(label=_("Which way is better"), choices=Direction.choices)
    metric = forms.ModelChoiceField(
        label=_("Metric"),
        queryset=Metric.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("Its observations then give each person's figure of today, and move the goal by themselves."),
    )
    support_needed = words_field(_("Support needed"))
    visibility = forms.ChoiceField(label=_("Who may read it"), choices=Visibility.choices)

    def __init__(self, *args: Any, metrics: QuerySet[Metric], jobs: QuerySet[JobDescription], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["metric"].queryset = metrics
        fields["job_description"].queryset = jobs

    def clean(self) -> dict[str, Any]:
        """Ask for a figure where the measure is one, and for none where it is not."""
        cleaned: dict[str, Any] = super().clean() or {}
        is_figure = cleaned.get("measure") in (Measure.NUMBER, Measure.PERCENT)
        if is_figure and cleaned.get("target") is None and "target" not in self.errors:
            self.add_error("target", _("Say what is to be reached."))
        if not is_figure and cleaned.get("metric"):
            self.add_error("metric", _("A metric moves a goal that is measured by a number or per cent."))
        if cleaned.get("measure") == Measure.PERCENT and not cleaned.get("unit"):
            cleaned["unit"] = "%"
        return cleaned
