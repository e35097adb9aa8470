"""What both sides record while a plan runs (rule 6)."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.form_content import SectionsContent
from documents.form_fields import word_fields
from pips.forms.fields import (
    date_field,
    figure_field,
    held_on_field,
    not_in_the_future,
    track_status_field,
    words_field,
)
from pips.models import Expectation
from pips.readings import MetricReading
from pips.selectors.forms import CHECK_IN_SECTIONS


class CheckInForm(forms.Form):
    """The manager's record of a check-in."""

    held_on = held_on_field()
    track_status = track_status_field()
    manager_view = words_field(
        _("Your view"), required=True, rows=4, help_text=_("What you saw since the last time. Facts before judgement.")
    )
    support_delivered = words_field(_("Support delivered since"), rows=2)
    obstacles = words_field(_("Obstacles"), rows=2)
    actions = words_field(_("Agreed actions"), rows=2)

    def __init__(self, *args: Any, form: SectionsContent | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_fields(self, form, CHECK_IN_SECTIONS)

    def clean_held_on(self) -> datetime.date:
        """Refuse a day that is still to come."""
        return not_in_the_future(self.cleaned_data["held_on"])


class AnswerForm(forms.Form):
    """The employee's view."""

    employee_view = words_field(
        _("Your view"),
        required=True,
        rows=6,
        help_text=_("How you see it, what helped, what stood in the way. It stays on the record in your words."),
    )

    def __init__(self, *args: Any, form: SectionsContent | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_fields(self, form, CHECK_IN_SECTIONS)


class MilestoneRecordForm(forms.Form):
    """The manager's record of a milestone, with a reading for each expectation."""

    held_on = held_on_field()
    track_status = track_status_field()
    manager_view = words_field(_("Your view"), required=True, rows=4)
    next_steps = words_field(_("Next steps"), rows=2)

    def __init__(
        self,
        *args: Any,
        expectations: Iterable[Expectation],
        readings: dict[int, Decimal | None],
        measured: Mapping[int, MetricReading] | None = None,
        levels: Mapping[int, Decimal | None] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.expectations = list(expectations)
        self.measured = measured or {}
        self.levels = levels or {}
        for expectation in self.expectations:
            field = figure_field(_("Reading: %(title)s") % {"title": expectation.title})
            said = self.measured.get(expectation.pk)
            field.initial = readings.get(expectation.pk, said.value if said else None)
            self.fields[self._name(expectation)] = field

    @staticmethod
    def _name(expectation: Expectation) -> str:
        return f"reading_{expectation.pk}"

    def clean_held_on(self) -> datetime.date:
        """Refuse a day that is still to come."""
        return not_in_the_future(self.cleaned_data["held_on"])

    def rows(self) -> list["ReadingRow"]:
        """Return each expectation with the field of its reading, what its metric says and what is to be held."""
        return [
            ReadingRow(
                expectation=expectation,
                field=self[self._name(expectation)],
                measured=self.measured.get(expectation.pk),
                level=self.levels.get(expectation.pk),
            )
            for expectation in self.expectations
        ]

    def readings(self) -> dict[int, Decimal | None]:
        """Return the readings by expectation; only after ``is_valid``."""
        return {expectation.pk: self.cleaned_data[self._name(expectation)] for expectation in self.expectations}


@dataclass(frozen=True, kw_only=True)
class ReadingRow:
    """One line of the readings of a milestone."""

    expectation: Expectation
    field: forms.BoundField
    measured: MetricReading | None
    level: Decimal | None


class SupportDeliveryForm(forms.Form):
    """That a promise was kept."""

    delivered_on = date_field(_("Delivered on"), required=True)
    note = words_field(
        _("What was delivered"),
        required=True,
        help_text=_("The employee reads this and can answer it at the next check-in."),
    )

    def clean_delivered_on(self) -> datetime.date:
        """Refuse a day that is still to come."""
        return not_in_the_future(self.cleaned_data["delivered_on"])
