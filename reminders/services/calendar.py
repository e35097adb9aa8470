"""The address of a member's calendar: made, replaced, revoked, and read."""

from django.utils import timezone

from people.models import Membership
from reminders.calendar.address import hash_of, new_secret
from reminders.models import CalendarAddress


def make_address(*, actor: Membership) -> str:
    """Make the actor's address, or replace it: the one before ends at once. Its secret is known now and never again."""
    secret = new_secret(actor.organization_id)
    facts = {"secret_hash": hash_of(secret), "made_at": timezone.now(), "read_on": None}
    CalendarAddress.objects.update_or_create(member=actor, defaults=facts)
    return secret


def revoke_address(*, actor: Membership) -> bool:
    """End the actor's address at once; return whether there was one."""
    return bool(CalendarAddress.objects.filter(member=actor).delete()[0])


def note_reading(*, address: CalendarAddress) -> None:
    """Note the day the address was last read, once a day."""
    today = timezone.localdate()
    if address.read_on != today:
        CalendarAddress.objects.filter(pk=address.pk).update(read_on=today)
