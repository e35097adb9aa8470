"""Plans of another team that ended: without success, withdrawn, earlier than planned, followed up, closed, dropped."""

from demo.seed.plan_texts import ATTENDANCE, DELIVERY, QUALITY
from demo.seed.plans import tell
from demo.seed.stage import Cast, Story, days_ago, member_of, on
from people.models import Employee
from people.selectors.employees import employees_below
from pips.enums import Outcome, PlanStatus
from pips.models import Plan
from pips.services.outcome import close_plan
from pips.services.plan import discard_plan

STORIES = (
    Story(DELIVERY, PlanStatus.DECIDED, begins=120, outcome=Outcome.UNSUCCESSFUL),
    Story(QUALITY, PlanStatus.DECIDED, begins=70, behind=20, outcome=Outcome.WITHDRAWN),
    Story(ATTENDANCE, PlanStatus.DECIDED, begins=100, behind=30, outcome=Outcome.SUCCESSFUL),
    Story(ATTENDANCE, PlanStatus.FOLLOWED_UP, begins=290, outcome=Outcome.SUCCESSFUL),
    Story(DELIVERY, PlanStatus.CLOSED, begins=330, outcome=Outcome.SUCCESSFUL),
    Story(QUALITY, PlanStatus.APPROVED, begins=20),
)


def another_leader(signed_in: dict[str, Employee]) -> Employee | None:
    """Return somebody who leads a team and has nothing to do with the demo manager's."""
    manager = signed_in["manager"]
    above = {manager.pk, manager.manager_id}
    leaders = Employee.objects.filter(direct_reports__isnull=False, manager__isnull=False).exclude(pk__in=above)
    return leaders.exclude(manager__in=above).order_by("number").distinct().first()


def create_outcomes(signed_in: dict[str, Employee]) -> None:
    """Tell the stories inside the open tenant context, in a team whose leader has no sign-in of the demo."""
    leader = another_leader(signed_in)
    if leader is None:
        return
    hr, manager = member_of(signed_in["hr"]), member_of(leader)
    direct = leader.direct_reports.order_by("number")
    further = employees_below(leader).exclude(manager=leader).order_by("number")[: len(STORIES)]
    for story, employee in zip(STORIES, [*direct, *further], strict=False):
        cast = Cast(hr, manager, member_of(employee), witness=signed_in["admin"])
        _finish(story, cast, tell(story, cast, employee))


def _finish(story: Story, cast: Cast, plan: Plan) -> None:
    """Let HR close what was followed up, and the manager drop what was approved and never handed over."""
    plan.refresh_from_db()
    if story.reaches == PlanStatus.CLOSED:
        with on(days_ago(5)):
            close_plan(actor=cast.hr, plan=plan)
    if story.reaches == PlanStatus.APPROVED:
        with on(days_ago(12)):
            discard_plan(actor=cast.manager, plan=plan, reason="Moved to another team, where the work is a better fit.")
