"""What running plans give to talk about in a check-in: support that is due, to those who may read the plan."""

import datetime
from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from feedback.registry import TalkingPoint
from people.addresses import portal_url
from people.models import Employee, Membership
from pips.enums import RUNNING
from pips.models import SupportCommitment
from pips.selectors.plans import plans_visible_to

SOON = datetime.timedelta(days=14)
MOST = 4


def support_due(member: Membership, employee: Employee) -> Iterator[TalkingPoint]:
    """Yield the support promised to the employee that is late or due within two weeks; no word of the plan itself."""
    today = timezone.localdate()
    readable = plans_visible_to(member).filter(employee=employee, status__in=RUNNING, pk=OuterRef("plan"))
    promised = SupportCommitment.objects.select_related("organization").filter(
        Exists(readable), delivered_on__isnull=True, due_on__lte=today + SOON
    )
    for commitment in promised.order_by("due_on", "pk")[:MOST]:
        due_on = commitment.due_on or today
        is_late = due_on < today
        note = _("Support was due on %(day)s") if is_late else _("Support is due on %(day)s")
        yield TalkingPoint(
            title=commitment.description[:200],
            note=note % {"day": date_format(due_on, "j F")},
            url=portal_url(commitment.organization, "pips:plan_detail", plan_id=commitment.plan_id),
            kind="warning" if is_late else "info",
        )
