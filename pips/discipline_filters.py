"""How the list of disciplinary actions is narrowed and ordered."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Case, F, OrderBy, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from people.models import Department
from pips.discipline_enums import (
    ACTION_BEFORE_ISSUE,
    ACTION_OVER,
    ACTION_STANDS,
    ActionCategory,
    ActionLevel,
    ActionStatus,
)
from pips.models import DisciplinaryAction

_GROUPS = {"writing": ACTION_BEFORE_ISSUE, "standing": ACTION_STANDS, "over": ACTION_OVER}
_GROUP_NAMES = [("writing", _("Not handed over yet")), ("standing", _("Stands")), ("over", _("Over"))]


def _in_order(kind: Any, field: str) -> Case:
    """Return the choices in the order of their scale, not of their names."""
    return Case(*(When(**{field: value}, then=Value(rank)) for rank, value in enumerate(kind)))


SORTS: dict[str, tuple[Any, ...]] = {
    "employee": (F("employee__family_name"), F("employee__given_name")),
    "category": (F("category"),),
    "level": (_in_order(ActionLevel, "level"),),
    "status": (_in_order(ActionStatus, "status"),),
    "incident": (F("occurred_on"),),
    "expires": (F("expires_on"),),
}
DEFAULT_SORT = "-incident"


class ActionFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """Search by person; narrow by status, kind, level and department."""

    q = django_filters.CharFilter(
        label=_("Search"), method="search", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        method="narrow_by_status",
        choices=[(_("Groups"), _GROUP_NAMES), (_("Single states"), ActionStatus.choices)],
        empty_label=_("Any status"),
    )
    category = django_filters.ChoiceFilter(label=_("About"), choices=ActionCategory.choices, empty_label=_("Any kind"))
    level = django_filters.ChoiceFilter(label=_("Level"), choices=ActionLevel.choices, empty_label=_("Any level"))
    department = django_filters.ModelChoiceFilter(
        label=_("Department"),
        field_name="employee__department",
        queryset=Department.objects.none,
        empty_label=_("Any department"),
    )

    class Meta:
        model = DisciplinaryAction
        fields = ("q", "status", "category", "level", "department")

    def __init__(self, data: Any = None, queryset: QuerySet[DisciplinaryAction] | None = None, **kwargs: Any) -> None:
        super().__init__(data, queryset=queryset, **kwargs)
        visible = queryset if queryset is not None else DisciplinaryAction.objects.none()
        self.filters["department"].queryset = Department.objects.filter(
            pk__in=visible.order_by().values("employee__department")
        )

    def search(self, actions: QuerySet[DisciplinaryAction], _name: str, value: str) -> QuerySet[DisciplinaryAction]:
        """Return the actions in whose person, number or policy every word occurs."""
        return with_words(actions, value)

    def narrow_by_status(
        self, actions: QuerySet[DisciplinaryAction], _name: str, value: str
    ) -> QuerySet[DisciplinaryAction]:
        """Return the actions in that state or group of states."""
        return actions.filter(status__in=_GROUPS.get(value, {value}))


def with_words(actions: QuerySet[DisciplinaryAction], words: str) -> QuerySet[DisciplinaryAction]:
    """Return the actions in whose person, number or policy every word occurs."""
    for word in words.split():
        actions = actions.filter(
            Q(employee__given_name__icontains=word)
            | Q(employee__family_name__icontains=word)
            | Q(employee__number__iexact=word)
            | Q(policy_name__icontains=word)
        )
    return actions


def ordered_actions(actions: QuerySet[DisciplinaryAction], sort: str) -> QuerySet[DisciplinaryAction]:
    """Return the actions in the order asked for ("-" in front: descending), unknown orders in the usual one."""
    wanted = sort if sort.removeprefix("-") in SORTS else DEFAULT_SORT
    is_descending = wanted.startswith("-")
    orders = [OrderBy(column, descending=is_descending, nulls_last=True) for column in SORTS[wanted.removeprefix("-")]]
    return actions.order_by(*orders, "employee__family_name", "employee__given_name", "-pk")
