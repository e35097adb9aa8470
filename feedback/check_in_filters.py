"""How the list of check-ins is narrowed and ordered."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Case, F, OrderBy, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.check_in_enums import CheckInStatus, SeriesStatus
from feedback.models import CheckIn, CheckInSeries
from people.models import Membership
from people.selectors.accounts import employee_of

MINE, FOLLOWED, EVERY = "mine", "followed", "all"
SORTS: dict[str, tuple[str, ...]] = {
    "who": ("who_family", "who_given"),
    "rhythm": ("every_weeks",),
    "next": ("next_on",),
    "last": ("last_on",),
    "missed": ("not_held",),
    "actions": ("open_actions",),
}
DEFAULT_SORT = "next"


class CheckInFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """The filter bar; nothing asked for means: my own, going on."""

    q = django_filters.CharFilter(
        label=_("Person"), method="search", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    whose = django_filters.ChoiceFilter(
        label=_("Whose"),
        method="of_whom",
        choices=[(FOLLOWED, _("Of people I follow")), (EVERY, _("All I may see"))],
        empty_label=_("My own"),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        choices=[("overdue", _("Overdue")), ("ended", _("Ended")), ("every", _("Going on or ended"))],
        empty_label=_("Going on"),
    )

    class Meta:
        model = CheckInSeries
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.own = employee_of(member)

    def search(self, series: QuerySet[CheckInSeries], _name: str, value: str) -> QuerySet[CheckInSeries]:
        """Keep the series in whose two names every word is found."""
        for word in value.split():
            found = Q()
            for side in ("employee", "leader"):
                found |= Q(**{f"{side}__given_name__icontains": word}) | Q(**{f"{side}__family_name__icontains": word})
            series = series.filter(found)
        return series

    def of_whom(self, series: QuerySet[CheckInSeries], _name: str, value: str) -> QuerySet[CheckInSeries]:
        """Keep those about other people, also the ones the member leads, or all."""
        if value == EVERY or self.own is None:
            return series
        return series.exclude(employee=self.own)

    def in_state(self, series: QuerySet[CheckInSeries], _name: str, value: str) -> QuerySet[CheckInSeries]:
        """Keep those whose check-in is overdue, that have ended, or every one."""
        if value == "overdue":
            late = CheckIn.objects.filter(status=CheckInStatus.PLANNED, planned_on__lt=timezone.localdate())
            return series.filter(pk__in=late.values("series"))
        return series.filter(status=SeriesStatus.ENDED) if value == "ended" else series

    def filter_queryset(self, queryset: QuerySet[CheckInSeries]) -> QuerySet[CheckInSeries]:
        """Filter; without other wishes the series are the member's own and go on."""
        filtered: QuerySet[CheckInSeries] = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        if not asked.get("whose"):
            filtered = filtered.filter(self._mine())
        if not asked.get("state"):
            filtered = filtered.filter(status=SeriesStatus.ACTIVE)
        return filtered

    def _mine(self) -> Q:
        return Q(employee=self.own) | Q(leader=self.own) if self.own is not None else Q(pk__in=[])


def ordered(series: QuerySet[CheckInSeries], *, sort: str, member: Membership) -> QuerySet[CheckInSeries]:
    """Return the series in the order asked for, unknown ones by the next date; "who" is the one the reader is not."""
    own = employee_of(member)
    is_mine = Q(employee=own) if own is not None else Q(pk__in=[])
    named: QuerySet[CheckInSeries] = series.annotate(
        who_family=Case(When(is_mine, then=F("leader__family_name")), default=F("employee__family_name")),
        who_given=Case(When(is_mine, then=F("leader__given_name")), default=F("employee__given_name")),
    )
    columns = SORTS.get(sort.removeprefix("-"), SORTS[DEFAULT_SORT])
    orders = [OrderBy(F(column), descending=sort.startswith("-"), nulls_last=True) for column in columns]
    return named.order_by(*orders, "who_family", "who_given", "pk")
