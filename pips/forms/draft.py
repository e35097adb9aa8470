"""The draft of a plan: its fields and the rows it is made of; it may be incomplete, the gates say what is missing."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from people.models import JobDescription
from pips.clock import milestone_days
from pips.enums import Direction
from pips.forms.fields import LENGTHS, date_field, figure_field, words_field
from pips.inputs import ConcernInput, ExpectationInput, MilestoneInput, SupportInput
from pips.models import Plan

MAX_ROWS = 30


class PlanForm(forms.Form):
    """The plan's own fields."""

    title = forms.CharField(label=_("Title"), max_length=200)
    job_description = forms.ModelChoiceField(
        label=_("Job description"),
        empty_label=_("None"),
        queryset=JobDescription.objects.none(),
        required=False,
        help_text=_("The plan asks for what this job asks for, no more."),
    )
    length_days = forms.TypedChoiceField(label=_("Length"), choices=LENGTHS, coerce=int)
    starts_on = date_field(_("Starts on"), help_text=_("Can be settled when the plan is issued."))
    check_in_every_days = forms.IntegerField(label=_("Days between check-ins"), min_value=1, max_value=60)
    root_cause = words_field(
        _("Root cause"),
        help_text=_("What stands behind the gap, as far as both of you know: skill, tools, load, clarity?"),
    )
    success_consequence = words_field(_("If the plan succeeds"))
    failure_consequence = words_field(_("If the plan does not succeed"))
    rights = words_field(_("Rights"), rows=5)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["job_description"].queryset = JobDescription.objects.all()  # type: ignore[attr-defined]
        current = self.initial.get("length_days")
        if current and int(current) not in dict(LENGTHS):
            days = int(current)
            self.fields["length_days"].choices = [*LENGTHS, (days, format_lazy(_("{days} days"), days=days))]  # type: ignore[attr-defined]


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


class MilestoneForm(forms.Form):
    """What should be reached by one milestone."""

    day = forms.IntegerField(widget=forms.HiddenInput)
    goal = words_field(_("What should be reached"), rows=2)

    @property
    def shown_day(self) -> int:
        """Return the day of the row, typed or not."""
        return int(self["day"].value() or 0)


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


if TYPE_CHECKING:
    _FormSet = forms.BaseFormSet[Any]
else:
    _FormSet = forms.BaseFormSet  # not subscriptable when it runs


class RowSet(_FormSet):
    """Rows of one kind; a row left entirely blank is no row."""

    def initial_form_count(self) -> int:
        """Return 0 once something is handed in: every row is judged by what is typed in it alone."""
        return 0 if self.is_bound else super().initial_form_count()

    def filled(self) -> list[dict[str, Any]]:
        """Return the rows that are not blank; only after ``is_valid``."""
        return [row.cleaned_data for row in self.forms if row.has_changed()]


def _rows(form: type[forms.Form]) -> type[RowSet]:
    rows: Any = forms.formset_factory(form, formset=RowSet, extra=0, max_num=MAX_ROWS, absolute_max=MAX_ROWS + 10)
    made: type[RowSet] = rows
    return made


ROW_FORMS: dict[str, type[forms.Form]] = {
    "concerns": ConcernForm,
    "expectations": ExpectationForm,
    "milestones": MilestoneForm,
    "support": SupportForm,
}
ROW_SETS = {name: _rows(form) for name, form in ROW_FORMS.items()}
#: Rows a person adds and removes; the milestones follow the length.
FREE_ROWS = ("concerns", "expectations", "support")


