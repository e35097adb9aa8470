"""How a case file is narrowed: by kind and by period."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import TimelineKind
from pipcycle.ui.fields import DayField

LAST_YEAR, LAST_QUARTER, THIS_YEAR, EVERYTHING, CHOSEN = "", "quarter", "year", "all", "days"
_QUARTER, _YEAR = datetime.timedelta(days=91), datetime.timedelta(days=365)


class CaseFileFilter(forms.Form):
    """The filter bar; nothing asked for means the last twelve months and what is planned."""

    kind = forms.ChoiceField(label=_("What"), required=False)
    period = forms.ChoiceField(
        label=_("Period"),
        required=False,
        choices=[
            (LAST_YEAR, _("Last 12 months")),
            (LAST_QUARTER, _("Last 3 months")),
            (THIS_YEAR, _("This year")),
            (EVERYTHING, _("Everything")),
            (CHOSEN, _("The days beside")),
        ],
    )
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)

    def __init__(self, data: Any, *, sees_reads: bool) -> None:
        super().__init__(data)
        kinds = [choice for choice in TimelineKind.choices if sees_reads or choice[0] != TimelineKind.READ]
        choices = self.fields["kind"]
        assert isinstance(choices, forms.ChoiceField)  # noqa: S101  # declared above
        choices.choices = [("", _("Everything")), *kinds]

    def chosen_kind(self) -> str:
        """Return the kind asked for; empty for every kind, and for one that does not exist."""
        return str(self._value("kind") or "")

    def days(self) -> tuple[datetime.date | None, datetime.date | None]:
        """Return the first and the last day asked for; None is no limit. Days given win over the period."""
        since, until = self._value("since"), self._value("until")
        if since is not None or until is not None:
            return since, until
        today = timezone.localdate()
        period = self._value("period") or LAST_YEAR
        starts = {LAST_QUARTER: today - _QUARTER, THIS_YEAR: today.replace(month=1, day=1), EVERYTHING: None}
        return starts.get(period, today - _YEAR), None

    def _value(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name)
