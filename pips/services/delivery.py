"""Handing the plan over and recording its receipt (rules 3, 14, 15)."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.enums import AcknowledgementKind
from documents.models import Document
from documents.selectors import documents_about
from documents.services import acknowledge_document
from people.models import Employee, Membership
from people.services.leave import lock_leaves_of
from people.working_days import calendar_for
from pipcycle.errors import DomainError, require
from pips.days import ONE_DAY, day_for, today_for
from pips.enums import RUNNING, NoteKind, PlanStatus, Step
from pips.explanations import full_date
from pips.models import Plan
from pips.obligations import About, Owed
from pips.rules import awaits_receipt, is_employee_in, is_manager_in, may_discard
from pips.services.dates import clock_of, lay_out_dates, open_obligations, refresh_plan_state
from pips.services.leave_effects import propose_after_leave
from pips.services.legal import require_legal_review
from pips.services.moves import lock_plan, move_plan, require_gates, write_note
from pips.services.notices import tell
from pips.services.promises import keep, owe_receipt
from pips.services.sealing import PLAN_DOCUMENT, seal_version
from pips.statements import statement_for


def issue_plan(*, actor: Membership, plan: Plan, starts_on: datetime.date | None = None) -> Document:
    """Hand the plan to the employee: run the clock, seal version 1, open every obligation of the plan.

    Day 0 is the date given, else the date in the draft if it still lies ahead, else the next working day: a plan never
    starts before it is delivered. Raises PermissionDenied or DomainError.
    """
    require(is_manager_in(actor, plan))
    require_legal_review(plan=plan)
    with transaction.atomic():
        lock_leaves_of(plan.employee)
        lock_plan(plan, {PlanStatus.APPROVED})
        require_gates(plan, Step.ISSUE, actor=actor)
        today = today_for(plan.employee)
        plan.starts_on = _first_day(plan, starts_on, today)
        clock = clock_of(plan)
        lay_out_dates(plan, clock)
        move_plan(
            plan=plan,
            target=PlanStatus.ISSUED,
            actor=actor,
            starts_on=plan.starts_on,
            ends_on=clock.ends_on,
            version=1,
            issued_at=timezone.now(),
        )
        document = seal_version(plan=plan, actor=actor)
        keep(plan, Owed.ISSUE, actor)
        owe_receipt(plan, today)
        open_obligations(plan)
        propose_after_leave(plan=plan)
        write_note(
            plan=plan,
            kind=NoteKind.ISSUED,
            body=gettext("Version 1 was issued. Day 0 is %(start)s, the last day is %(end)s.")
            % {"start": full_date(plan.starts_on), "end": full_date(clock.ends_on)},
            author=actor,
        )
        tell(
            plan=plan,
            event="issued",
            to=plan.employee,
            subject=_("A document awaits your acknowledgement"),
            lines=[
                _("Your manager has handed you a document. Read it in the portal and acknowledge receipt."),
                _("Acknowledging receipt does not mean that you agree; you can add your own words."),
            ],
            actor=actor,
        )
    return document


def acknowledge_plan(
    *,
    actor: Membership,
    plan: Plan,
    kind: AcknowledgementKind | str,
    comment: str = "",
    witness: Employee | None = None,
    version: int | None = None,
) -> None:
    """Record receipt, never agreement (rule 14): by the employee, or as refused by a manager or HR before a witness.

    Each version is received for itself; give the ``version`` that was read, and one that is outdated is refused. The
    plan becomes active at once when its start has been reached, else on the morning of its start; an extended plan
    becomes active again. Raises PermissionDenied or DomainError.
    """
    kind = AcknowledgementKind(kind)
    is_refusal = kind == AcknowledgementKind.REFUSED
    require(may_discard(actor, plan) if is_refusal else is_employee_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, RUNNING)
        acknowledgement = acknowledge_document(
            actor=actor,
            document=_document_to_receive(plan, version),
            kind=kind,
            statement=statement_for(kind, plan.version),
            comment=comment,
            witness=witness,
        )
        plan.acknowledged_at = plan.acknowledged_at or acknowledgement.recorded_at
        plan.receipt_owed_for = None
        plan.save(update_fields=["acknowledged_at", "receipt_owed_for"])
        keep(plan, Owed.ACKNOWLEDGE, actor)
        body = "\n".join(filter(None, [str(kind.label), acknowledgement.comment]))
        write_note(plan=plan, kind=NoteKind.ACKNOWLEDGED, body=body, author=actor)
        _tell_receipt(plan, actor, is_refusal=is_refusal)
        if plan.status == PlanStatus.EXTENDED:
            reason = gettext("Receipt of version %(version)d is recorded.") % {"version": plan.version}
            move_plan(plan=plan, target=PlanStatus.ACTIVE, actor=actor, reason=reason)
        refresh_plan_state(plan=plan, actor=actor)


def _document_to_receive(plan: Plan, version: int | None) -> Document:
    """Return the document of the version in force. Raises DomainError for an outdated one, or one received already."""
    document = documents_about(About.PLAN, plan.pk).filter(kind=PLAN_DOCUMENT).first()
    if version is not None and document is not None and version != document.version:
        raise DomainError(
            gettext(
                "You have read version %(old)d. Version %(new)d is in force since %(date)s: read it first, then "
                "acknowledge its receipt here. Your words below are kept."
            )
            % {"old": version, "new": document.version, "date": full_date(day_for(plan.employee, document.sealed_at))},
            rule=11,
        )
    if document is None or not awaits_receipt(plan):
        raise DomainError(_("Receipt of this plan is recorded already. Reload the page to see it."), rule=14)
    return document


def _first_day(plan: Plan, wanted: datetime.date | None, today: datetime.date) -> datetime.date:
    if wanted is not None:
        if wanted < today:
            raise DomainError(_("A plan cannot start before it is issued. Choose today or a later day."), rule=8)
        return wanted
    if plan.starts_on is not None and plan.starts_on >= today:
        return plan.starts_on
    return calendar_for(plan.employee).next_working_day(today + ONE_DAY)


def _tell_receipt(plan: Plan, actor: Membership, *, is_refusal: bool) -> None:
    if is_refusal:
        tell(
            plan=plan,
            event=f"refused:{plan.version}",
            to=plan.employee,
            subject=_("The hand-over of a document was recorded"),
            lines=[_("It was recorded that a document was handed to you and that you declined to acknowledge it.")],
            actor=actor,
        )
        return
    tell(
        plan=plan,
        event=f"acknowledged:{plan.version}",
        to=plan.manager,
        subject=_("Receipt of a plan is acknowledged"),
        lines=[_("The employee has acknowledged receipt of a plan you issued.")],
        actor=actor,
    )
