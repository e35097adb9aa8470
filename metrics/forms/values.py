"""The shape of a single value entered by hand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.enums import Cadence
from metrics.models import Metric
from pipcycle.ui.fields import DayField

HINTS = {
    Cadence.WEEK: _("Any day of the week: the value counts for the whole of it, from Monday."),
    Cadence.MONTH: _("Any day of the month: the value counts for the whole of it."),
}


class ValueForm(forms.Form):
    """A value and the period it is about."""

    day = DayField(label=_("Day"))
    value = forms.FloatField(label=_("Value"), localize=True)

    def __init__(self, *given: Any, metric: Metric, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["day"].help_text = HINTS.get(Cadence(metric.cadence), "")
        if metric.unit:
            self.fields["value"].label = _("Value in %(unit)s") % {"unit": metric.unit}


class CorrectionForm(forms.Form):
    """The right value, and why the other was wrong."""

    value = forms.FloatField(label=_("Right value"), localize=True)
    reason = forms.CharField(
        label=_("Why it is corrected"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody who reads the figure reads this too. The former value stays on the record."),
    )

    def __init__(self, *given: Any, metric: Metric, **options: Any) -> None:
        super().__init__(*given, **options)
        if metric.unit:
            self.fields["value"].label = _("Right value in %(unit)s") % {"unit": metric.unit}
