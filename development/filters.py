"""How the list of a team's development and the catalogue of courses are narrowed and ordered."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, F, OrderBy, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from development.enums import ENDED, DevelopmentStatus
from development.learning_enums import Provision
from development.models import TrainingCourse
from people.models import Department, Employee, Membership
from people.selectors.accounts import employee_of

DIRECT = "direct"
NONE_OPEN, LATE = "none", "late"
#: What a column sorts by; the name and the key decide ties, so pages never overlap.
SORTS: dict[str, tuple[str, ...]] = {
    "person": ("family_name", "given_name"),
    "status": ("plan_status",),
    "done": ("done_count",),
    "late": ("late_count",),
    "next": ("next_due_on",),
    "until": ("plan_ends_on",),
}
DEFAULT_SORT = "person"


def _departments(_request: Any) -> QuerySet[Department]:
    return Department.objects.all()


class TeamFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """The filter bar; nothing asked for means everybody the member follows."""

    q = django_filters.CharFilter(
        label=_("Name"), method="search", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    state = django_filters.ChoiceFilter(
        label=_("Plan"),
        method="in_state",
        choices=[
            (NONE_OPEN, _("No open plan")),
            (LATE, _("Late actions")),
            *((status.value, status.label) for status in DevelopmentStatus),
        ],
        empty_label=_("Any"),
    )
    whose = django_filters.ChoiceFilter(
        label=_("Whose"),
        method="of_whom",
        choices=[(DIRECT, _("My direct reports"))],
        empty_label=_("Everybody I follow"),
    )
    department = django_filters.ModelChoiceFilter(
        label=_("Department"), queryset=_departments, empty_label=_("Any department")
    )

    class Meta:
        model = Employee
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def search(self, rows: QuerySet[Employee], _name: str, words: str) -> QuerySet[Employee]:
        """Keep the people in whose name or number every word is found."""
        for word in words.split():
            rows = rows.filter(
                Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(number__icontains=word)
            )
        return rows

    def in_state(self, rows: QuerySet[Employee], _name: str, state: str) -> QuerySet[Employee]:
        """Keep those whose latest plan is in the state, who have none open, or who are late."""
        if state == NONE_OPEN:
            return rows.filter(Q(plan_id__isnull=True) | Q(plan_status__in=ENDED))
        if state == LATE:
            return rows.filter(late_count__gt=0)
        return rows.filter(plan_status=state)

    def of_whom(self, rows: QuerySet[Employee], _name: str, whose: str) -> QuerySet[Employee]:
        """Keep the member's direct reports."""
        own = employee_of(self.member)
        return rows.filter(manager=own) if whose == DIRECT and own is not None else rows


COURSE_SORTS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "hours": ("hours",),
    "cost": ("currency", "cost"),
    "certificate": ("recertification_months",),
}


class CourseFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """The filter bar of the catalogue."""

    q = django_filters.CharFilter(
        label=_("Course, provider or competency"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "maxlength": 200}),
    )
    provision = django_filters.ChoiceFilter(label=_("Kind"), choices=Provision.choices, empty_label=_("Any kind"))

    class Meta:
        model = TrainingCourse
        fields: tuple[str, ...] = ()

    def search(self, rows: QuerySet[TrainingCourse], _name: str, words: str) -> QuerySet[TrainingCourse]:
        """Keep the courses in which every word is found."""
        for word in words.split():
            teaching = TrainingCourse.objects.filter(pk=OuterRef("pk"), teaches__competency__name__icontains=word)
            rows = rows.filter(
                Q(name__icontains=word) | Q(code__icontains=word) | Q(provider__icontains=word) | Q(Exists(teaching))
            )
        return rows


def ordered(rows: QuerySet[Employee], sort: str) -> QuerySet[Employee]:
    """Order people by the column asked for, empty values last in both directions."""
    return rows.order_by(*_columns(SORTS, DEFAULT_SORT, sort), "family_name", "given_name", "pk")


def ordered_courses(rows: QuerySet[TrainingCourse], sort: str) -> QuerySet[TrainingCourse]:
    """Order courses by the column asked for; those whose certificate does not run out last in both."""
    return rows.order_by(*_columns(COURSE_SORTS, "name", sort), "name", "pk")


def _columns(sorts: dict[str, tuple[str, ...]], usual: str, sort: str) -> list[OrderBy]:
    name = sort.removeprefix("-")
    is_down = sort.startswith("-") and name in sorts
    return [OrderBy(F(column), descending=is_down, nulls_last=True) for column in sorts.get(name, sorts[usual])]