class DraftForms:
    """Everything on the page of a draft, as one form: valid together, errors together."""

    def __init__(
        self,
        *,
        initial: dict[str, Any],
        rows: dict[str, list[dict[str, Any]]],
        owners: Sequence[tuple[int, str]],
        data: QueryDict | None = None,
        focus: str = "",
    ) -> None:
        self.plan = PlanForm(data, initial=initial)
        self.sets: dict[str, RowSet] = {
            name: ROW_SETS[name](
                data,
                initial=None if data is not None else rows[name],
                prefix=name,
                form_kwargs={"owners": owners} if name == "support" else {},
            )
            for name in ROW_FORMS
        }
        if focus in FREE_ROWS and self.sets[focus].forms:
            first = next(iter(self.sets[focus].forms[-1].fields.values()))
            first.widget.attrs["autofocus"] = True

    @property
    def concerns(self) -> RowSet:
        """Return the rows of concerns."""
        return self.sets["concerns"]

    @property
    def expectations(self) -> RowSet:
        """Return the rows of expectations."""
        return self.sets["expectations"]

    @property
    def milestones(self) -> RowSet:
        """Return one row for each milestone of the length."""
        return self.sets["milestones"]

    @property
    def support(self) -> RowSet:
        """Return the rows of support commitments."""
        return self.sets["support"]

    def is_valid(self) -> bool:
        """Return whether every part is valid; each part is looked at, so that all errors show at once."""
        return all([self.plan.is_valid(), *(rows.is_valid() for rows in self.sets.values())])

    @property
    def errors(self) -> list[ErrorDict]:
        """Return the errors of every part."""
        return [form.errors for form in self._forms() if form.errors]

    def non_field_errors(self) -> list[str]:
        """Return the errors that belong to no single field."""
        found = [str(error) for rows in self.sets.values() for error in rows.non_form_errors()]
        return [str(error) for form in self._forms() for error in form.non_field_errors()] + found

    def add_error(self, message: Any) -> None:
        """Show a message of the domain above the form."""
        self.plan.add_error(None, message)

    def __iter__(self) -> Iterator[forms.BoundField]:
        for form in self._forms():
            yield from form

    def _forms(self) -> Iterator[forms.Form]:
        yield self.plan
        for rows in self.sets.values():
            yield from rows.forms

    def revision(self) -> dict[str, Any]:
        """Return what ``revise_draft`` takes; only after ``is_valid``."""
        days = milestone_days(self.plan.cleaned_data["length_days"])
        goals = {row["day"]: row["goal"] for row in self.sets["milestones"].filled()}
        return {
            **self.plan.cleaned_data,
            "concerns": [ConcernInput(**row) for row in self.sets["concerns"].filled()],
            "expectations": [ExpectationInput(**row) for row in self.sets["expectations"].filled()],
            "milestones": [MilestoneInput(day=day, goal=goals.get(day, "")) for day in days],
            "support": [
                SupportInput(description=row["description"], owner_id=row["owner"], due_day=row["due_day"])
                for row in self.sets["support"].filled()
            ],
        }


def saved_draft(plan: Plan) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Return the fields and rows of the draft as last saved."""
    initial = {name: getattr(plan, name) for name in PlanForm.base_fields}
    goals = {milestone.day: milestone.goal for milestone in plan.milestones.all()}
    rows: dict[str, list[dict[str, Any]]] = {
        "concerns": [_values(concern, ConcernForm) for concern in plan.concerns.all()] or [{}],
        "expectations": [_values(expectation, ExpectationForm) for expectation in plan.expectations.all()],
        "milestones": [{"day": day, "goal": goals.get(day, "")} for day in milestone_days(plan.length_days)],
        "support": [
            {"description": item.description, "owner": item.owner_id, "due_day": item.due_day}
            for item in plan.support_commitments.all()
        ],
    }
    return initial, rows


def typed_draft(data: QueryDict) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Return the fields and rows exactly as typed, valid or not, so that adding a row loses no word."""
    initial = {name: data.get(name, "") for name in PlanForm.base_fields}
    rows = {
        name: [
            {field: data.get(f"{name}-{index}-{field}", "") for field in form.base_fields}
            for index in range(_row_count(data, name))
        ]
        for name, form in ROW_FORMS.items()
    }
    length = initial["length_days"]
    goals = {row["day"]: row["goal"] for row in rows["milestones"]}
    if length.isdigit() and int(length) in dict(LENGTHS):
        rows["milestones"] = [{"day": str(day), "goal": goals.get(str(day), "")} for day in milestone_days(int(length))]
    return initial, rows


def _row_count(data: QueryDict, name: str) -> int:
    count = data.get(f"{name}-TOTAL_FORMS", "0")
    return min(int(count), MAX_ROWS) if count.isdigit() else 0


def _values(row: Any, form: type[forms.Form]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in form.base_fields}
