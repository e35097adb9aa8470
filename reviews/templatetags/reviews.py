"""Words of reviews: ``{% load reviews %}``."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from reviews.enums import CycleStatus, RaterStatus, ReviewStatus
from reviews.models import Review

register = template.Library()

_KINDS = {
    ReviewStatus.OPEN: "neutral",
    ReviewStatus.WRITTEN: "info",
    ReviewStatus.SHARED: "warning",
    ReviewStatus.ACKNOWLEDGED: "success",
    ReviewStatus.LEFT_OUT: "neutral",
}
_CYCLE_KINDS = {
    CycleStatus.PLANNED: "neutral",
    CycleStatus.LAUNCHING: "warning",
    CycleStatus.RUNNING: "info",
    CycleStatus.CLOSING: "warning",
    CycleStatus.CLOSED: "success",
    CycleStatus.ARCHIVED: "neutral",
}


@register.filter
def at_key(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Return what the mapping holds for the key."""
    return mapping.get(key) if mapping else None


@register.filter
def review_kind(review: Review, is_own: bool = False) -> str:  # noqa: FBT001, FBT002  # a filter's argument has no name
    """Return the kind of the status of a review; its employee cannot tell a written one from one still written."""
    return "neutral" if is_own and not review.is_shared else _KINDS[ReviewStatus(review.status)]


@register.filter
def review_words(review: Review, is_own: bool = False) -> str:  # noqa: FBT001, FBT002  # likewise
    """Return the status in words; its employee learns of the manager's review once it is shared, not before."""
    if is_own and not review.is_shared:
        return _("Under way")
    if review.status == ReviewStatus.SHARED:
        return _("Waits for you") if is_own else _("Waits for the employee")
    return str(review.get_status_display())


@register.filter
def rater_kind(status: str) -> str:
    """Return the kind of the status of a rater."""
    return {RaterStatus.PROPOSED: "warning", RaterStatus.AGREED: "info"}.get(RaterStatus(status), "neutral")


@register.filter
def signed(value: float, decimals: int = 1) -> str:
    """Return the number with its sign, as the reader writes numbers; a difference of nothing is "±0.0", a score "0"."""
    value = round(value, decimals)
    sign = "+" if value > 0 else "−" if value < 0 else "±" if decimals else ""
    return f"{sign}{number_format(abs(value), decimal_pos=decimals)}"


@register.filter
def cycle_kind(status: str) -> str:
    """Return the kind of the status of a cycle."""
    return _CYCLE_KINDS[CycleStatus(status)]


@register.filter
def plain_number(value: Decimal) -> str:
    """Return the figure without the zeros the database keeps, as the reader writes numbers."""
    text = f"{value.normalize():f}"
    decimals = len(text.partition(".")[2])
    return number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)


@register.filter
def without_number(label: str) -> str:
    """Return the words of a level without its number, which stands beside them."""
    return str(label).partition("  ")[2]
