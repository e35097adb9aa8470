"""Handing the plan over and recording its receipt (rules 3, 14, 15)."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.enums import AcknowledgementKind
from documents.models import Document
from documents.selectors import documents_about
from documents.services import acknowledge_document, seal_document
from people.models import Employee, Membership
from people.working_days import calendar_for
from pipcycle.errors import DomainError
from pips.days import ONE_DAY, today_for
from pips.enums import NoteKind, PlanStatus, Step
from pips.explanations import full_date
from pips.models import Plan
from pips.obligations import About, Owed
from pips.rules import is_employee_in, is_manager_in, may_discard
from pips.services.dates import clock_of, lay_out_dates, open_obligations, refresh_plan_state
from pips.services.moves import lock_plan, move_plan, require, require_no_block, write_note
from pips.services.notices import tell
from pips.services.promises import keep, owe_receipt
from pips.statements import statement_for

PLAN_DOCUMENT = "plan"
PLAN_TEMPLATE = "pips/pdf/plan.html"


def issue_plan(*, actor: Membership, plan: Plan, starts_on: datetime.date | None = None) -> Document:
    """Hand the plan to the employee: run the clock, seal version 1, open every obligation of the plan.

    Day 0 is the date given, else the date in the draft if it still lies ahead, else the next working day: a plan never
    starts before it is delivered. Raises PermissionDenied or DomainError.
    """
    require(is_manager_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, {PlanStatus.APPROVED})
        require_no_block(plan, Step.ISSUE)
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
        document = _seal(actor, plan)
        keep(plan, Owed.ISSUE, actor)
        owe_receipt(plan, today)
        open_obligations(plan)
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
) -> None:
    """Record receipt, never agreement (rule 14): by the employee, or as refused by a manager or HR before a witness.

    The plan becomes active at once when its start has been reached, else on the morning of its start. Raises
    PermissionDenied or DomainError.
    """
    kind = AcknowledgementKind(kind)
    is_refusal = kind == AcknowledgementKind.REFUSED
    require(may_discard(actor, plan) if is_refusal else is_employee_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, {PlanStatus.ISSUED})
        document = documents_about(About.PLAN, plan.pk).first()
        if document is None or plan.acknowledged_at is not None:
            raise DomainError(_("Receipt of this plan is recorded already. Reload the page to see it."), rule=14)
        acknowledgement = acknowledge_document(
            actor=actor,
            document=document,
            kind=kind,
            statement=statement_for(kind),
            comment=comment,
            witness=witness,
        )
        plan.acknowledged_at = acknowledgement.recorded_at
        plan.save(update_fields=["acknowledged_at"])
        keep(plan, Owed.ACKNOWLEDGE, actor)
        body = "\n".join(filter(None, [str(kind.label), acknowledgement.comment]))
        write_note(plan=plan, kind=NoteKind.ACKNOWLEDGED, body=body, author=actor)
        _tell_receipt(plan, actor, is_refusal=is_refusal)
        refresh_plan_state(plan=plan, actor=actor)


def _first_day(plan: Plan, wanted: datetime.date | None, today: datetime.date) -> datetime.date:
    if wanted is not None:
        if wanted < today:
            raise DomainError(_("A plan cannot start before it is issued. Choose today or a later day."), rule=8)
        return wanted
    if plan.starts_on is not None and plan.starts_on >= today:
        return plan.starts_on
    return calendar_for(plan.employee).next_working_day(today + ONE_DAY)


def _seal(actor: Membership, plan: Plan) -> Document:
    return seal_document(
        actor=actor,
        kind=PLAN_DOCUMENT,
        about_type=About.PLAN,
        about_id=plan.pk,
        version=plan.version,
        employee=plan.employee,
        title=plan.title,
        template=PLAN_TEMPLATE,
        context={"plan": plan},
    )


def _tell_receipt(plan: Plan, actor: Membership, *, is_refusal: bool) -> None:
    if is_refusal:
        tell(
            plan=plan,
            event="refused",
            to=plan.employee,
            subject=_("The hand-over of a document was recorded"),
            lines=[_("It was recorded that a document was handed to you and that you declined to acknowledge it.")],
            actor=actor,
        )
        return
    tell(
        plan=plan,
        event="acknowledged",
        to=plan.manager,
        subject=_("Receipt of a plan is acknowledged"),
        lines=[_("The employee has acknowledged receipt of a plan you issued.")],
        actor=actor,
    )
