"""How the list of plans is narrowed and ordered."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Case, F, OrderBy, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from people.models import Department, Employee
from pips.enums import RUNNING, Outcome, PlanStatus
from pips.models import Plan

OPEN = "open"
_OVER = frozenset({PlanStatus.DECIDED, PlanStatus.FOLLOWED_UP, PlanStatus.CLOSED})
_STATUS_GROUPS = [(OPEN, _("Not decided yet")), ("running", _("Running")), ("over", _("Over"))]

#: What a column sorts by; the employee and the newest plan decide ties, so pages never overlap.
SORTS: dict[str, tuple[str, ...]] = {
    "employee": ("employee__family_name", "employee__given_name"),
    "title": ("title",),
    "manager": ("manager__family_name", "manager__given_name"),
    "status": ("status",),
    "starts": ("starts_on",),
    "ends": ("ends_on",),
}
DEFAULT_SORT = "ends"


class PlanFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """Search by person or title; narrow by status, manager and department."""

    q = django_filters.CharFilter(
        label=_("Search"), method="search", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        method="narrow_by_status",
        choices=[(_("Groups"), _STATUS_GROUPS), (_("Single states"), PlanStatus.choices)],
        empty_label=_("Any status"),
    )
    outcome = django_filters.ChoiceFilter(label=_("Outcome"), choices=Outcome.choices, empty_label=_("Any outcome"))
    manager = django_filters.ModelChoiceFilter(
        label=_("Manager"), queryset=Employee.objects.none, empty_label=_("Any manager")
    )
    department = django_filters.ModelChoiceFilter(
        label=_("Department"),
        field_name="employee__department",
        queryset=Department.objects.none,
        empty_label=_("Any department"),
    )

    class Meta:
        model = Plan
        fields = ("q", "status", "outcome", "manager", "department")

    def __init__(self, data: Any = None, queryset: QuerySet[Plan] | None = None, **kwargs: Any) -> None:
        super().__init__(data, queryset=queryset, **kwargs)
        visible = queryset if queryset is not None else Plan.objects.none()
        self.filters["manager"].queryset = Employee.objects.filter(pk__in=visible.order_by().values("manager"))
        self.filters["department"].queryset = Department.objects.filter(
            pk__in=visible.order_by().values("employee__department")
        )

    def search(self, plans: QuerySet[Plan], _name: str, value: str) -> QuerySet[Plan]:
        """Return the plans in whose person, number or title every word occurs."""
        for word in value.split():
            plans = plans.filter(
                Q(employee__given_name__icontains=word)
                | Q(employee__family_name__icontains=word)
                | Q(employee__number__iexact=word)
                | Q(title__icontains=word)
            )
        return plans

    def narrow_by_status(self, plans: QuerySet[Plan], _name: str, value: str) -> QuerySet[Plan]:
        """Return the plans in that state or group of states."""
        groups = {OPEN: set(PlanStatus) - _OVER, "running": RUNNING, "over": _OVER}
        return plans.filter(status__in=groups.get(value, {value}))


#: The states in the order a plan goes through them, not by their names.
_IN_ORDER_OF_LIFE = Case(*(When(status=status, then=Value(rank)) for rank, status in enumerate(PlanStatus)))


def ordered(plans: QuerySet[Plan], sort: str) -> QuerySet[Plan]:
    """Return the plans in the order asked for ("-" in front: descending), unknown orders in the usual one."""
    is_descending = sort.startswith("-")
    columns = SORTS.get(sort.removeprefix("-"), SORTS[DEFAULT_SORT])
    expressions = [_IN_ORDER_OF_LIFE if column == "status" else F(column) for column in columns]
    orders = [OrderBy(expression, descending=is_descending, nulls_last=True) for expression in expressions]
    return plans.order_by(*orders, "employee__family_name", "employee__given_name", "-pk")
