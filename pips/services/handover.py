"""The plan follows the reporting line: who manages the employee now keeps its promises."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.enums import EmployeeStatus
from people.models import Employee, Membership
from people.selectors.employees import managers_above
from pips.enums import NoteKind, PlanStatus, SupportAnswer
from pips.models import Plan
from pips.obligations import About
from pips.services.moves import write_note
from pips.services.notices import tell
from reminders.enums import ObligationStatus
from reminders.selectors import obligations_about
from reminders.services.obligations import owe, withdraw


def follow_reporting_line(*, plan: Plan, actor: Membership | None = None) -> bool:
    """Hand the plan to the employee's manager when whoever leads it no longer stands above; return whether it passed.

    What the former manager owes is owed by the new one on the same dates; what has been recorded keeps its author.
    Support somebody promised in person stays with them, unless they have left: then it is the manager's. Doing it twice
    changes nothing.
    """
    with transaction.atomic():
        plan.refresh_from_db(from_queryset=Plan.objects.select_for_update(of=("self",)))
        manager = plan.employee.manager
        if plan.status == PlanStatus.CLOSED:
            return False
        if manager is None or _still_leads(plan):
            return _pass_support_of_leavers(plan)
        former = plan.manager
        plan.manager = manager
        plan.save(update_fields=["manager"])
        _pass_obligations(plan, former, manager)
        _pass_support_of_leavers(plan)
        note = write_note(
            plan=plan,
            kind=NoteKind.COMMENT,
            body=gettext("The plan passed from %(former)s to %(manager)s with the reporting line.")
            % {"former": former.full_name, "manager": manager.full_name},
            author=actor,
        )
        tell(
            plan=plan,
            event=f"handover:{note.pk}",
            to=manager,
            subject=_("A plan has passed to you"),
            lines=[_("You now manage somebody whose plan is under way. What is due stands on your list.")],
            actor=actor,
        )
        return True


def _still_leads(plan: Plan) -> bool:
    return managers_above(plan.employee).filter(pk=plan.manager_id).exists()


def _pass_obligations(plan: Plan, former: Employee, manager: Employee) -> None:
    reason = gettext("The plan passed to another manager.")
    parts: list[tuple[About, Iterable[int]]] = [
        (About.PLAN, [plan.pk]),
        (About.MILESTONE, plan.milestones.values_list("pk", flat=True)),
        (About.CHECK_IN, plan.check_ins.values_list("pk", flat=True)),
        (About.FOLLOW_UP, plan.follow_ups.values_list("pk", flat=True)),
        (About.AMENDMENT, plan.amendments.values_list("pk", flat=True)),
        (About.LEAVE_PROPOSAL, plan.leave_proposals.values_list("pk", flat=True)),
    ]
    for about, keys in parts:
        for key in keys:
            _pass(about, key, plan=plan, former=former, manager=manager, reason=reason)


def _pass(about: About, key: int, *, plan: Plan, former: Employee, manager: Employee, reason: str) -> None:
    owed = obligations_about(about, key).filter(owner=former, status=ObligationStatus.OPEN)
    for kind, due_on in list(owed.values_list("kind", "due_on")):
        withdraw(about_type=about, about_id=key, kind=kind, reason=reason)
        owe(kind=kind, about_type=about, about_id=key, due_on=due_on, owner=manager, employee=plan.employee)


def _pass_support_of_leavers(plan: Plan) -> bool:
    """Give the manager what somebody promised who has left since; return whether there was anything."""
    has_not_arrived = Q(delivered_on__isnull=True) | Q(answer=SupportAnswer.NOT_RECEIVED)
    left = plan.support_commitments.select_related("owner").filter(
        has_not_arrived, resolved_at__isnull=True, owner__status=EmployeeStatus.LEFT
    )
    commitments = [] if plan.manager.has_left else list(left)
    for commitment in commitments:
        reason = gettext("%(name)s, who promised it, has left.") % {"name": commitment.owner.full_name}
        former = commitment.owner
        _pass(About.SUPPORT, commitment.pk, plan=plan, former=former, manager=plan.manager, reason=reason)
        write_note(plan=plan, kind=NoteKind.COMMENT, body=f"{commitment.description}\n{reason}", author=None)
        commitment.owner = plan.manager
        commitment.save(update_fields=["owner"])
    return bool(commitments)
