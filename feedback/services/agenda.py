"""The agenda of a series: what either wants to talk about; unfinished points go on by themselves."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.check_in_enums import CheckInStatus
from feedback.check_in_rules import takes_part
from feedback.models import AgendaItem, CheckIn, CheckInSeries
from feedback.services.series import lock_active
from people.models import Membership
from pipcycle.errors import DomainError

MOST_OPEN = 50
TITLE_LENGTH = 300


def add_item(*, actor: Membership, series: CheckInSeries, title: str) -> AgendaItem:
    """Put a point at the end of the agenda. Raises PermissionDenied for anybody but the two, DomainError when empty."""
    _require_part(actor, series)
    words = " ".join(title.split())
    if not words:
        raise DomainError(_("Write in a few words what you want to talk about."))
    with transaction.atomic():
        lock_active(series)
        items = AgendaItem.objects.filter(series=series)
        if items.filter(talked_at__isnull=True).count() >= MOST_OPEN:
            raise DomainError(_("The agenda is full: take points off that no longer matter."))
        last = items.aggregate(last=Max("position"))["last"] or 0
        return AgendaItem.objects.create(
            series=series, title=words[:TITLE_LENGTH], position=last + 1, added_by=actor, added_for=_planned(series)
        )


def mark_talked(*, actor: Membership, item: AgendaItem, check_in: CheckIn | None = None) -> AgendaItem:
    """Say that a point was talked about, in the check-in that is planned unless another is named."""
    _require_part(actor, item.series)
    with transaction.atomic():
        lock_active(item.series)
        item.talked_in, item.talked_at = check_in or _planned(item.series), timezone.now()
        item.save(update_fields=["talked_in", "talked_at"])
    return item


def take_mark_back(*, actor: Membership, item: AgendaItem) -> AgendaItem:
    """Say that a point was not talked about after all: it is open again."""
    _require_part(actor, item.series)
    with transaction.atomic():
        lock_active(item.series)
        item.talked_in, item.talked_at = None, None
        item.save(update_fields=["talked_in", "talked_at"])
    return item


def shift_item(*, actor: Membership, item: AgendaItem, by: int) -> None:
    """Move an open point one place up (-1) or down (1); at the end of the list nothing happens."""
    _require_part(actor, item.series)
    with transaction.atomic():
        lock_active(item.series)
        items = list(AgendaItem.objects.filter(series=item.series, talked_at__isnull=True).order_by("position", "pk"))
        place = next((place for place, one in enumerate(items) if one.pk == item.pk), None)
        if place is None or not 0 <= place + by < len(items):
            return
        items[place], items[place + by] = items[place + by], items[place]
        for position, one in enumerate(items, start=1):
            if one.position != position:
                one.position = position
                one.save(update_fields=["position"])


def remove_item(*, actor: Membership, item: AgendaItem) -> None:
    """Take a point off the agenda: whoever put it there, before it was talked about. Raises PermissionDenied."""
    _require_part(actor, item.series)
    if item.added_by_id != actor.pk:
        raise PermissionDenied
    if item.talked_at is not None:
        raise DomainError(_("This was talked about already, so it stays on the record."))
    item.delete()


def _planned(series: CheckInSeries) -> CheckIn | None:
    return CheckIn.objects.filter(series=series, status=CheckInStatus.PLANNED).first()


def _require_part(actor: Membership, series: CheckInSeries) -> None:
    if not takes_part(actor, series):
        raise PermissionDenied
