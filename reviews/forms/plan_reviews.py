"""The review after a plan: a result for each expectation, and the sections HR's form asks for."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.form_content import SectionsContent
from documents.form_kinds import SECTIONS
from pipcycle.ui.fields import DayField
from reviews.enums import Lasting
from reviews.forms.fields import words_field
from reviews.selectors.plan_reviews import Course
from reviews.services.plan_reviews import ResultInput

#: Written by the employee, afterwards.
_NOT_HERE = frozenset({"employee_response"})


class PlanReviewForm(forms.Form):
    """When it was, whether it lasts, and what was found."""

    held_on = DayField(_("Held on"))
    is_sustained = forms.TypedChoiceField(
        label=_("Has the improvement lasted?"),
        choices=[("yes", _("Yes, the improvement has lasted")), ("no", _("No, it has not"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, courses: Sequence[Course], content: SectionsContent) -> None:
        super().__init__(data, initial={"held_on": timezone.localdate()})
        self.courses = courses
        for one in courses:
            self._add_result(one)
        self.sections = [key for key in SECTIONS["review"] if key not in _NOT_HERE]
        for key in self.sections:
            section = content.section(key)
            field = words_field(SECTIONS["review"][key], help_text=section.guidance, required=key == "sustained")
            field.required = section.is_required or key == "sustained"
            field.initial = str(section.default)
            self.fields[f"words-{key}"] = field

    def rows(self) -> Iterator[tuple[Course, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Yield each expectation with its fields: does it last, the figure, a note."""
        for one in self.courses:
            pk = one.expectation.pk
            yield one, self[f"lasting-{pk}"], self[f"value-{pk}"], self[f"note-{pk}"]

    def words_fields(self) -> list[forms.BoundField]:
        """Return the fields of the sections."""
        return [self[f"words-{key}"] for key in self.sections]

    def clean_held_on(self) -> datetime.date:
        """Refuse a day that is still to come."""
        day: datetime.date = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Choose today or an earlier day."))
        return day

    def words(self) -> Mapping[str, str]:
        """Return the words of each section; only after ``is_valid``."""
        return {key: self.cleaned_data[f"words-{key}"] for key in self.sections}

    def results(self) -> list[ResultInput]:
        """Return what was found for each expectation; only after ``is_valid``."""
        given = self.cleaned_data
        return [
            ResultInput(
                expectation_id=one.expectation.pk,
                lasting=given[f"lasting-{one.expectation.pk}"],
                value=given[f"value-{one.expectation.pk}"],
                note=given[f"note-{one.expectation.pk}"],
                reading=one.reading,
            )
            for one in self.courses
        ]

    def _add_result(self, one: Course) -> None:
        pk = one.expectation.pk
        self.fields[f"lasting-{pk}"] = forms.ChoiceField(
            label=_("Does it last?"), choices=[("", _("Choose")), *Lasting.choices]
        )
        measured = one.reading.value if one.reading else None
        self.fields[f"value-{pk}"] = forms.DecimalField(
            label=_("Today"),
            help_text="" if measured is None else _("From the metric. It is kept as the metric says it."),
            required=False,
            disabled=measured is not None,
            max_digits=12,
            decimal_places=2,
            initial=measured,
            widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        )
        self.fields[f"note-{pk}"] = forms.CharField(label=_("Note"), max_length=300, required=False)
