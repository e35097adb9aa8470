"""Reading a half-typed goal: whatever cannot be read is not there yet."""

from typing import Any

from django import forms
from django.http import QueryDict

from goals.coach import GoalDraft, StepDraft
from goals.enums import Measure
from goals.models import Cycle
from metrics.enums import Direction
from metrics.models import Metric
from pipcycle.writing import Dismissal

MOST_STEPS = 30
MOST_DISMISSALS = 100
_TEXTS = ("title", "why", "measure", "unit", "direction", "support_needed")
_BETWEEN = "|"


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


def dismissals_in(data: QueryDict) -> list[Dismissal]:
    """Return the remarks set aside while the form is open: those of before, and the one just set aside."""
    given = [*data.getlist("dismissed"), *data.getlist("dismiss")][-MOST_DISMISSALS:]
    parts = (value.partition(_BETWEEN) for value in given)
    return list(dict.fromkeys(Dismissal.of(code, excerpt) for code, _bar, excerpt in parts))


def dismissal_value(dismissal: Dismissal) -> str:
    """Return a dismissal as the value of a button or a hidden field."""
    return f"{dismissal.code}{_BETWEEN}{dismissal.excerpt}"
