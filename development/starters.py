"""Where development is started from in the rooms below: a signal, a skill gap, a goal, a plan's outcome."""

from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from development.rules import can_start_plan_for
from development.services.drafting import SUPPORT_KEY
from goals.enums import GoalStatus
from goals.models import Goal
from goals.registry import GoalLink
from goals.rules import side_of
from goals.starters import may_start
from metrics.models import Signal
from metrics.registry import SkillAction, SupportStarter
from people.addresses import portal_url
from people.models import Competency, Employee, Membership
from pips.models import Plan
from pips.registry import OutcomeStep
from pips.rules import is_employee_in, is_manager_in


def support_starter() -> SupportStarter:
    """Return the way to answer a signal with a development plan, or with an action of the one that runs."""
    return SupportStarter(
        key=SUPPORT_KEY,
        label=_("Plan a development action"),
        explanation=_("Something to learn or practise, when a skill is missing."),
        order=20,
        visible=_may_answer,
        url=lambda signal: f"{_start(signal)}?{urlencode({'signal': signal.pk})}",
        address=lambda signal: portal_url(
            signal.organization, "development:plan", plan_id=signal.support_about_id or 0
        ),
    )


def _may_answer(member: Membership, signal: Signal) -> bool:
    return may_start(member, signal) and can_start_plan_for(member, signal.series.employee)


def _start(signal: Signal) -> str:
    return portal_url(signal.organization, "development:start")


def skill_action() -> SkillAction:
    """Return the way to close a skill gap."""
    return SkillAction(
        key="development",
        label=_("Plan a development action"),
        order=10,
        visible=can_start_plan_for,
        url=_skill_url,
    )


def _skill_url(employee: Employee, competency: Competency) -> str:
    query = urlencode({"employee": employee.pk, "competency": competency.pk})
    return f"{portal_url(employee.organization, 'development:start')}?{query}"


def goal_link() -> GoalLink:
    """Return the way from an agreed goal to what has to be learned for it."""
    return GoalLink(
        key="development",
        label=_("Plan a development action"),
        visible=_may_learn_for,
        address=lambda goal: portal_url(goal.organization, "development:from_goal", goal_id=goal.pk),
        order=60,
    )


def _may_learn_for(member: Membership, goal: Goal) -> bool:
    return goal.status == GoalStatus.ACTIVE and side_of(member, goal) is not None and not goal.employee.has_left


def outcome_step() -> OutcomeStep:
    """Return the way from a decided plan to development."""
    return OutcomeStep(
        label=_("Plan the development after it"), page="development:from_outcome", visible=_may_go_on, icon="sprout"
    )


def _may_go_on(member: Membership, plan: Plan) -> bool:
    if plan.employee.has_left:
        return False
    return is_employee_in(member, plan) or is_manager_in(member, plan)
