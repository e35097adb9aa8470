"""Defining a metric, its targets per job, and choosing presets."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.enums import Aggregation, Cadence, Direction, FormulaOperator, LeaveHandling
from metrics.inputs import MetricFacts
from metrics.models import Metric
from metrics.presets import Preset
from metrics.selectors.definitions import observed_metrics
from people.models import JobDescription

_PARTS = ("formula_left", "formula_operator", "formula_right")
_FACTS = (
    "description", "unit", "decimals", "direction", "cadence", "aggregation", "leave_handling",
    "allowed_min", "allowed_max", "target", "is_watched", "formula_factor",
)  # fmt: skip


class DefinitionForm(forms.Form):
    """Everything a metric is; the formula is whole or not there."""

    name = forms.CharField(label=_("Name"), max_length=200)
    description = forms.CharField(label=_("What it says"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    unit = forms.CharField(
        label=_("Unit"), max_length=30, required=False, help_text=_("What stands behind the number: %, days, items.")
    )
    decimals = forms.IntegerField(
        label=_("Decimal places shown"),
        min_value=0,
        max_value=6,
        initial=1,
        help_text=_("Values are kept as they came."),
    )
    direction = forms.ChoiceField(label=_("Which way is better"), choices=Direction.choices)
    cadence = forms.ChoiceField(label=_("Observed"), choices=Cadence.choices, initial=Cadence.WEEK)
    aggregation = forms.ChoiceField(label=_("Over longer periods"), choices=Aggregation.choices)
    leave_handling = forms.ChoiceField(
        label=_("Leave"),
        choices=LeaveHandling.choices,
        help_text=_("Recorded leave of any kind is never counted as absence, whatever a file says."),
    )
    allowed_min = forms.FloatField(label=_("Smallest value allowed"), required=False)
    allowed_max = forms.FloatField(label=_("Largest value allowed"), required=False)
    target = forms.FloatField(
        label=_("Target"), required=False, help_text=_("Holds for every job that has none of its own.")
    )
    is_watched = forms.BooleanField(
        label=_("Look for signals in it"),
        required=False,
        initial=True,
        help_text=_(
            "Take the tick away for a figure that only feeds others, such as a count: it is drawn, and asks nobody."
        ),
    )
    formula_left = forms.ModelChoiceField(
        label=_("First metric"), queryset=Metric.objects.none(), required=False, empty_label=_("Not calculated")
    )
    formula_operator = forms.ChoiceField(label=_("is"), choices=[("", "–"), *FormulaOperator.choices], required=False)
    formula_right = forms.ModelChoiceField(
        label=_("Second metric"), queryset=Metric.objects.none(), required=False, empty_label=_("Not calculated")
    )
    formula_factor = forms.FloatField(
        label=_("times"), required=False, initial=1, help_text=_("100 turns a share into per cent.")
    )

    def __init__(self, *args: Any, metric: Metric | None = None, **kwargs: Any) -> None:
        if metric is not None:
            kwargs["initial"] = {name: getattr(metric, name) for name in ("name", *_FACTS, *_PARTS)}
        super().__init__(*args, **kwargs)
        parts = observed_metrics() if metric is None else observed_metrics().exclude(pk=metric.pk)
        for name in ("formula_left", "formula_right"):
            self.fields[name].queryset = parts  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """Refuse half a formula."""
        cleaned: dict[str, Any] = super().clean() or {}
        given = [cleaned.get(name) for name in _PARTS]
        if any(given) and not all(given):
            self.add_error(
                "formula_operator",
                _("A formula needs two metrics and what is done with them. Choose all three or none."),
            )
        if cleaned.get("formula_factor") is None:
            cleaned["formula_factor"] = 1.0
        return cleaned

    def facts(self) -> MetricFacts:
        """Return what the service takes."""
        words = self.cleaned_data
        facts: dict[str, Any] = {name: words[name] for name in _FACTS}
        facts["formula"] = None
        if words["formula_operator"]:
            facts["formula"] = (
                words["formula_left"], FormulaOperator(words["formula_operator"]), words["formula_right"]
            )  # fmt: skip
        return facts  # type: ignore[return-value]  # built by name


class TargetsForm(forms.Form):
    """One field for each job; empty means that the metric's own target holds."""

    def __init__(self, *args: Any, jobs: Iterable[JobDescription], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._jobs = {f"job_{job.pk}": job for job in jobs}
        for name, job in self._jobs.items():
            self.fields[name] = forms.FloatField(label=job.name, required=False)

    def targets(self) -> dict[JobDescription, float | None]:
        """Return the target of each job."""
        return {job: self.cleaned_data[name] for name, job in self._jobs.items()}


class PresetsForm(forms.Form):
    """Which of the shipped metrics to add."""

    presets = forms.MultipleChoiceField(label=_("Metrics to add"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, presets: Sequence[Preset], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["presets"].choices = [  # type: ignore[attr-defined]  # a MultipleChoiceField
            (preset.key, preset.name) for preset in presets
        ]
