"""The usual goals an organization may start from; offered where it has no templates yet."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goals.enums import Measure
from metrics.enums import Direction

type Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A goal most teams know; ``metric`` is the key of the ready-made metric that measures it, where there is one."""

    name: Words
    title: Words
    why: Words
    measure: Measure = Measure.PERCENT
    target: Decimal | None = None
    unit: Words = "%"
    direction: Direction = Direction.HIGHER
    metric: str = ""
    support_needed: Words = ""


PRESETS: tuple[Preset, ...] = (
    Preset(
        name=_("Delivery on the agreed day"),
        title=_("Deliver 95 % of work on the agreed day"),
        why=_("Others plan with our dates. A date that holds saves them from waiting and asking."),
        target=Decimal(95),
        support_needed=_("Priorities are clear each Monday; a date is moved before it passes, not after."),
    ),
    Preset(
        name=_("Accuracy"),
        title=_("Raise the share of items right the first time to 98 %"),
        why=_("Each error is found by somebody else, later, at a higher price."),
        target=Decimal(98),
        metric="accuracy",
        support_needed=_("A second pair of eyes on the first items; an hour a month on the errors found."),
    ),
    Preset(
        name=_("Efficiency"),
        title=_("Reach 100 % of the planned output in the planned hours"),
        why=_("Plans rest on it, and so do the hours of colleagues."),
        target=Decimal(100),
        metric="efficiency",
        support_needed=_("Obstacles named in the weekly talk are dealt with within the week."),
    ),
    Preset(
        name=_("Errors per item"),
        title=_("Bring the error rate down to 2 %"),
        why=_("Fewer errors mean fewer returns and less work done twice."),
        target=Decimal(2),
        direction=Direction.LOWER,
        metric="error-rate",
        support_needed=_("The checklist is reviewed together; the three commonest errors get a remedy."),
    ),
    Preset(
        name=_("Answering customers"),
        title=_("Answer 90 % of customers within one working day"),
        why=_("A customer who waits asks twice, or goes elsewhere."),
        target=Decimal(90),
        support_needed=_("Cover on days off; ready-made answers to the ten usual questions."),
    ),
    Preset(
        name=_("Satisfaction of customers"),
        title=_("Raise the rating customers give to 4.5 of 5"),
        why=_("Satisfied customers come back and bring others."),
        measure=Measure.NUMBER,
        target=Decimal("4.5"),
        unit=_("of 5"),
        support_needed=_("Ratings and comments are read together once a month."),
    ),
    Preset(
        name=_("Learning something new"),
        title=_("Complete an agreed training and use it in one piece of work"),
        why=_("What is learned stays when it is used soon after."),
        measure=Measure.YES_NO,
        unit="",
        support_needed=_("Time in working hours; a colleague who knows it to ask."),
    ),
    Preset(
        name=_("Passing on knowledge"),
        title=_("Write down how two recurring tasks are done, and have a colleague do them from it"),
        why=_("Work goes on when somebody is away."),
        measure=Measure.NUMBER,
        target=Decimal(2),
        unit=_("tasks"),
        support_needed=_("Half a day for each; a colleague who tries it."),
    ),
)
