"""Objectives and goals of the demo, in words and figures."""

from dataclasses import dataclass
from decimal import Decimal

from goals.enums import Confidence, Measure, Purpose, Result
from metrics.enums import Direction


@dataclass(frozen=True, kw_only=True)
class ObjectiveText:
    """An objective; ``department`` is empty for one of the whole organization."""

    title: str
    why: str
    department: str = ""
    serves: str = ""


OBJECTIVES = (
    ObjectiveText(
        title="Customers get an answer they can rely on, the same day",
        why="Half of the customers who left last year named slow or wrong answers.",
    ),
    ObjectiveText(
        title="Fewer mistakes reach a customer",
        why="Each mistake costs three hours of somebody’s week and some trust.",
    ),
    ObjectiveText(
        title="People grow here and stay",
        why="A new colleague needs five months to work alone.",
    ),
    ObjectiveText(
        title="Answer 95 % of cases within one working day",
        why="Customers plan their day around our answer.",
        department="Customer Support",
        serves="Customers get an answer they can rely on, the same day",
    ),
    ObjectiveText(
        title="Halve the corrections in the case queue",
        why="One case in twenty comes back.",
        department="Customer Support",
        serves="Fewer mistakes reach a customer",
    ),
    ObjectiveText(
        title="Release every second week without a defect that blocks somebody",
        why="Support spends a fifth of its time on such defects.",
        department="Engineering",
        serves="Fewer mistakes reach a customer",
    ),
    ObjectiveText(
        title="Ship every order on the promised day",
        why="A late order is the most frequent reason for a call.",
        department="Operations",
        serves="Customers get an answer they can rely on, the same day",
    ),
    ObjectiveText(
        title="Rework below 2 % on both lines",
        why="Rework is the largest single loss of the plant.",
        department="Production",
        serves="Fewer mistakes reach a customer",
    ),
)


@dataclass(frozen=True, kw_only=True)
class GoalText:
    """A goal as it is proposed; ``serves`` names an objective, else the first responsibility of the job is taken."""

    title: str
    why: str
    measure: Measure = Measure.NUMBER
    baseline: Decimal | None = None
    target: Decimal | None = None
    unit: str = ""
    direction: Direction = Direction.HIGHER
    metric: str = ""
    serves: str = ""
    support: str = ""
    purpose: Purpose = Purpose.PERFORMANCE
    steps: tuple[str, ...] = ()
    values: tuple[tuple[int, str, Confidence, str], ...] = ()
    """Updates: days ago, value, confidence, comment."""
    result: Result | None = None
    weight: int = 1


ERROR_RATE = GoalText(
    title="Bring the error rate of my queue down to 2 %",
    why="Corrections come back to the whole team, and two customers complained in August.",
    measure=Measure.PERCENT,
    baseline=Decimal("4.6"),
    target=Decimal("2.0"),
    unit="%",
    direction=Direction.LOWER,
    metric="error-rate",
    serves="Halve the corrections in the case queue",
    support="A second look at five cases a day for four weeks; the new checklist.",
    weight=3,
)
ANSWER_TIME = GoalText(
    title="Handle 195 items on an ordinary day",
    why="The queue grows by ten items a day at today’s pace.",
    baseline=Decimal(168),
    target=Decimal(195),
    unit="items",
    metric="items",
    serves="Answer 95 % of cases within one working day",
    support="Two hours a week without calls.",
    weight=2,
)
WRITING = GoalText(
    title="Finish the course on case writing and use it in ten cases",
    why="Clear first answers save the second one.",
    measure=Measure.MILESTONES,
    serves="People grow here and stay",
    purpose=Purpose.DEVELOPMENT,
    steps=(
        "Enrol and agree the days",
        "Finish both modules",
        "Ten cases read together",
        "Share three examples",
    ),
    support="Two course days in working time.",
)
KNOWLEDGE = GoalText(
    title="Publish 12 answers in the knowledge base",
    why="A third of all cases ask what has been answered before.",
    baseline=Decimal(0),
    target=Decimal(12),
    unit="answers",
    serves="Answer 95 % of cases within one working day",
    values=(
        (42, "3", Confidence.ON_TRACK, "The first three are online."),
        (14, "7", Confidence.ON_TRACK, "Two of them were opened 60 times this week."),
    ),
)
HANDOVER = GoalText(
    title="Hand over the night rota with a written guide",
    why="Three people depend on what only one knows.",
    measure=Measure.YES_NO,
    values=((20, "", Confidence.AT_RISK, "Half of the guide is written; the rota changed again."),),
)
ON_TIME = GoalText(
    title="Answer 96 % of cases within one working day",
    why="The department’s objective starts here.",
    measure=Measure.PERCENT,
    baseline=Decimal(88),
    target=Decimal(96),
    unit="%",
    serves="Answer 95 % of cases within one working day",
    values=(
        (45, "89", Confidence.ON_TRACK, "The new view sorts by due time."),
        (16, "90", Confidence.OFF_TRACK, "Two people away; Mondays are still too full."),
    ),
    weight=2,
)
PUNCTUAL = GoalText(
    title="Be ready at the agreed time on every day of the quarter",
    why="The first hour carries a fifth of all calls.",
    baseline=Decimal(2),
    target=Decimal(0),
    unit="times",
    direction=Direction.LOWER,
    metric="lateness",
    support="The early shift starts at 8:30 while the bus line is rebuilt.",
)
FIRST_CONTACT = GoalText(
    title="Solve 70 % of cases at the first contact",
    why="A second contact doubles the cost and halves the trust.",
    measure=Measure.PERCENT,
    baseline=Decimal(58),
    target=Decimal(70),
    unit="%",
    serves="Customers get an answer they can rely on, the same day",
    values=((60, "63", Confidence.ON_TRACK, ""), (25, "71", Confidence.ON_TRACK, "Reached in two weeks out of four.")),
    result=Result.REACHED,
)
GENERAL = (
    GoalText(
        title="Deliver nine of ten pieces of work on the agreed day",
        why="Others plan with our dates.",
        measure=Measure.PERCENT,
        baseline=Decimal(78),
        target=Decimal(90),
        unit="%",
        values=((30, "82", Confidence.ON_TRACK, "Dates are agreed before the work begins."),),
    ),
    GoalText(
        title="Learn one more part of the process well enough to stand in",
        why="Holidays should not stop the work.",
        measure=Measure.YES_NO,
        purpose=Purpose.DEVELOPMENT,
        serves="People grow here and stay",
    ),
    GoalText(
        title="Bring corrections below 3 %",
        why="Every correction is done twice.",
        measure=Measure.PERCENT,
        baseline=Decimal(5),
        target=Decimal(3),
        unit="%",
        direction=Direction.LOWER,
        serves="Fewer mistakes reach a customer",
        values=((28, "4.4", Confidence.AT_RISK, "Better since the checklist, not there yet."),),
    ),
)
