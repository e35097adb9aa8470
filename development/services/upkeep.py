"""What time and changes among people do to development plans; doing it twice changes nothing."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from development.enums import ENDED, DevelopmentStatus, Side
from development.models import DevelopmentAction, DevelopmentPlan
from development.obligations import ABOUT_ACTION, ABOUT_PLAN, DAYS_TO_ANSWER, Owed
from development.services.moves import owe_action, owe_plan
from development.services.plans import release_leaver, run_plan
from goals.presence import working_days_there
from people.enums import EmployeeStatus
from people.models import Employee, Membership, ReportingLine
from reminders.enums import ObligationStatus
from reminders.models import Obligation
from reminders.services.obligations import withdraw


def start_due_plans() -> int:
    """Let approved plans run whose first day has come; return how many began."""
    due = DevelopmentPlan.objects.filter(status=DevelopmentStatus.APPROVED, starts_on__lte=timezone.localdate())
    return sum(_start(key) for key in due.values_list("pk", flat=True))


def _start(key: int) -> bool:
    with transaction.atomic():
        plan = _locked(key, DevelopmentStatus.APPROVED)
        if plan is None:
            return False
        run_plan(plan)
        return True


def employment_ended(employee: Employee, _actor: Membership | None) -> None:
    """End the open plan of somebody who leaves, in the transaction in which they do."""
    _end_for(DevelopmentPlan.objects.filter(employee=employee).values_list("pk", flat=True))


def end_plans_of_leavers() -> int:
    """End the open plans of people an import made leave; return how many."""
    plans = DevelopmentPlan.objects.filter(Q(employee__status=EmployeeStatus.LEFT), ~Q(status__in=ENDED))
    return _end_for(plans.values_list("pk", flat=True))


def _end_for(keys: Iterable[int]) -> int:
    ended = 0
    for key in list(keys):
        with transaction.atomic():
            plan = _locked(key)
            if plan is not None and plan.is_open:
                release_leaver(plan, _("The employee has left."))
                ended += 1
    return ended


def _locked(key: int, status: DevelopmentStatus | None = None) -> DevelopmentPlan | None:
    rows = DevelopmentPlan.objects.select_for_update(of=("self",), no_key=True).filter(pk=key)
    rows = rows if status is None else rows.filter(status=status)
    return rows.select_related("employee__manager", "employee__organization", "organization").first()


def follow_the_people() -> int:
    """Let the direct manager owe what a former manager owed, on its day, or later where that leaves no time to do it.

    Returns how many changed.
    """
    with transaction.atomic():
        astray = list(_owed_by_nobody_above())
        for obligation in astray:
            _hand_on(obligation)
    return len(astray)


def _hand_on(obligation: Obligation) -> None:
    kind = Owed(obligation.kind)
    withdraw(
        about_type=obligation.about_type,
        about_id=obligation.about_id,
        kind=kind,
        reason=_("It passed on with the reporting line."),
    )
    if obligation.about_type == ABOUT_PLAN:
        plan = DevelopmentPlan.objects.select_related("employee__manager__location").get(pk=obligation.about_id)
        if plan.employee.manager is not None:
            owe_plan(Side.MANAGER, plan, kind, due_on=_day_for(plan.employee.manager, obligation))
        return
    action = DevelopmentAction.objects.select_related("plan__employee__manager__location").get(pk=obligation.about_id)
    manager = action.plan.employee.manager
    if manager is None:
        return
    if action.owner_id == obligation.owner_id:
        action.owner = manager
        action.save(update_fields=["owner"])
    owe_action(manager, action, kind, due_on=_day_for(manager, obligation))


def _day_for(manager: Employee, obligation: Obligation) -> datetime.date:
    return max(obligation.due_on, working_days_there(manager, timezone.localdate(), DAYS_TO_ANSWER))


def _owed_by_nobody_above() -> Iterable[Obligation]:
    """Return what is owed about a plan by somebody who is neither its employee nor above them any more."""
    above = ReportingLine.objects.filter(manager=OuterRef("owner"), employee=OuterRef("employee"))
    owed = Obligation.objects.filter(
        about_type__in=[ABOUT_PLAN, ABOUT_ACTION], status=ObligationStatus.OPEN, owner__isnull=False
    )
    return owed.exclude(owner=F("employee")).filter(~Exists(above), employee__manager__isnull=False)
