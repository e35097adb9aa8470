"""Which of this room's lists are of use to a member: asked for the rail of every page, so with one statement."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from people.models import Membership
from people.selectors.accounts import employee_of
from pips.models import DisciplinaryAction, DisciplinaryAppeal
from pips.selectors.plans import plans_visible_to


@dataclass(frozen=True)
class ToRead:
    """Whether there is a plan the member may read, and a disciplinary action."""

    plan: bool
    action: bool


def to_read(member: Membership) -> ToRead:
    """Return what there is to read for a member whom the cases of others do not concern; looked up once a request.

    An action counts once it was handed over, or while the member hears the appeal against it.
    """
    if "to_read" not in member.__dict__:
        member.__dict__["to_read"] = _to_read(member)
    known: ToRead = member.__dict__["to_read"]
    return known


def _to_read(member: Membership) -> ToRead:
    own = employee_of(member)
    if own is None or not member.is_active:
        return ToRead(plan=member.is_active and plans_visible_to(member).exists(), action=False)
    heard = DisciplinaryAppeal.objects.filter(action=OuterRef("pk"), hearer=own)
    actions = DisciplinaryAction.objects.filter(Q(employee=own, issued_at__isnull=False) | Q(Exists(heard)))
    asked = Membership.objects.filter(pk=member.pk).order_by()
    return ToRead(*asked.values_list(Exists(plans_visible_to(member)), Exists(actions)).get())
