"""Fields that recur in the forms of a plan."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pips.enums import PLAN_LENGTHS, TrackStatus

LENGTHS = [(days, format_lazy(_("{days} days"), days=days)) for days in PLAN_LENGTHS]


def date_field(label: Any, *, help_text: Any = "", required: bool = False, initial: Any = None) -> forms.DateField:
    """Return a date field drawn with the browser's own calendar."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        initial=initial,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def words_field(label: Any, *, help_text: Any = "", required: bool = False, rows: int = 3) -> forms.CharField:
    """Return a field for running text; it grows with what is typed."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def figure_field(label: Any, *, help_text: Any = "") -> forms.DecimalField:
    """Return a field for a measured figure, as wide as the database keeps it."""
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=False,
        max_digits=12,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


def held_on_field() -> forms.DateField:
    """Return the date on which a talk took place."""
    return date_field(_("Held on"), required=True, initial=timezone.localdate)


def track_status_field() -> forms.ChoiceField:
    """Return the on-track status as a choice of three (rule 6)."""
    return forms.ChoiceField(label=_("On track?"), choices=TrackStatus.choices, widget=forms.RadioSelect)


def not_in_the_future(day: datetime.date) -> datetime.date:
    """Return the day. Raises ValidationError for one that is still to come."""
    if day > timezone.localdate():
        raise forms.ValidationError(_("This day is still to come. Record it once it has taken place."))
    return day
