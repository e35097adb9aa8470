"""Who stands around a disciplinary action: a reviewer, an employee who is there, and what the law protects."""

import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Leave, LeaveReason, ProtectedActivity
from people.selectors.accounts import employee_of
from people.selectors.employees import hr_partners_for, managers_above
from pips.days import today_for
from pips.discipline_enums import ActionCategory
from pips.gates.gate import Text
from pips.legal import PROTECTED_KINDS
from pips.models import DisciplinaryAction
from pips.selectors.policy import policy_now


def spares_days_of_leave(action: DisciplinaryAction) -> Text | None:
    """Say so when the absence was recorded leave (rule 7)."""
    if action.category != ActionCategory.ATTENDANCE or action.occurred_on is None:
        return None
    day = action.occurred_on
    away = Leave.objects.filter(employee=action.employee_id, starts_on__lte=day).exclude(ends_on__lt=day)
    return _("The employee was on recorded leave that day.") if away.exists() else None


def legal_review_is_recorded(action: DisciplinaryAction) -> Text | None:
    """Say so when something protected has not been looked at (rule 4)."""
    if not needs_legal_review(action):
        return None
    return _("Something the law protects lies within the policy's window before this action.")


def needs_legal_review(action: DisciplinaryAction) -> bool:
    """Return whether a protected activity or leave in the window was recorded since the last legal review (rule 4)."""
    since = today_for(action.employee) - datetime.timedelta(days=policy_now().legal_review_window_days)
    activities = ProtectedActivity.objects.filter(employee=action.employee_id, occurred_on__gte=since)
    leaves = LeaveReason.objects.filter(
        Q(is_protected=True) | Q(kind__in=PROTECTED_KINDS), leave__employee=action.employee_id
    ).exclude(leave__ends_on__lt=since)
    if action.legal_reviewed_at is not None:
        activities = activities.filter(recorded_at__gt=action.legal_reviewed_at)
        leaves = leaves.filter(leave__recorded_at__gt=action.legal_reviewed_at)
    return activities.exists() or leaves.exists()


def has_reviewer(action: DisciplinaryAction) -> Text | None:
    """Say so when nobody uninvolved can review it (rule 3)."""
    involved = {action.employee_id, action.manager_id, *managers_above(action.employee).values_list("pk", flat=True)}
    for partner in hr_partners_for(action.employee):
        own = employee_of(partner)
        if partner.pk != action.created_by_id and (own is None or own.pk not in involved):
            return None
    return _("No HR partner who is not involved can review this action.")


def is_present(action: DisciplinaryAction) -> Text | None:
    """Say so when the employee has left, or is on leave today (rule 8)."""
    today = today_for(action.employee)
    if action.employee.has_left:
        return _("The employee has left the organization.")
    away = Leave.objects.filter(employee=action.employee_id, starts_on__lte=today).exclude(ends_on__lt=today)
    return _("The employee is on leave today.") if away.exists() else None
