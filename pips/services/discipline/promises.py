"""What is owed at which step of an action, by whom and by when; called inside the services' transactions."""

import datetime

from people.enums import Role
from people.models import Employee, Membership
from people.working_days import calendar_for
from pips.days import day_for, today_for, working_days_after
from pips.models import DisciplinaryAction
from pips.obligations import About, Owed
from pips.selectors.policy import policy_now
from reminders.services.obligations import fulfil, owe, withdraw

REVIEW_DAYS = 3
REVISION_DAYS = 5
ISSUE_DAYS = 3
RECEIPT_DAYS = 5
APPOINTMENT_DAYS = 3
HEARING_DAYS = 10


def _owe(
    action: DisciplinaryAction,
    kind: Owed,
    due_on: datetime.date,
    *,
    owner: Employee | None = None,
    role: Role | None = None,
) -> None:
    owe(
        kind=kind,
        about_type=About.ACTION,
        about_id=action.pk,
        due_on=due_on,
        owner=owner,
        owner_role=role,
        employee=action.employee,
    )


def _working_days(employee: Employee, count: int) -> datetime.date:
    return calendar_for(employee).add_working_days(today_for(employee), count)


def owe_action_review(action: DisciplinaryAction) -> None:
    """HR reviews within three working days."""
    _owe(action, Owed.REVIEW_ACTION, _working_days(action.employee, REVIEW_DAYS), role=Role.HR_PARTNER)


def owe_action_revision(action: DisciplinaryAction) -> None:
    """The manager answers HR's request within five working days."""
    _owe(action, Owed.REVISE_ACTION, _working_days(action.manager, REVISION_DAYS), owner=action.manager)


def owe_action_issue(action: DisciplinaryAction) -> None:
    """The manager hands an approved action over within three working days."""
    _owe(action, Owed.ISSUE_ACTION, _working_days(action.manager, ISSUE_DAYS), owner=action.manager)


def notice_due(action: DisciplinaryAction) -> datetime.date:
    """Return the last day on which the employee must have been told: calendar days after the entry (rule 16)."""
    entered_on = day_for(action.employee, action.submitted_at or action.created_at)
    return entered_on + datetime.timedelta(days=policy_now().negative_entry_notice_days)


def owe_notice(action: DisciplinaryAction) -> None:
    """The employee is told of a negative entry within the policy's days (rule 16); handing it over keeps it."""
    _owe(action, Owed.TELL_OF_ACTION, notice_due(action), owner=action.manager)


def action_receipt_due(action: DisciplinaryAction) -> datetime.date:
    """Return the fifth working day after the issue on which the employee is there."""
    issued_on = day_for(action.employee, action.issued_at) if action.issued_at else today_for(action.employee)
    return working_days_after(action.employee, issued_on, RECEIPT_DAYS)


def owe_action_receipt(action: DisciplinaryAction) -> None:
    """The employee acknowledges receipt within five working days."""
    _owe(action, Owed.ACKNOWLEDGE_ACTION, action_receipt_due(action), owner=action.employee)


def owe_appointment(action: DisciplinaryAction) -> None:
    """HR says within three working days who hears the appeal."""
    _owe(action, Owed.APPOINT_HEARER, _working_days(action.employee, APPOINTMENT_DAYS), role=Role.HR_PARTNER)


def owe_hearing(action: DisciplinaryAction, hearer: Employee) -> None:
    """Whoever was chosen decides the appeal within ten working days."""
    withdraw(about_type=About.ACTION, about_id=action.pk, kind=Owed.HEAR_APPEAL)
    _owe(action, Owed.HEAR_APPEAL, _working_days(hearer, HEARING_DAYS), owner=hearer)


def keep_action(action: DisciplinaryAction, kind: Owed, actor: Membership | None) -> None:
    """Close the obligation about the action as kept."""
    fulfil(kind=kind, about_type=About.ACTION, about_id=action.pk, actor=actor)


def let_go(action: DisciplinaryAction, reason: str, *kinds: Owed) -> None:
    """Close what is owed about the action, everything or only these kinds, as no longer owed."""
    for kind in kinds or (None,):
        withdraw(about_type=About.ACTION, about_id=action.pk, kind=kind, reason=reason)
