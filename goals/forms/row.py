"""The update in a row of the list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goals.enums import Confidence, Measure
from goals.forms.structure import figure_field
from goals.models import Goal


class RowUpdateForm(forms.Form):
    """Value, confidence and a short word; a goal moved by its metric or by milestones asks for no value."""

    value = figure_field(_("Today"), required=True)
    confidence = forms.ChoiceField(label=_("Confidence"), choices=Confidence.choices)
    comment = forms.CharField(label=_("In a word"), required=False, max_length=500)

    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        initial = {"value": goal.current_value, "confidence": goal.confidence or Confidence.ON_TRACK}
        super().__init__(*args, **{"initial": initial, "auto_id": f"id_{goal.pk}_%s", **kwargs})
        if goal.measure in (Measure.MILESTONES, Measure.YES_NO) or goal.metric_id is not None:
            del self.fields["value"]
        first = next(iter(self.fields.values()))
        first.widget.attrs["autofocus"] = True
