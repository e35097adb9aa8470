"""How the team page is narrowed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.models import Metric
from metrics.selectors.team import DIRECT, EVERYONE

MOST_COLUMNS = 6


class TeamForm(forms.Form):
    """Who is shown, and which figures; nothing chosen means the direct reports and the figures most people have."""

    level = forms.ChoiceField(
        label=_("Who"),
        choices=[(DIRECT, _("Direct reports")), (EVERYONE, _("Everyone below"))],
        required=False,
    )
    metric = forms.MultipleChoiceField(label=_("Metrics shown"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any, *, metrics: Sequence[Metric]) -> None:
        super().__init__(data)
        self._metrics = metrics
        field = self.fields["metric"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # declared above
        field.choices = [(metric.pk, metric.name) for metric in metrics]
        self.is_valid()

    @property
    def chosen(self) -> Sequence[Metric]:
        """Return the figures to show, in the order of the page; what cannot be chosen is no choice."""
        wanted = set(self.cleaned_data.get("metric", []))
        return [metric for metric in self._metrics if str(metric.pk) in wanted] or self._metrics[:MOST_COLUMNS]

    @property
    def is_narrow(self) -> bool:
        """Return whether there are more figures than are shown at once."""
        return len(self._metrics) > MOST_COLUMNS
