"""Fields that recur in the forms of a plan."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from metrics.models import Metric
from metrics.selectors.definitions import metrics_in_use
from pipcycle.ui.fields import DayField, WordsField
from pips.enums import TrackStatus
from pips.models import Plan
from pips.selectors.policy import allowed_lengths, policy_now


def length_choices() -> list[tuple[int, Any]]:
    """Return the lengths a plan may have here: 30, 60, 90 days and those the organization added (rule 2)."""
    return [(days, format_lazy(_("{days} days"), days=days)) for days in allowed_lengths(policy_now())]


def metric_choices(plan: Plan | None = None) -> list[tuple[int, str]]:
    """Return the metrics in use, by name, and those the plan is measured by although they are retired."""
    offered = metrics_in_use()
    if plan is not None:
        offered = offered | Metric.objects.filter(pk__in=plan.expectations.order_by().values("metric"))
    return list(offered.values_list("pk", "name"))


def date_field(label: Any, *, help_text: Any = "", required: bool = False, initial: Any = None) -> forms.DateField:
    """Return a date field drawn with the browser's own calendar."""
    return DayField(
        label=label,
        help_text=help_text,
        required=required,
        initial=initial,
    )


def words_field(label: Any, *, help_text: Any = "", required: bool = False, rows: int = 3) -> forms.CharField:
    """Return a field for running text; it grows with what is typed."""
    return WordsField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
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
