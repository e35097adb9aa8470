"""How the list of reviews is narrowed and ordered."""

from typing import Any

import django_filters
from django import forms
from django.db.models import F, OrderBy, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from people.models import Department
from reviews.enums import ReviewStatus
from reviews.models import Review, ReviewCycle

SORTS: dict[str, tuple[str, ...]] = {
    "person": ("employee__family_name", "employee__given_name"),
    "cycle": ("cycle__period_ends_on",),
    "status": ("status",),
    "manager": ("manager__family_name", "manager__given_name"),
}


class ReviewFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """The filter bar of the list of reviews."""

    q = django_filters.CharFilter(
        label=_("Person"), method="search", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    cycle = django_filters.ModelChoiceFilter(
        label=_("Cycle"), queryset=lambda _request: ReviewCycle.objects.exclude(status="planned"), empty_label=_("All")
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=[(status.value, status.label) for status in ReviewStatus if status != ReviewStatus.LEFT_OUT],
        empty_label=_("All"),
    )

    class Meta:
        model = Review
        fields: tuple[str, ...] = ()

    def search(self, reviews: QuerySet[Review], _name: str, value: str) -> QuerySet[Review]:
        """Keep the reviews in whose employee's name every word is found."""
        for word in value.replace("\0", " ").split()[:10]:
            named = Q(employee__given_name__icontains=word) | Q(employee__family_name__icontains=word)
            reviews = reviews.filter(named)
        return reviews


class CalibrationFilter(ReviewFilter):
    """The filter bar of the room where ratings are compared."""

    cycle = None
    status = None
    department = django_filters.ModelChoiceFilter(
        label=_("Department"),
        field_name="employee__department",
        queryset=lambda _request: Department.objects.all(),
        empty_label=_("All"),
    )
    rating = django_filters.NumberFilter(label=_("Rating"), field_name="final", min_value=1, max_value=7)
    moved = django_filters.ChoiceFilter(
        label=_("Moved"),
        empty_label=_("All"),
        choices=[("yes", _("Moved")), ("no", _("As given"))],
        method="keep_moved",
    )

    def keep_moved(self, reviews: QuerySet[Review], _name: str, value: str) -> QuerySet[Review]:
        """Keep the reviews whose rating was moved, or was not."""
        return reviews.filter(calibrated_rating__isnull=value != "yes")


def calibrated_order(reviews: QuerySet[Review], sort: str) -> QuerySet[Review]:
    """Return the reviews in the order asked for; without one by rating, the highest first, then by name."""
    columns = {**SORTS, "rating": ("final",), "department": ("employee__department__name",)}.get(
        sort.removeprefix("-"), ()
    )
    orders: list[Any] = [OrderBy(F(column), descending=sort.startswith("-"), nulls_last=True) for column in columns]
    return reviews.order_by(*orders, "-final", "employee__family_name", "employee__given_name", "pk")


def ordered(reviews: QuerySet[Review], sort: str) -> QuerySet[Review]:
    """Return the reviews in the order asked for; without one, the latest cycle first, then by name."""
    columns = SORTS.get(sort.removeprefix("-"), ())
    orders: list[Any] = [OrderBy(F(column), descending=sort.startswith("-"), nulls_last=True) for column in columns]
    return reviews.order_by(*orders, "-cycle__period_ends_on", "employee__family_name", "employee__given_name", "pk")
