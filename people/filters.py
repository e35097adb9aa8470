"""How the list of people is narrowed and sorted."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from people.enums import EmployeeStatus
from people.models import Department, Employee, JobDescription, Location, ReportingLine, Responsibility

MOST_CHOICES = 300
EVERYONE = "all"

SORTS: dict[str, tuple[str, ...]] = {
    "name": ("family_name", "given_name", "id"),
    "number": ("number",),
    "department": ("department__name", "family_name", "given_name", "id"),
    "location": ("location__name", "family_name", "given_name", "id"),
    "hired": ("hired_on", "id"),
}


def _departments(_request: Any) -> QuerySet[Department]:
    return Department.objects.all()


def _locations(_request: Any) -> QuerySet[Location]:
    return Location.objects.all()


def _managers(request: Any) -> QuerySet[Employee]:
    """Return the managers to choose from; in a very large organization only the one chosen on a profile."""
    managers = Employee.objects.filter(Exists(Employee.objects.filter(manager=OuterRef("pk"))))
    if managers[:MOST_CHOICES].count() < MOST_CHOICES:
        return managers
    chosen = request.GET.get("manager", "")
    return managers.filter(pk=chosen) if chosen.isdecimal() else managers.none()


class EmployeeFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """The filter bar of the list of people; without a status those who have left are not shown."""

    q = django_filters.CharFilter(
        label=_("Name, number or e-mail"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    department = django_filters.ModelChoiceFilter(
        label=_("Department"), queryset=_departments, empty_label=_("All departments")
    )
    location = django_filters.ModelChoiceFilter(
        label=_("Location"), queryset=_locations, empty_label=_("All locations")
    )
    manager = django_filters.ModelChoiceFilter(
        label=_("Reports to"), queryset=_managers, method="below", empty_label=_("Anybody")
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        method="with_status",
        choices=[*EmployeeStatus.choices, (EVERYONE, _("Everyone, also those who have left"))],
        empty_label=_("Employed"),
    )

    class Meta:
        model = Employee
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Employee], _name: str, value: str) -> QuerySet[Employee]:
        """Keep those in whom every word is found."""
        for word in value.split():
            queryset = queryset.filter(
                Q(given_name__icontains=word)
                | Q(family_name__icontains=word)
                | Q(number__icontains=word)
                | Q(email__icontains=word)
            )
        return queryset

    def below(self, queryset: QuerySet[Employee], _name: str, value: Employee) -> QuerySet[Employee]:
        """Keep everyone below the manager, at any level."""
        return queryset.filter(Exists(ReportingLine.objects.filter(manager=value, employee=OuterRef("pk"))))

    def with_status(self, queryset: QuerySet[Employee], _name: str, value: str) -> QuerySet[Employee]:
        """Keep those with the status; ``all`` keeps everyone."""
        return queryset if value == EVERYONE else queryset.filter(status=value)

    def filter_queryset(self, queryset: QuerySet[Employee]) -> QuerySet[Employee]:
        """Filter and sort; nothing asked for means: employed, by name."""
        filtered: QuerySet[Employee] = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("status"):
            filtered = filtered.exclude(status=EmployeeStatus.LEFT)
        return filtered.order_by(*_sort_fields(self.data.get("sort", "")))


def _sort_fields(sort: str) -> list[str]:
    fields = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return [f"-{field}" for field in fields] if sort.startswith("-") else list(fields)


class JobFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """The filter bar of the list of jobs."""

    q = django_filters.CharFilter(
        label=_("Job or responsibility"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    missing = django_filters.ChoiceFilter(
        label=_("Not written yet"),
        method="with_missing",
        choices=[("responsibilities", _("No responsibilities")), ("competencies", _("No competencies"))],
        empty_label=_("All jobs"),
    )

    class Meta:
        model = JobDescription
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[JobDescription], _name: str, value: str) -> QuerySet[JobDescription]:
        """Keep those in whose name or responsibilities every word is found."""
        for word in value.split():
            answering = Responsibility.objects.filter(job_description=OuterRef("pk"), title__icontains=word)
            queryset = queryset.filter(Q(name__icontains=word) | Exists(answering))
        return queryset

    def with_missing(self, queryset: QuerySet[JobDescription], _name: str, value: str) -> QuerySet[JobDescription]:
        """Keep those without responsibilities, or without competencies."""
        return queryset.filter(**{f"{value}__isnull": True})

    def filter_queryset(self, queryset: QuerySet[JobDescription]) -> QuerySet[JobDescription]:
        """Filter, and sort by name."""
        filtered: QuerySet[JobDescription] = super().filter_queryset(queryset)
        descending = str(self.data.get("sort", "")).startswith("-")
        return filtered.order_by(f"{'-' if descending else ''}name", "id")
