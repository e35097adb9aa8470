"""What is owed to the employee who speaks up: by whom and by when; called inside the services' transactions."""

from people.enums import Role
from people.models import Employee
from people.selectors.accounts import employee_of
from people.working_days import calendar_for
from pips.days import today_for
from pips.models import AccommodationRequest, Appeal, DataCheck, Plan
from pips.obligations import About, Owed
from pips.selectors.policy import policy_now
from pips.services.promises import APPEAL_DAYS, ASSIGNMENT_DAYS, CHECK_DAYS
from reminders.services.obligations import owe


def owe_check(check: DataCheck) -> None:
    """HR checks a challenged reading within five working days."""
    _owe_hr(check.plan, Owed.ANSWER_CHECK, About.DATA_CHECK, check.pk, CHECK_DAYS)


def owe_accommodation(request: AccommodationRequest) -> None:
    """HR answers within the working days the organization has settled (rule 9)."""
    days = policy_now().accommodation_response_days
    _owe_hr(request.plan, Owed.ANSWER_ACCOMMODATION, About.ACCOMMODATION, request.pk, days)


def owe_assignment(appeal: Appeal) -> None:
    """HR chooses somebody uninvolved within three working days (rule 17)."""
    _owe_hr(appeal.plan, Owed.ASSIGN_APPEAL, About.APPEAL, appeal.pk, ASSIGNMENT_DAYS)


def owe_appeal(appeal: Appeal) -> None:
    """Whom HR chose decides within ten working days; one who is not employed answers for HR."""
    reviewer = employee_of(appeal.reviewer) if appeal.reviewer is not None else None
    if reviewer is None:
        _owe_hr(appeal.plan, Owed.DECIDE_APPEAL, About.APPEAL, appeal.pk, APPEAL_DAYS)
        return
    _owe(appeal.plan, Owed.DECIDE_APPEAL, About.APPEAL, appeal.pk, APPEAL_DAYS, owner=reviewer)


def _owe_hr(plan: Plan, kind: Owed, about: About, about_id: int, days: int) -> None:
    _owe(plan, kind, about, about_id, days, owner_role=Role.HR_PARTNER)


def _owe(
    plan: Plan,
    kind: Owed,
    about: About,
    about_id: int,
    days: int,
    *,
    owner: Employee | None = None,
    owner_role: Role | None = None,
) -> None:
    due_on = calendar_for(owner or plan.employee).add_working_days(today_for(plan.employee), days)
    owe(
        kind=kind,
        about_type=about,
        about_id=about_id,
        due_on=due_on,
        owner=owner,
        owner_role=owner_role,
        employee=plan.employee,
    )
