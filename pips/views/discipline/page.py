"""What the page of an action is made of: next steps, the line of time, what happened, who reads it."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Document
from documents.selectors import documents_about
from people.models import Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import hr_partners_for, managers_above
from pipcycle.ui.plan_line import Mark, PlanLine, draw_plan_line
from pips.days import day_for
from pips.discipline_enums import ActionStatus, ActionStep
from pips.discipline_rules import (
    appeal_of,
    can_acknowledge_action,
    can_appeal_action,
    can_appoint_hearer,
    can_decide_appeal,
    can_edit_action,
    can_issue_action,
    can_record_action_refusal,
    can_review_action,
    can_submit_action,
    can_withdraw_action,
    is_employee_of,
    standing_in,
)
from pips.enums import FindingKind
from pips.gates.actions import action_findings
from pips.gates.gate import Finding
from pips.models import DisciplinaryAction
from pips.obligations import About
from pips.rules import Standing
from pips.views.page import HistoryEntry

STANDING_WORDS: dict[str, Promise] = {
    ActionStatus.DRAFTED: gettext_lazy("Being written. The employee sees nothing of it yet."),
    ActionStatus.IN_REVIEW: gettext_lazy("HR is reviewing it. The manager is told as soon as they have decided."),
    ActionStatus.APPROVED: gettext_lazy("HR has approved it. It is handed over next, in a talk."),
    ActionStatus.ISSUED: gettext_lazy("Handed over. Its receipt is recorded next."),
    ActionStatus.ACKNOWLEDGED: gettext_lazy("Receipt is recorded, which is no agreement. It stands until it expires."),
    ActionStatus.REFUSED: gettext_lazy("Receipt was refused before a witness, which is no misconduct."),
    ActionStatus.APPEALED: gettext_lazy("An appeal is under way. Somebody who was not involved hears it."),
    ActionStatus.UPHELD: gettext_lazy("The appeal was decided: it stands until it expires."),
    ActionStatus.REDUCED: gettext_lazy("The appeal was decided: it stands at the lighter level until it expires."),
    ActionStatus.EXPIRED: gettext_lazy("Expired. It no longer counts as a prior action; the record is kept."),
    ActionStatus.WITHDRAWN: gettext_lazy("Withdrawn. It does not count as a prior action; the record is kept."),
}


@dataclass(frozen=True)
class ActionNextStep:
    """A step with the page that takes it. ``is_due`` marks one that somebody waits for."""

    label: str | Promise
    page: str
    is_due: bool = True
    icon: str = ""


def action_steps(member: Membership, action: DisciplinaryAction) -> list[ActionNextStep]:
    """Return the steps open to the member, those somebody waits for first."""
    is_ready = action.status != ActionStatus.DRAFTED or not action_findings(action, ActionStep.SUBMIT)
    is_waiting = action.status == ActionStatus.IN_REVIEW
    appeal = appeal_of(action)
    has_hearer = appeal is not None and appeal.hearer_id is not None
    offers = [
        (can_submit_action, ActionNextStep(_("Submit for review"), "action_submission", is_ready, "send")),
        (can_edit_action, ActionNextStep(_("Edit the draft"), "action_edit", icon="pencil")),
        (can_review_action, _review_step(is_waiting=is_waiting)),
        (can_issue_action, ActionNextStep(_("Hand it over"), "action_issue", icon="send")),
        (can_acknowledge_action, ActionNextStep(_("Acknowledge receipt"), "action_acknowledgement", icon="file-check")),
        (can_record_action_refusal, ActionNextStep(_("Record a refusal"), "action_acknowledgement", is_due=False)),
        (can_appeal_action, ActionNextStep(_("Appeal"), "action_appeal", is_due=False)),
        (can_decide_appeal, ActionNextStep(_("Decide the appeal"), "action_decision", icon="scale")),
        (can_appoint_hearer, _hearer_step(has_hearer=has_hearer)),
        (can_withdraw_action, ActionNextStep(_("It is about performance"), "action_plan", is_due=False)),
        (can_withdraw_action, ActionNextStep(_("Withdraw"), "action_withdrawal", is_due=False)),
    ]
    steps = [step for rule, step in offers if rule(member, action)]
    if not _may_still_appeal(action):
        steps = [step for step in steps if step.page != "action_appeal"]
    return sorted(steps, key=lambda step: not step.is_due)


def _review_step(*, is_waiting: bool) -> ActionNextStep:
    if is_waiting:
        return ActionNextStep(_("Review"), "action_review", icon="clipboard-check")
    return ActionNextStep(_("Ask for changes after all"), "action_review", is_due=False)


def _hearer_step(*, has_hearer: bool) -> ActionNextStep:
    label = _("Choose somebody else to hear it") if has_hearer else _("Choose who hears the appeal")
    return ActionNextStep(label, "action_hearer", is_due=not has_hearer, icon="scale")


def _may_still_appeal(action: DisciplinaryAction) -> bool:
    return action.appeal_until is not None and timezone.localdate() <= action.appeal_until


def shown_findings(member: Membership, action: DisciplinaryAction, step: ActionStep) -> tuple[list[Finding], bool]:
    """Return the findings the member may read, and whether one of them, or one they may not read, stops the step.

    What is routed to HR is read by HR alone (rule 4).
    """
    found = action_findings(action, step)
    reads_all = is_partner_in(member, action)
    shown = [finding for finding in found if reads_all or finding.kind != FindingKind.ROUTE]
    return shown, bool(found)


def is_partner_in(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member serves the employee as HR partner and nothing else."""
    return standing_in(member, action) == {Standing.HR_PARTNER}


def action_line(action: DisciplinaryAction) -> PlanLine | None:
    """Return the line of time of an issued action that expires: the appeal's last day is a mark on it."""
    if action.issued_at is None or action.expires_on is None:
        return None
    marks = [("appeal_until", _("Appeal until")), ("corrective_due_on", _("Change due"))]
    start = day_for(action.employee, action.issued_at)
    days = [(getattr(action, field), label) for field, label in marks]
    today = timezone.localdate()
    return draw_plan_line(
        start=start,
        end=action.expires_on,
        today=today,
        marks=[
            Mark(label=label, on=day, is_done=day < today)
            for day, label in days
            if day is not None and start <= day <= action.expires_on
        ],
        gaps=[],
    )


def action_history(action: DisciplinaryAction, *, since_issue: bool) -> list[HistoryEntry]:
    """Return what happened, newest first. The employee gets it from the issue on: the review before was not theirs."""
    start = action.issued_at if since_issue else None
    entries = [
        HistoryEntry(
            title=move.get_target_display(),
            at=move.at,
            by=str(move.actor or _("The calendar")),
            body=move.reason,
            kind="warning" if move.target == ActionStatus.DRAFTED and move.source else "key",
        )
        for move in action.moves.all()
        if start is None or move.at >= start
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def action_readers(action: DisciplinaryAction) -> dict[str, object]:
    """Return by name who can open the action."""
    appeal = appeal_of(action)
    partners = [partner for partner in hr_partners_for(action.employee) if employee_of(partner) != action.employee]
    return {
        "managers": [manager.full_name for manager in managers_above(action.employee)],
        "hr_partners": [str(partner) for partner in partners],
        "hearer": appeal.hearer.full_name if appeal is not None and appeal.hearer is not None else "",
    }


def letters_of(action: DisciplinaryAction) -> list[Document]:
    """Return the sealed letters, the newest first."""
    return list(documents_about(About.ACTION, action.pk))


def is_own_action(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the action is about the member."""
    return is_employee_of(member, action)
