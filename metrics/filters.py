"""How the lists of signals and of batches are narrowed and ordered."""

from typing import Any

import django_filters
from django import forms
from django.db.models import F, OrderBy, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from metrics.enums import BatchKind, SignalStatus
from metrics.models import Metric, ObservationBatch, Signal
from metrics.selectors.signals import undecided_first
from people.models import Department
from people.selectors.accounts import employee_of

#: What a column sorts by; the latest signal decides ties, so pages never overlap.
SORTS: dict[str, tuple[str, ...]] = {
    "employee": ("series__employee__family_name", "series__employee__given_name"),
    "metric": ("series__metric__name",),
    "status": ("status",),
    "ends": ("ends_on",),
}
BATCH_SORTS: dict[str, F | Lower] = {
    "name": Lower("source"),
    "when": F("created_at"),
    "new": F("new_count"),
    "corrected": F("corrected_count"),
    "refused": F("refused_count"),
}


class SignalFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """Search by person; narrow by state, direction, metric, department and whose they are."""

    q = django_filters.CharFilter(
        label=_("Search"), method="search", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    status = django_filters.ChoiceFilter(label=_("Status"), choices=SignalStatus.choices, empty_label=_("Any status"))
    direction = django_filters.ChoiceFilter(
        label=_("Direction"),
        method="narrow_by_direction",
        choices=[("worse", _("Worse")), ("better", _("Better"))],
        empty_label=_("Either way"),
    )
    metric = django_filters.ModelChoiceFilter(
        label=_("Metric"), field_name="series__metric", queryset=Metric.objects.none, empty_label=_("Any metric")
    )
    department = django_filters.ModelChoiceFilter(
        label=_("Department"),
        field_name="series__employee__department",
        queryset=Department.objects.none,
        empty_label=_("Any department"),
    )
    whose = django_filters.ChoiceFilter(
        label=_("Whose"),
        method="narrow_by_person",
        choices=[("mine", _("About me")), ("reports", _("My direct reports"))],
        empty_label=_("Everybody’s"),
    )

    class Meta:
        model = Signal
        fields = ("q", "status", "direction", "metric", "department", "whose")

    def __init__(self, data: Any = None, queryset: QuerySet[Signal] | None = None, **kwargs: Any) -> None:
        super().__init__(data, queryset=queryset, **kwargs)
        self.filters["metric"].queryset = Metric.objects.filter(is_active=True)
        self.filters["department"].queryset = Department.objects.all()

    def search(self, signals: QuerySet[Signal], _name: str, value: str) -> QuerySet[Signal]:
        """Return the signals about people in whose name or number every word occurs."""
        for word in value.split():
            signals = signals.filter(
                Q(series__employee__given_name__icontains=word)
                | Q(series__employee__family_name__icontains=word)
                | Q(series__employee__number__iexact=word)
            )
        return signals

    def narrow_by_direction(self, signals: QuerySet[Signal], _name: str, value: str) -> QuerySet[Signal]:
        """Return the signals that point that way."""
        return signals.filter(is_improvement=value == "better")

    def narrow_by_person(self, signals: QuerySet[Signal], _name: str, value: str) -> QuerySet[Signal]:
        """Return the signals about the reader, or about those who report to them directly."""
        own = employee_of(self.request.member)
        if own is None:
            return signals.none()
        return (
            signals.filter(series__employee=own) if value == "mine" else signals.filter(series__employee__manager=own)
        )


def ordered(signals: QuerySet[Signal], sort: str) -> QuerySet[Signal]:
    """Return the signals in the order asked for ("-" in front: descending), else what needs a person first."""
    columns = SORTS.get(sort.removeprefix("-"))
    if columns is None:
        return undecided_first(signals)
    orders = [OrderBy(F(column), descending=sort.startswith("-"), nulls_last=True) for column in columns]
    return signals.order_by(*orders, "-ends_on", "-pk")


class BatchFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """Search by name; narrow by source, and by whether a batch still counts."""

    q = django_filters.CharFilter(
        label=_("Search"), method="search", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    kind = django_filters.ChoiceFilter(label=_("Source"), choices=BatchKind.choices, empty_label=_("All sources"))
    state = django_filters.ChoiceFilter(
        label=_("Status"),
        method="in_state",
        choices=[("in_force", _("In force")), ("taken_back", _("Taken back"))],
        empty_label=_("Any status"),
    )

    class Meta:
        model = ObservationBatch
        fields = ("q", "kind", "state")

    def search(self, batches: QuerySet[ObservationBatch], _name: str, value: str) -> QuerySet[ObservationBatch]:
        """Keep those in whose name, or in the name of whoever handed them in, every word is found."""
        for word in value.split():
            batches = batches.filter(Q(source__icontains=word) | Q(created_by__user__full_name__icontains=word))
        return batches

    def in_state(self, batches: QuerySet[ObservationBatch], _name: str, value: str) -> QuerySet[ObservationBatch]:
        """Keep those that count, or those that were taken back."""
        return batches.filter(taken_back_at__isnull=value == "in_force")


def ordered_batches(batches: QuerySet[ObservationBatch], sort: str) -> QuerySet[ObservationBatch]:
    """Return the batches in the order asked for ("-" in front: descending), else the latest first."""
    column = BATCH_SORTS.get(sort.removeprefix("-"))
    if column is None:
        return batches
    return batches.order_by(OrderBy(column, descending=sort.startswith("-")), "-created_at", "-pk")
