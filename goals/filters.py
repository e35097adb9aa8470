"""How the list of goals is narrowed, ordered and grouped."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Case, F, OrderBy, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goals.enums import BEFORE_AGREEMENT, Confidence, GoalStatus, Purpose
from goals.models import Cycle, Goal, Objective
from people.enums import Role
from people.models import Department, Employee, Membership
from people.rules import is_manager
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_below

MINE, TEAM, EVERYONE = "mine", "team", "all"
NO_OBJECTIVE = "none"
EVERY_STATUS = "all"
MOST_CHOICES = 300
#: What is shown where no status is asked for.
NOT_ENDED = (*sorted(BEFORE_AGREEMENT), GoalStatus.ACTIVE)

#: What a column sorts by; person, due date and key decide ties, so pages never overlap.
SORTS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "person": ("employee__family_name", "employee__given_name"),
    "status": ("status",),
    "progress": ("reached",),
    "confidence": ("confidence",),
    "due": ("due_on",),
}
DEFAULT_SORT = "due"
GROUPS: dict[str, tuple[str, ...]] = {
    "person": ("employee__family_name", "employee__given_name", "employee"),
    "objective": ("objective__title", "objective"),
}


def _departments(_request: Any) -> QuerySet[Department]:
    return Department.objects.all()


def _cycles(_request: Any) -> QuerySet[Cycle]:
    return Cycle.objects.all()


class GoalFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """The filter bar of the list of goals; nothing asked for means: own and team's, not ended."""

    q = django_filters.CharFilter(
        label=_("Goal or person"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    whose = django_filters.ChoiceFilter(
        label=_("Whose"),
        method="of_whom",
        choices=[(MINE, _("My own")), (TEAM, _("Everyone below me")), (EVERYONE, _("All I may read"))],
        empty_label=_("My own and my team’s"),
    )
    cycle = django_filters.ModelChoiceFilter(label=_("Cycle"), queryset=_cycles, empty_label=_("Any cycle"))
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        method="with_status",
        choices=[*GoalStatus.choices, (EVERY_STATUS, _("Any status"))],
        empty_label=_("Not ended"),
    )
    confidence = django_filters.ChoiceFilter(
        label=_("Confidence"), choices=Confidence.choices, empty_label=_("Any confidence")
    )
    person = django_filters.ModelChoiceFilter(
        label=_("Person"), field_name="employee", queryset=Employee.objects.none, empty_label=_("Anybody")
    )
    department = django_filters.ModelChoiceFilter(
        label=_("Department"),
        field_name="employee__department",
        queryset=_departments,
        empty_label=_("Any department"),
    )
    objective = django_filters.ChoiceFilter(label=_("Objective"), method="serving", empty_label=_("Any objective"))
    purpose = django_filters.ChoiceFilter(label=_("For"), choices=Purpose.choices, empty_label=_("Any purpose"))
    overdue = django_filters.ChoiceFilter(
        label=_("Update"), method="with_late_update", choices=[("1", _("Overdue"))], empty_label=_("Due or not")
    )

    class Meta:
        model = Goal
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.member = member
        self.filters["person"].queryset = self._people()
        self.filters["objective"].extra["choices"] = self._objectives()
        if not is_manager(member):
            words = self.filters["whose"].extra
            words["choices"] = [choice for choice in words["choices"] if choice[0] != TEAM]
            words["empty_label"] = _("All I may read") if self._reads_all else _("My own")

    @property
    def _reads_all(self) -> bool:
        return self.member.has_role(Role.HR_PARTNER) and not is_manager(self.member)

    def _people(self) -> QuerySet[Employee]:
        """Return the people to choose from; in a very large organization only the one that is chosen."""
        visible = Employee.objects.filter(pk__in=self.queryset.order_by().values("employee"))
        if visible[:MOST_CHOICES].count() < MOST_CHOICES:
            return visible
        chosen = str((self.data or {}).get("person", ""))
        return visible.filter(pk=chosen) if chosen.isdecimal() else visible.none()

    def _objectives(self) -> list[tuple[Any, Any]]:
        served = Objective.objects.filter(pk__in=self.queryset.order_by().values("objective")).order_by("title", "pk")
        choices: list[tuple[Any, Any]] = [(NO_OBJECTIVE, _("None"))]
        choices += [(str(key), title) for key, title in served.values_list("pk", "title")[:MOST_CHOICES]]
        return choices

    def search(self, goals: QuerySet[Goal], _name: str, value: str) -> QuerySet[Goal]:
        """Keep the goals in whose words or person every word is found."""
        for word in value.split():
            goals = goals.filter(
                Q(title__icontains=word)
                | Q(employee__given_name__icontains=word)
                | Q(employee__family_name__icontains=word)
            )
        return goals

    def of_whom(self, goals: QuerySet[Goal], _name: str, value: str) -> QuerySet[Goal]:
        """Keep the goals of those asked for."""
        own = employee_of(self.member)
        if value == EVERYONE:
            return goals
        if own is None:
            return goals.none()
        return goals.filter(employee=own) if value == MINE else goals.filter(employee__in=employees_below(own))

    def with_status(self, goals: QuerySet[Goal], _name: str, value: str) -> QuerySet[Goal]:
        """Keep those with the status; ``all`` keeps every one."""
        return goals if value == EVERY_STATUS else goals.filter(status=value)

    def serving(self, goals: QuerySet[Goal], _name: str, value: str) -> QuerySet[Goal]:
        """Keep those that serve the objective, or none."""
        return goals.filter(objective__isnull=True) if value == NO_OBJECTIVE else goals.filter(objective=value)

    def with_late_update(self, goals: QuerySet[Goal], _name: str, _value: str) -> QuerySet[Goal]:
        """Keep the running goals nobody has reported on in time."""
        return goals.filter(status=GoalStatus.ACTIVE, next_update_on__lt=timezone.localdate())

    def filter_queryset(self, queryset: QuerySet[Goal]) -> QuerySet[Goal]:
        """Filter; without other wishes the goals are the member's own and their team's, and not ended."""
        filtered: QuerySet[Goal] = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        if not asked.get("status"):
            filtered = filtered.filter(status__in=NOT_ENDED)
        if not asked.get("whose") and not asked.get("person") and not self._reads_all:
            own = employee_of(self.member)
            filtered = filtered.filter(Q(employee=own) | Q(employee__in=employees_below(own))) if own else filtered
        return filtered


def _in_order(column: str, choices: type[GoalStatus] | type[Confidence]) -> Case:
    return Case(*(When(**{column: value}, then=Value(rank)) for rank, value in enumerate(choices)))


def ordered(goals: QuerySet[Goal], *, sort: str, group: str) -> QuerySet[Goal]:
    """Return the goals by group, then in the order asked for ("-" in front: descending), unknown ones in the usual."""
    is_descending = sort.startswith("-")
    columns = SORTS.get(sort.removeprefix("-"), SORTS[DEFAULT_SORT])
    lives: dict[str, Any] = {
        "status": _in_order("status", GoalStatus),
        "confidence": _in_order("confidence", Confidence),
    }
    orders = [OrderBy(lives.get(column, F(column)), descending=is_descending, nulls_last=True) for column in columns]
    grouping = [OrderBy(F(column), nulls_last=True) for column in GROUPS.get(group, ())]
    return goals.order_by(*grouping, *orders, "employee__family_name", "employee__given_name", "due_on", "pk")
