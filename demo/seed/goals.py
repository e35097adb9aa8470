"""Goals in every state, told through the real services on the days they would have happened."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from demo.seed import goal_texts as texts
from demo.seed.goal_texts import GoalText
from demo.seed.stage import days_ago, member_of, on
from goals.enums import Confidence, CycleKind, GoalStatus, ObjectiveLevel, Result, Visibility
from goals.inputs import GoalInput, StepInput
from goals.models import Cycle, Goal, Objective
from goals.services import goals as services
from goals.services.cycles import archive_cycle, open_cycle
from goals.services.following import follow_metrics
from goals.services.objectives import create_objective
from goals.services.revisions import propose_revision
from goals.services.templates import add_presets
from goals.services.updates import record_update, set_step_done
from metrics.models import Metric, Series
from people.enums import EmployeeStatus
from people.models import Department, Employee, Membership, Responsibility

AGREED_DAYS_AGO = 62
MONTHS_BEFORE = 3
HALF_YEAR = 6
DAYS_TO_PROPOSE = 130
MOST_OTHERS = 24


@dataclass(frozen=True)
class Story:
    """How far one goal has come, and who proposed it."""

    text: GoalText
    reaches: GoalStatus = GoalStatus.ACTIVE
    by_manager: bool = False
    returned: str = ""
    revised_to: str = ""
    is_past: bool = False


#: By place in the demo manager's team; the first is the demo employee.
STORIES: tuple[tuple[Story, ...], ...] = (
    (
        Story(texts.ERROR_RATE, by_manager=True),
        Story(texts.ANSWER_TIME, revised_to="205"),
        Story(texts.WRITING),
        Story(texts.KNOWLEDGE, GoalStatus.PROPOSED, by_manager=True),
        Story(texts.FIRST_CONTACT, GoalStatus.COMPLETED, is_past=True),
    ),
    (Story(texts.PUNCTUAL, GoalStatus.PROPOSED), Story(texts.KNOWLEDGE)),
    (Story(texts.ON_TIME), Story(texts.FIRST_CONTACT, GoalStatus.COMPLETED, is_past=True)),
    (Story(texts.ANSWER_TIME), Story(texts.HANDOVER)),
    (Story(texts.ON_TIME, GoalStatus.DRAFT, returned="96 % by spring is more honest: two people start in January."),),
    (Story(texts.GENERAL[0]), Story(texts.GENERAL[1])),
    (Story(texts.KNOWLEDGE, GoalStatus.CANCELLED),),
    (Story(texts.GENERAL[2]), Story(texts.WRITING, GoalStatus.DRAFT)),
)


class Teller:
    """Tells goals of one organization, with its cycles and objectives at hand."""

    def __init__(self, hr: Membership) -> None:
        self.hr = hr
        today = timezone.localdate()
        start = _months_later(today.replace(day=1), -MONTHS_BEFORE)
        self.past = self._open(_months_later(start, -HALF_YEAR))
        self.present = self._open(start)
        self.objectives = self._write_objectives()
        self.metrics = {metric.key: metric for metric in Metric.objects.all()}

    def _open(self, start: datetime.date) -> Cycle:
        end = _months_later(start, HALF_YEAR) - datetime.timedelta(days=1)
        with on(start):
            return open_cycle(
                actor=self.hr,
                name=f"{start:%B %Y} – {end:%B %Y}",
                kind=CycleKind.HALF,
                starts_on=start,
                ends_on=end,
                propose_by=start + datetime.timedelta(days=DAYS_TO_PROPOSE),
            )

    def _write_objectives(self) -> dict[tuple[int, str], Objective]:
        """Write the tree into both cycles; return the objectives by cycle and title."""
        written: dict[tuple[int, str], Objective] = {}
        departments = {department.name: department for department in Department.objects.all()}
        for cycle in (self.past, self.present):
            for text in texts.OBJECTIVES:
                written[cycle.pk, text.title] = create_objective(
                    actor=self.hr,
                    cycle=cycle,
                    level=ObjectiveLevel.DEPARTMENT if text.department else ObjectiveLevel.ORGANIZATION,
                    title=text.title,
                    why=text.why,
                    parent=written.get((cycle.pk, text.serves)),
                    department=departments.get(text.department),
                )
        return written

    def tell(self, story: Story, employee: Employee) -> Goal:
        """Run one goal through the services up to the state the story reaches."""
        manager = employee.manager
        if manager is None:
            message = "A goal is told between an employee and their manager."
            raise ValueError(message)
        writer, answerer = member_of(employee), member_of(manager)
        if story.by_manager:
            writer, answerer = answerer, writer
        begun = AGREED_DAYS_AGO + (170 if story.is_past else 0)
        if story.reaches in (GoalStatus.DRAFT, GoalStatus.PROPOSED):
            begun = 4
        goal = self._draft(story, employee, writer, begun)
        if story.reaches == GoalStatus.DRAFT and not story.returned:
            return goal
        with on(days_ago(begun - 1)):
            services.propose_goal(actor=writer, goal=goal)
        if story.returned:
            with on(days_ago(begun - 2)):
                services.return_goal(actor=answerer, goal=goal, reason=story.returned)
        elif story.reaches != GoalStatus.PROPOSED:
            with on(days_ago(begun - 3)):
                services.accept_goal(actor=answerer, goal=goal)
            self._go_on(story, goal, begun)
        return goal

    def _draft(self, story: Story, employee: Employee, writer: Membership, begun: int) -> Goal:
        text, cycle = story.text, self.past if story.is_past else self.present
        objective = self.objectives.get((cycle.pk, text.serves))
        anchor = Responsibility.objects.filter(job_description=employee.job_description_id).first()
        starts_on = max(days_ago(begun), cycle.starts_on)
        facts = GoalInput(
            title=text.title, why=text.why, measure=text.measure, baseline=text.baseline, target=text.target,
            unit=text.unit, direction=text.direction, metric=self._metric(text, employee), objective=objective,
            responsibility=None if objective else anchor, purpose=text.purpose, support_needed=text.support,
            weight=text.weight, visibility=Visibility.TEAM, starts_on=starts_on,
            due_on=min(starts_on + datetime.timedelta(days=120), cycle.ends_on),
            steps=[StepInput(title=step) for step in text.steps],
        )  # fmt: skip
        with on(days_ago(begun)):
            return services.draft_goal(actor=writer, employee=employee, cycle=cycle, facts=facts)

    def _metric(self, text: GoalText, employee: Employee) -> Metric | None:
        """Return the metric the goal follows, for people who have figures of it."""
        metric = self.metrics.get(text.metric)
        has_figures = metric is not None and Series.objects.filter(metric=metric, employee=employee).exists()
        return metric if has_figures else None

    def _go_on(self, story: Story, goal: Goal, begun: int) -> None:
        employee, manager = member_of(goal.employee), member_of(goal.employee.manager)
        for place, (ago, value, confidence, comment) in enumerate(story.text.values):
            with on(days_ago(begun - 14 * (place + 1) if story.is_past else ago)):
                record_update(
                    actor=employee,
                    goal=goal,
                    value=Decimal(value) if value else None,
                    confidence=confidence,
                    comment=comment,
                )
        for place, step in enumerate(goal.steps.all()[:2]):
            day = days_ago(40 - 20 * place)
            with on(day):
                set_step_done(actor=employee, goal=goal, step=step, done_on=day)
        if goal.metric_id is not None:
            follow_metrics(
                list(Series.objects.filter(metric=goal.metric_id, employee=goal.employee).values_list("pk", flat=True))
            )
            with on(days_ago(10)):
                record_update(
                    actor=employee, goal=goal, confidence=Confidence.ON_TRACK, comment="The second look helps."
                )
        if story.revised_to:
            with on(days_ago(2)):
                propose_revision(
                    actor=manager,
                    goal=goal,
                    changes={"target": Decimal(story.revised_to)},
                    reason="The new form saves about a minute a case since last week.",
                )
        self._end(story, goal, manager, begun)

    def _end(self, story: Story, goal: Goal, manager: Membership, begun: int) -> None:
        if story.reaches == GoalStatus.COMPLETED:
            with on(days_ago(begun - 100)):
                services.complete_goal(
                    actor=manager, goal=goal, result=Result.REACHED, reason="71 % on average over the last eight weeks."
                )
                services.give_feedback(
                    actor=manager, goal=goal, text="You asked the customer back before answering. Keep doing that."
                )
        if story.reaches == GoalStatus.CANCELLED:
            with on(days_ago(20)):
                services.cancel_goal(
                    actor=manager, goal=goal, reason="The knowledge base moves to the product team in January."
                )


def create_goals(signed_in: dict[str, Employee]) -> None:
    """Tell every story inside the open tenant context, then one goal each for people of other teams."""
    teller = Teller(member_of(signed_in["hr"]))
    add_presets(actor=teller.hr)
    manager = signed_in["manager"]
    team = [signed_in["employee"], *manager.direct_reports.exclude(pk=signed_in["employee"].pk).order_by("number")]
    for employee, stories in zip(team, STORIES, strict=False):
        for story in stories:
            teller.tell(story, employee)
    for place, employee in enumerate(_others(team)):
        teller.tell(Story(texts.GENERAL[place % len(texts.GENERAL)], by_manager=place % 2 == 0), employee)
    archive_cycle(actor=teller.hr, cycle=teller.past)


def _others(team: Sequence[Employee]) -> list[Employee]:
    people = Employee.objects.filter(manager__isnull=False).exclude(status=EmployeeStatus.LEFT)
    others = people.exclude(pk__in=[person.pk for person in team]).select_related("manager", "location", "organization")
    return list(others.order_by("number")[:MOST_OTHERS])


def _months_later(first: datetime.date, months: int) -> datetime.date:
    """Return the first of the month that many months later, or earlier for a negative number."""
    place = first.year * 12 + first.month - 1 + months
    return datetime.date(place // 12, place % 12 + 1, 1)
