"""Who may do what with a disciplinary action: standing first, then one pure question per step.

In one's own case one is the employee and nothing else. Who writes does not approve, and who was involved does not hear
the appeal (rule 17).
"""

from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from pips.discipline_enums import (
    ACTION_APPEALABLE,
    ACTION_BEFORE_ISSUE,
    ACTION_STANDS,
    ActionStatus,
)
from pips.models import DisciplinaryAction, DisciplinaryAppeal
from pips.rules import Standing, Standings, standing_towards


def standing_in(member: Membership, action: DisciplinaryAction) -> Standings:
    """Return what the member is to the action's employee; ``action_for`` has looked it up for its reader."""
    known: dict[int, Standings] = action.__dict__.get("known_standings", {})
    return known[member.pk] if member.pk in known else standing_towards(member, action.employee)


def appeal_of(action: DisciplinaryAction) -> DisciplinaryAppeal | None:
    """Return the appeal against the action, if there is one."""
    appeal: DisciplinaryAppeal | None = getattr(action, "appeal", None)
    return appeal


def is_hearer_of(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member was chosen to hear the appeal; this lets them read this one action."""
    appeal, own = appeal_of(action), employee_of(member)
    return member.is_active and appeal is not None and own is not None and appeal.hearer_id == own.pk


def is_author_of(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member wrote the action, or leads it."""
    own = employee_of(member)
    return action.created_by_id == member.pk or (own is not None and own.pk == action.manager_id)


def is_writer_in(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member works on the draft: the managers above, and the HR partner who began it."""
    standings = standing_in(member, action)
    if Standing.MANAGER in standings:
        return True
    return Standing.HR_PARTNER in standings and action.created_by_id == member.pk


def is_reviewer_of(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member is an HR partner for the employee who neither manages them nor wrote the action."""
    return standing_in(member, action) == {Standing.HR_PARTNER} and not is_author_of(member, action)


def is_employee_of(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the action is about the member."""
    return Standing.EMPLOYEE in standing_in(member, action)


def leads_or_serves(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member manages the employee or serves them as HR partner."""
    return bool(standing_in(member, action) & {Standing.MANAGER, Standing.HR_PARTNER})


def can_draft_action_for(member: Membership, employee: Employee) -> bool:
    """Return whether the member may begin an action: a manager above, or an HR partner, who then does not approve."""
    return bool(standing_towards(member, employee) & {Standing.MANAGER, Standing.HR_PARTNER})


def can_view_action(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member may read it: managers, HR, once issued the employee, and who hears the appeal."""
    if is_employee_of(member, action):
        return action.issued_at is not None
    return bool(standing_in(member, action)) or is_hearer_of(member, action)


def can_edit_action(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member may write the draft."""
    return action.status == ActionStatus.DRAFTED and is_writer_in(member, action)


def can_submit_action(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member may hand the draft to HR."""
    return can_edit_action(member, action)


def can_review_action(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member may approve the action or send it back; until it is issued, on second thought too."""
    return action.status in {ActionStatus.IN_REVIEW, ActionStatus.APPROVED} and is_reviewer_of(member, action)


def can_issue_action(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member may hand the approved action over."""
    return action.status == ActionStatus.APPROVED and leads_or_serves(member, action)


def can_acknowledge_action(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member may acknowledge receipt."""
    return action.status == ActionStatus.ISSUED and is_employee_of(member, action)


def can_record_action_refusal(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member may record, before a witness, that receipt was refused (rule 14)."""
    return action.status == ActionStatus.ISSUED and leads_or_serves(member, action)


def can_appeal_action(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member may appeal; whether there is time left is the service's business."""
    return action.status in ACTION_APPEALABLE and is_employee_of(member, action) and appeal_of(action) is None


def can_appoint_hearer(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member may say who hears the appeal: HR."""
    return action.status == ActionStatus.APPEALED and Standing.HR_PARTNER in standing_in(member, action)


def can_decide_appeal(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member may decide the appeal: who was chosen to hear it, and nobody else."""
    return action.status == ActionStatus.APPEALED and is_hearer_of(member, action)


def can_withdraw_action(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member may withdraw it: its writers and HR before the issue, HR alone afterwards."""
    if action.status in ACTION_BEFORE_ISSUE:
        return is_writer_in(member, action) or is_reviewer_of(member, action)
    return action.status in ACTION_STANDS - {ActionStatus.APPEALED} and is_reviewer_of(member, action)


def can_review_legally(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member may record the legal review (rule 4): HR, while the action is not issued."""
    return action.status in {ActionStatus.IN_REVIEW, ActionStatus.APPROVED} and is_reviewer_of(member, action)


def can_turn_into_plan(member: Membership, action: DisciplinaryAction) -> bool:
    """Return whether the member may turn the action into a plan: who may withdraw it."""
    return can_withdraw_action(member, action)
