"""Plans in every state, told through the real services on the days they would have happened."""

from django.db.models import Exists, OuterRef

from demo.seed.plan_changes import (
    AMENDED,
    EXTENDED,
    PROPOSED,
    Actors,
    propose_change,
    receive_change,
    settle_change,
)
from demo.seed.plan_course import go_on_leave, make_progress
from demo.seed.plan_ends import decide
from demo.seed.plan_texts import ATTENDANCE, DELIVERY, QUALITY
from demo.seed.plan_writing import hand_over, pass_review, receive, write_plan
from demo.seed.stage import Cast, Story, days_ago, member_of, on
from demo.seed.voices import speak
from people.models import Employee, ReportingLine
from pips.enums import (
    Outcome,
    PlanStatus,
)
from pips.models import Plan

#: The first is the demo employee's own; the others go to the rest of the demo manager's team, in order.
STORIES = (
    Story(DELIVERY, PlanStatus.ACTIVE, begins=43, leave=(34, 25), behind=2, answers_milestones=False, speaks=True),
    Story(QUALITY, PlanStatus.DRAFT, begins=4),
    Story(ATTENDANCE, PlanStatus.IN_REVIEW, begins=9),
    Story(QUALITY, PlanStatus.CHANGES_REQUESTED, begins=12),
    Story(DELIVERY, PlanStatus.APPROVED, begins=6),
    Story(ATTENDANCE, PlanStatus.ISSUED, begins=3),
    Story(DELIVERY, PlanStatus.PAUSED, begins=40, leave=(6, None)),
    Story(QUALITY, PlanStatus.ACTIVE, begins=101, refused=True),
    Story(ATTENDANCE, PlanStatus.DECIDED, begins=140, outcome=Outcome.SUCCESSFUL),
)
#: Told about people below the demo manager, where there are enough of them, else about others.
CHANGED = (
    Story(DELIVERY, PlanStatus.ACTIVE, begins=58, behind=7, change=AMENDED),
    Story(QUALITY, PlanStatus.ACTIVE, begins=83, behind=7, change=EXTENDED),
    Story(DELIVERY, PlanStatus.ACTIVE, begins=51, behind=7, change=PROPOSED),
)


def create_plans(signed_in: dict[str, Employee]) -> None:
    """Tell every story inside the open tenant context."""
    manager = signed_in["manager"]
    team = [signed_in["employee"], *manager.direct_reports.exclude(pk=signed_in["employee"].pk).order_by("number")]
    hr, bob = member_of(signed_in["hr"]), member_of(manager)
    for story, employee in zip(STORIES, team, strict=False):
        tell(story, Cast(hr, bob, member_of(employee), witness=signed_in["admin"]), employee)


def create_changed_plans(signed_in: dict[str, Employee]) -> None:
    """Tell of plans that were changed, about people nothing else is told of; their own manager leads each."""
    hr, others = member_of(signed_in["hr"]), {person.pk for person in signed_in.values()}
    free = (
        Employee.objects.filter(manager__isnull=False, plans__isnull=True, direct_reports__isnull=True)
        .exclude(pk__in=others)
        .exclude(manager=signed_in["hr"])
    )
    below = Exists(ReportingLine.objects.filter(manager=signed_in["manager"], employee=OuterRef("pk")))
    people = free.annotate(is_below=below).order_by("-is_below", "number")[: len(CHANGED)]
    for story, employee in zip(CHANGED, people, strict=False):
        assert employee.manager is not None  # noqa: S101  # as filtered above; narrows the type
        cast = Cast(hr, member_of(employee.manager), member_of(employee), witness=signed_in["admin"])
        tell(story, cast, employee)


def tell(story: Story, cast: Cast, employee: Employee) -> Plan:
    """Run one plan through the services up to the state the story reaches."""
    plan = write_plan(story, cast, employee)
    if story.reaches == PlanStatus.DRAFT:
        return plan
    if not pass_review(story, cast, plan):
        return plan
    hand_over(story, cast, plan)
    if story.reaches == PlanStatus.ISSUED:
        return plan
    receive(story, cast, plan)
    if story.leave is not None:
        go_on_leave(story.leave, cast, employee)
    make_progress(story, cast, plan)
    if story.speaks:
        speak(
            plan=plan,
            employee=cast.employee,
            hr=cast.hr,
            colleague=_colleague_of(employee, plan.manager),
            on=on,
            days_ago=days_ago,
        )
    if story.change:
        _change(story.change, cast, plan)
    if story.outcome is not None:
        decide(story, story.outcome, cast, plan)
    return plan


def _colleague_of(employee: Employee, manager: Employee) -> Employee:
    """Return somebody of the team who signs in, to stand beside the employee."""
    colleagues = manager.direct_reports.exclude(pk=employee.pk).order_by("-number")
    colleague: Employee = colleagues[0]
    member_of(colleague)
    return colleague


def _change(change: str, cast: Cast, plan: Plan) -> None:
    actors = Actors(hr=cast.hr, manager=cast.manager, employee=cast.employee)
    plan.refresh_from_db()
    with on(days_ago(6)):
        amendment = propose_change(change, actors, plan)
    with on(days_ago(4)):
        settle_change(change, actors, amendment)
    with on(days_ago(2)):
        receive_change(change, actors, plan)
