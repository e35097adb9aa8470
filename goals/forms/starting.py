"""Copying goals forward and starting them from a template: what is chosen, and each person's figure of today."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from goals.forms.structure import figure_field
from goals.models import Cycle, Objective
from people.models import Employee
from pipcycle.ui.fields import DayField


class DatesForm(forms.Form):
    """From when to when."""

    starts_on = DayField(_("From"))
    due_on = DayField(_("Due"))

    def clean(self) -> dict[str, Any]:
        """Hold the dates against each other."""
        cleaned: dict[str, Any] = super().clean() or {}
        starts_on, due_on = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts_on and due_on and due_on < starts_on:
            self.add_error("due_on", _("The due date comes after the first day."))
        return cleaned


class CopyForm(DatesForm):
    """Which goals go on, and from when to when."""

    goals = forms.TypedMultipleChoiceField(
        label=_("Goals"), coerce=int, error_messages={"required": _("Choose at least one goal to copy.")}
    )

    def __init__(self, *args: Any, goals: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["goals"].choices = [(key, key) for key in goals]


class TeamGoalsForm(DatesForm):
    """For whom a template becomes a goal, in which cycle, and each person's figure of today."""

    cycle = forms.ModelChoiceField(label=_("Cycle"), queryset=Cycle.objects.none(), empty_label=None)
    objective = forms.ModelChoiceField(
        label=_("Serves"), queryset=Objective.objects.none(), required=False, empty_label=_("No objective yet")
    )
    is_proposed = forms.ChoiceField(
        label=_("Made as"),
        choices=[("", _("Drafts, to be looked at one by one")), ("1", _("Proposals: each person is asked at once"))],
        required=False,
        widget=forms.RadioSelect,
    )
    people = forms.TypedMultipleChoiceField(
        label=_("People"), coerce=int, error_messages={"required": _("Choose at least one person.")}
    )

    def __init__(
        self,
        *args: Any,
        people: Iterable[Employee],
        cycles: QuerySet[Cycle],
        objectives: QuerySet[Objective],
        has_figures: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        self.chosen_from = {person.pk: person for person in people}
        fields["people"].choices = [(key, key) for key in self.chosen_from]
        fields["cycle"].queryset = cycles
        fields["objective"].queryset = objectives
        fields["objective"].label_from_instance = lambda one: f"{one.get_level_display()}: {one.title}"
        for key, person in self.chosen_from.items() if has_figures else ():
            fields[f"baseline_{key}"] = figure_field(_("Today: %(name)s") % {"name": person.full_name})

    def figures(self) -> dict[Employee, Any]:
        """Return each chosen person with their figure of today."""
        return {self.chosen_from[key]: self.cleaned_data.get(f"baseline_{key}") for key in self.cleaned_data["people"]}
