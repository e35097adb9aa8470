"""Reading a half-typed goal: whatever cannot be read is not there yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from goals.coach import GoalDraft, StepDraft
from goals.enums import Measure
from goals.models import Cycle
from metrics.enums import Direction
from metrics.models import Metric
from pipcycle.writing import LONGEST_REASON, SetAside

MOST_STEPS = 30
MOST_ASIDE = 100
SHOWN = "aside_shown"
_TEXTS = ("title", "why", "measure", "unit", "direction", "support_needed")
_BETWEEN = "|"
_BECAUSE = "because "


class TypedGoalForm(forms.Form):
    """The fields of a goal by the names of its form; every one may be missing or wrong."""

    baseline = forms.DecimalField(required=False, max_digits=14, decimal_places=3)
    target = forms.DecimalField(required=False, max_digits=14, decimal_places=3)
    weight = forms.IntegerField(required=False, min_value=1, max_value=10)
    starts_on = forms.DateField(required=False)
    due_on = forms.DateField(required=False)
    metric = forms.ModelChoiceField(required=False, queryset=Metric.objects.none())
    cycle = forms.ModelChoiceField(required=False, queryset=Cycle.objects.none())

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["metric"].queryset = Metric.objects.all()  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["cycle"].queryset = Cycle.objects.all()  # type: ignore[attr-defined]
        self.full_clean()

    @property
    def chosen_metric(self) -> Metric | None:
        """Return the metric chosen."""
        metric: Metric | None = self.cleaned_data.get("metric")
        return metric

    @property
    def chosen_cycle(self) -> Cycle | None:
        """Return the cycle chosen."""
        cycle: Cycle | None = self.cleaned_data.get("cycle")
        return cycle

    def draft(self, *, other_weights: tuple[int, ...], language: str) -> GoalDraft:
        """Return what is typed, as the coach reads it."""
        texts: dict[str, Any] = {name: self.data[name] for name in _TEXTS if name in self.data}
        if texts.get("measure") not in Measure.values:
            texts.pop("measure", None)
        if texts.get("direction") not in Direction.values:
            texts.pop("direction", None)
        figures: dict[str, Any] = {
            name: self.cleaned_data.get(name) for name in ("baseline", "target", "weight", "starts_on", "due_on")
        }
        return GoalDraft(
            **texts,
            **figures,
            has_metric=self.chosen_metric is not None,
            has_anchor=bool(self.data.get("objective") or self.data.get("responsibility")),
            steps=tuple(self._steps()),
            other_weights=other_weights,
            language=language,
        )

    def _steps(self) -> list[StepDraft]:
        day = forms.DateField(required=False)
        steps = []
        for number in range(MOST_STEPS):
            title = self.data.get(f"steps-{number}-title")
            if title is None:
                break
            try:
                due_on = day.clean(self.data.get(f"steps-{number}-due_on"))
            except forms.ValidationError:
                due_on = None
            steps.append(StepDraft(title=title, due_on=due_on))
        return steps


@dataclass(frozen=True, kw_only=True)
class AsideTyped:
    """What is set aside in the form: ``kept`` so far, and the one just asked for without saying why.

    ``begun`` are the reasons typed, by what they are for: one that is not set aside yet is not lost meanwhile.
    """

    kept: list[SetAside]
    begun: dict[str, str]
    lacks_reason: str = ""


def aside_in(data: QueryDict, stored: Sequence[SetAside]) -> AsideTyped:
    """Return the remarks set aside in the form; what is stored goes on where the form did not show it.

    Who did so and when is never taken from the form: it stays with what is stored with the same reason.
    """
    given = _given(data) if SHOWN in data else {aside_value(one): one.reason for one in stored}
    pressed = data.get("set_aside", "")
    reason = _reason(data, pressed) if pressed else ""
    if pressed and reason:
        given[pressed] = reason
    given.pop(data.get("take_back", ""), None)
    by_key = {(aside_value(one), one.reason): one for one in stored}
    kept = [by_key.get(one) or _typed(*one) for one in list(given.items())[:MOST_ASIDE]]
    asked = [name.removeprefix(_BECAUSE) for name in data if name.startswith(_BECAUSE)]
    begun = {value: _reason(data, value) for value in asked}
    return AsideTyped(kept=kept, begun=begun, lacks_reason=pressed if not reason else "")


def aside_value(aside: SetAside) -> str:
    """Return a remark set aside as the value of a button or a hidden field."""
    return _BETWEEN.join((aside.code, aside.field, aside.words))


def _given(data: QueryDict) -> dict[str, str]:
    reasons = {value: _reason(data, value) for value in data.getlist("aside")}
    return {value: reason for value, reason in reasons.items() if reason}


def _reason(data: QueryDict, value: str) -> str:
    typed = [reason.strip() for reason in data.getlist(f"{_BECAUSE}{value}")]
    return next((reason[:LONGEST_REASON] for reason in typed if reason), "")


def _typed(value: str, reason: str) -> SetAside:
    code, _bar, rest = value.partition(_BETWEEN)
    field, _bar, words = rest.partition(_BETWEEN)
    return SetAside(code=code, field=field, words=words, reason=reason)
