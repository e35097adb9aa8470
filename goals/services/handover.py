"""What managers owe for goals follows the reporting line, and nothing is owed for whoever has left."""

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from goals.enums import Side
from goals.models import Goal
from goals.obligations import ABOUT_GOAL, DAYS_FOR_FEEDBACK, DAYS_TO_ANSWER, Owed
from goals.services.moves import owe_on
from people.enums import EmployeeStatus
from people.models import ReportingLine
from reminders.enums import ObligationStatus
from reminders.models import Obligation
from reminders.services.obligations import withdraw, withdraw_many


def follow_the_people() -> int:
    """Let the direct manager owe what a former manager owed, with time to do it; return how many obligations changed.

    What is owed about the goals of people who have left is owed no more. Doing it twice changes nothing.
    """
    with transaction.atomic():
        of_leavers = Goal.objects.filter(employee__status=EmployeeStatus.LEFT).order_by()
        changed = withdraw_many(
            about_type=ABOUT_GOAL, about_ids=of_leavers.values("pk"), reason=_("The employee has left.")
        )
        astray = list(_owed_by_nobody_above())
        goals = Goal.objects.select_related("employee__manager__location", "employee__manager__organization").in_bulk(
            {obligation.about_id for obligation in astray}
        )
        for obligation in astray:
            goal, kind = goals[obligation.about_id], Owed(obligation.kind)
            reason = _("It passed on with the reporting line.")
            withdraw(about_type=ABOUT_GOAL, about_id=goal.pk, kind=kind, reason=reason)
            days = DAYS_FOR_FEEDBACK if kind == Owed.GIVE_FEEDBACK else DAYS_TO_ANSWER
            owe_on(Side.MANAGER, goal, kind, working_days=days)
    return changed + len(astray)


def _owed_by_nobody_above() -> QuerySet[Obligation]:
    """Return what is owed about a goal by somebody who is neither its employee nor above them any more."""
    above = ReportingLine.objects.filter(manager=OuterRef("owner"), employee=OuterRef("employee"))
    owed = Obligation.objects.filter(about_type=ABOUT_GOAL, status=ObligationStatus.OPEN, owner__isnull=False)
    return owed.exclude(owner=F("employee")).filter(~Exists(above), employee__manager__isnull=False)
