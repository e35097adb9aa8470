"""A development plan from the first draft to its end: the employee submits, a manager above approves."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from development import rules
from development.enums import ActionStatus, DevelopmentStatus, Side
from development.inputs import PlanInput
from development.models import DevelopmentGap, DevelopmentMove, DevelopmentPlan
from development.obligations import ABOUT_ACTION, ABOUT_PLAN, DAYS_TO_ANSWER, DAYS_TO_SUBMIT, Owed
from development.origin import Origin
from development.services.drafting import check_content, record_origin, write_content
from development.services.moves import lock_plan, move_plan, owe_action, owe_plan, person_on, require_words
from development.services.notices import tell_side
from development.services.sealing import seal_plan
from people.models import Employee, Membership
from pipcycle.errors import DomainError, require
from reminders.services.obligations import fulfil, withdraw, withdraw_many

NOTHING = Origin()


def draft_plan(*, actor: Membership, employee: Employee, facts: PlanInput, origin: Origin = NOTHING) -> DevelopmentPlan:
    """Begin a plan. What the employee begins is theirs alone until they submit it; what a manager begins both see.

    A signal it starts from is answered by it, in the same transaction. Raises PermissionDenied, or DomainError when
    the person has an open plan already or the dates are out of order.
    """
    require(rules.can_start_plan_for(actor, employee))
    check_content(employee, facts)
    side = rules.side_towards(actor, employee)
    with transaction.atomic():
        try:
            with transaction.atomic():
                plan = DevelopmentPlan.objects.create(
                    employee=employee,
                    starts_on=facts.starts_on,
                    ends_on=facts.ends_on,
                    drafted_side=side or Side.EMPLOYEE,
                    created_by=actor,
                    signal=origin.signal,
                    goal=origin.goal,
                    outcome_of=origin.outcome_of,
                )
        except IntegrityError:
            raise DomainError(
                _("%(name)s has an open development plan already. Go on with that one, or close it first.")
                % {"name": employee.full_name}
            ) from None
        write_content(plan, facts, side=Side(plan.drafted_side))
        DevelopmentMove.objects.create(plan=plan, source="", target=DevelopmentStatus.DRAFTED, actor=actor)
        owe_plan(Side.EMPLOYEE, plan, Owed.SUBMIT, working_days=DAYS_TO_SUBMIT)
        record_origin(actor=actor, origin=origin, plan=plan)
        if side == Side.MANAGER:
            tell_side(
                Side.EMPLOYEE,
                plan=plan,
                event="begun",
                subject=_("A development plan has been begun with you"),
                line=_("It is a draft you can change. It counts once you have submitted it and it is approved."),
                actor=actor,
            )
    return plan


def change_draft(*, actor: Membership, plan: DevelopmentPlan, facts: PlanInput) -> DevelopmentPlan:
    """Change everything a draft says. Raises PermissionDenied, or DomainError when it is no draft any more."""
    require(_takes_part(actor, plan))
    check_content(plan.employee, facts)
    with transaction.atomic():
        lock_plan(plan, {DevelopmentStatus.DRAFTED})
        require(rules.can_write_draft(actor, plan))
        write_content(plan, facts, side=rules.side_of(actor, plan) or Side.EMPLOYEE)
    return plan


def submit_plan(*, actor: Membership, plan: DevelopmentPlan) -> DevelopmentPlan:
    """Put the draft to the managers above; the direct one owes an answer. Raises PermissionDenied or DomainError.

    A plan that is not whole is refused with what is missing: where the person wants to go, and one action.
    """
    require(rules.side_of(actor, plan) == Side.EMPLOYEE)
    with transaction.atomic():
        lock_plan(plan, {DevelopmentStatus.DRAFTED})
        _require_whole(plan)
        if person_on(Side.MANAGER, plan) is None:
            raise DomainError(_("There is no manager to approve the plan. Ask HR to say whom you report to."))
        move_plan(plan=plan, target=DevelopmentStatus.SUBMITTED, actor=actor, submitted_at=timezone.now())
        fulfil(kind=Owed.SUBMIT, about_type=ABOUT_PLAN, about_id=plan.pk, actor=actor)
        owe_plan(Side.MANAGER, plan, Owed.APPROVE, working_days=DAYS_TO_ANSWER)
        tell_side(
            Side.MANAGER,
            plan=plan,
            event=f"submitted-{plan.moves.count()}",
            subject=_("A development plan waits for your answer"),
            line=_("A development plan has been submitted. Approve it, or return it with what you would change."),
            actor=actor,
        )
    return plan


def take_back_plan(*, actor: Membership, plan: DevelopmentPlan) -> DevelopmentPlan:
    """Take a submitted plan back that nobody has answered. Raises PermissionDenied or DomainError."""
    require(rules.side_of(actor, plan) == Side.EMPLOYEE)
    with transaction.atomic():
        lock_plan(plan, {DevelopmentStatus.SUBMITTED})
        move_plan(plan=plan, target=DevelopmentStatus.DRAFTED, actor=actor)
        withdraw(about_type=ABOUT_PLAN, about_id=plan.pk, kind=Owed.APPROVE, reason=_("The plan was taken back."))
        owe_plan(Side.EMPLOYEE, plan, Owed.SUBMIT, working_days=DAYS_TO_SUBMIT)
    return plan


def approve_plan(*, actor: Membership, plan: DevelopmentPlan) -> DevelopmentPlan:
    """Agree on the plan and seal it; it runs from its first day on, at once where that has come.

    Raises PermissionDenied or DomainError: of two who approve at once, the second is told who was quicker.
    """
    require(rules.side_of(actor, plan) == Side.MANAGER)
    with transaction.atomic():
        lock_plan(plan, {DevelopmentStatus.SUBMITTED})
        agree_on(plan, actor)
        seal_plan(actor=actor, plan=plan)
    return plan


def agree_on(plan: DevelopmentPlan, actor: Membership) -> None:
    """Let a locked, submitted plan be agreed on, and run where its first day has come."""
    move_plan(
        plan=plan,
        target=DevelopmentStatus.APPROVED,
        actor=actor,
        approved_at=timezone.now(),
        approved_by=actor,
    )
    fulfil(kind=Owed.APPROVE, about_type=ABOUT_PLAN, about_id=plan.pk, actor=actor)
    tell_side(
        Side.EMPLOYEE,
        plan=plan,
        event="approved",
        subject=_("Your development plan is approved"),
        line=_("It is agreed and sealed in your file. Each action asks you on its date how far it is."),
        actor=actor,
    )
    if plan.starts_on <= timezone.localdate():
        run_plan(plan)


def return_plan(*, actor: Membership, plan: DevelopmentPlan, reason: str) -> DevelopmentPlan:
    """Hand the plan back as a draft both sides can change. Raises PermissionDenied or DomainError."""
    require(rules.side_of(actor, plan) == Side.MANAGER)
    reason = require_words(reason, _("Say what you would change: the plan is reworked from your words."))
    with transaction.atomic():
        lock_plan(plan, {DevelopmentStatus.SUBMITTED})
        move_plan(plan=plan, target=DevelopmentStatus.DRAFTED, actor=actor, reason=reason)
        fulfil(kind=Owed.APPROVE, about_type=ABOUT_PLAN, about_id=plan.pk, actor=actor)
        owe_plan(Side.EMPLOYEE, plan, Owed.SUBMIT, working_days=DAYS_TO_ANSWER)
        tell_side(
            Side.EMPLOYEE,
            plan=plan,
            event=f"returned-{plan.moves.count()}",
            subject=_("Your development plan came back to you"),
            line=_("Your manager has asked for changes. Read why, change the plan and submit it again."),
            actor=actor,
        )
    return plan


def run_plan(plan: DevelopmentPlan) -> None:
    """Let a locked, approved plan run: each open action asks on its date, the plan on its last day."""
    move_plan(plan=plan, target=DevelopmentStatus.RUNNING, actor=None)
    for action in plan.actions.filter(status=ActionStatus.OPEN).select_related("owner"):
        action.plan = plan
        owe_action(action.owner, action, Owed.UPDATE_ACTION, due_on=action.due_on)
    owe_plan(Side.EMPLOYEE, plan, Owed.CLOSE, due_on=plan.ends_on)


def close_plan(
    *, actor: Membership, plan: DevelopmentPlan, reflection: str, reached: Mapping[int, int | None] | None = None
) -> DevelopmentPlan:
    """End the plan with a look back and, by gap, the level reached. Raises PermissionDenied or DomainError.

    Actions that are not done stay as they are; nothing is owed for them any more.
    """
    require(rules.side_of(actor, plan) is not None)
    words = require_words(reflection, _("Look back in a sentence or two: what has changed, and what comes next?"))
    with transaction.atomic():
        lock_plan(plan, {DevelopmentStatus.RUNNING})
        _write_reached(plan, reached or {})
        move_plan(
            plan=plan,
            target=DevelopmentStatus.CLOSED,
            actor=actor,
            closed_at=timezone.now(),
            closed_by=actor,
            reflection=words,
        )
        fulfil(kind=Owed.CLOSE, about_type=ABOUT_PLAN, about_id=plan.pk, actor=actor)
        _release(plan, _("The development plan is closed."))
        _tell_other(
            plan,
            actor,
            event="closed",
            subject=_("A development plan is closed"),
            line=_("The look back stands on its page. A good moment to talk about what comes next."),
        )
    return plan


def withdraw_plan(*, actor: Membership, plan: DevelopmentPlan, reason: str) -> DevelopmentPlan:
    """End the plan without a look back: the employee until it is approved, the managers above at any time.

    Raises PermissionDenied or DomainError.
    """
    require(_takes_part(actor, plan))
    reason = require_words(reason, _("Say why the plan ends: the other side reads it."))
    with transaction.atomic():
        lock_plan(plan, set(rules.WITHDRAWABLE))
        require(rules.can_withdraw(actor, plan))
        is_shared = rules.is_shared(plan)
        move_plan(plan=plan, target=DevelopmentStatus.WITHDRAWN, actor=actor, reason=reason, ended_reason=reason)
        _release(plan, _("The development plan is withdrawn."))
        if is_shared:
            _tell_other(
                plan,
                actor,
                event="withdrawn",
                subject=_("A development plan is withdrawn"),
                line=_("Nothing is owed for it any more. The reason is on its page."),
            )
    return plan


def _takes_part(actor: Membership, plan: DevelopmentPlan) -> bool:
    side = rules.side_of(actor, plan)
    return side == Side.EMPLOYEE or (side == Side.MANAGER and rules.is_shared(plan))


def _require_whole(plan: DevelopmentPlan) -> None:
    """Raise DomainError for what the manager would have to guess."""
    if not plan.aspiration.strip():
        raise DomainError(_("Say where you want to go: one sentence is enough, and only you can write it."))
    if not plan.actions.exists():
        raise DomainError(_("Plan at least one action: without it the plan is a wish."))
    if plan.ends_on < timezone.localdate():
        raise DomainError(_("The period is over already. Choose a new last day."))


def _write_reached(plan: DevelopmentPlan, reached: Mapping[int, int | None]) -> None:
    gaps = [gap for gap in plan.gaps.all() if gap.pk in reached]
    for gap in gaps:
        gap.reached_level = reached[gap.pk]
    DevelopmentGap.objects.bulk_update(gaps, ["reached_level"])


def _release(plan: DevelopmentPlan, reason: str) -> None:
    """Let nothing be owed for the plan and its actions any more."""
    withdraw(about_type=ABOUT_PLAN, about_id=plan.pk, reason=reason)
    withdraw_many(about_type=ABOUT_ACTION, about_ids=plan.actions.order_by().values("pk"), reason=reason)


def _tell_other(plan: DevelopmentPlan, actor: Membership, *, event: str, subject: str, line: str) -> None:
    side = rules.side_of(actor, plan)
    if side is not None:
        tell_side(side.other, plan=plan, event=event, subject=subject, line=line, actor=actor)


def release_leaver(plan: DevelopmentPlan, reason: str) -> None:
    """End a locked, open plan of somebody who has left; nobody is asked and nobody is told."""
    move_plan(plan=plan, target=DevelopmentStatus.WITHDRAWN, actor=None, reason=reason, ended_reason=reason)
    _release(plan, reason)
