"""The three templates that are shipped: wording an HR department can keep, with prompts where only it knows.

A template fills the draft; the manager replaces every prompt (text in square brackets) with facts. What is here becomes
version 1 of an organization's templates (``documents.services.templates``); ``pips.selectors.templates`` reads them.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from django.utils.translation import gettext_lazy as _

from documents.enums import FormKind
from documents.form_content import ExpectationPrompt, PlanContent, SupportPrompt, plan_columns
from documents.form_kinds import ShippedTemplate
from documents.models import FormTemplateVersion
from pips.enums import Direction


@dataclass(frozen=True, kw_only=True)
class PlanTemplate(PlanContent):
    """What a draft begins with, and under which key and version."""

    key: str
    version: int

    @classmethod
    def from_version(cls, version: FormTemplateVersion) -> Self:
        """Return the template that a version kept in the database describes."""
        return cls(key=version.template.key, version=version.number, **plan_columns(version.content))


_RIGHTS = _(
    "Acknowledging this plan confirms that you have received it. It does not mean that you agree with it, and "
    "declining "
    "to acknowledge it is no misconduct.\n"
    "\n"
    "You may answer in writing at any time. Your answer is kept with this plan for good and is read with it.\n"
    "You may bring a companion of your choice, such as a colleague or a representative, to any meeting about "
    "this plan.\n"
    "Days of leave do not count: the dates of this plan move by each day of leave, and leave is never held "
    "against you.\n"
    "If a health condition, a disability, or a family or religious obligation affects your work, you may ask for an "
    "accommodation at any time, from your manager or directly from HR. Medical details are kept by HR and are not "
    "shown to your manager.\n"
    "You may raise a concern about this plan, or appeal against its outcome, with HR; an appeal is heard by a manager "
    "who was not involved."
)

_SUCCESS = _(
    "The plan is closed as successful and you return to the normal review of your work. Your manager looks back with "
    "you after 30, 90 and 180 days, to keep in place what helped. What is expected of you afterwards is the standard "
    "of your job, not the pace of this plan."
)

_FAILURE = _(
    "If the expectations are not met although the support below was given, HR reviews the whole record with you and "
    "decides what follows. That may be a different role, a change of duties, or the end of your employment. Nothing is "
    "decided before the last milestone, and you will be heard first."
)

_COACHING = SupportPrompt(
    description=_("A weekly half hour with your manager, for questions and obstacles, for as long as the plan runs."),
    due_day=7,
)

DELIVERY = PlanTemplate(
    key="delivery",
    version=1,
    name=_("Delivery"),
    purpose=_("Work is late, unfinished or promised without notice of delay."),
    title=_("Reliable delivery of committed work"),
    length_days=90,
    check_in_every_days=14,
    root_cause_prompt=_(
        "[What makes work late, as far as you both can tell: estimates, interruptions, unclear priorities, "
        "missing skills "
        "or tools? Say what you have looked at and what the employee says.]"
    ),
    concern_prompt=_("[What was due, when it was promised, when it came, and what the employee was told at the time.]"),
    standard_prompt=_(
        "Committed work is delivered on the agreed day, or a new day is agreed before the old one passes."
    ),
    expectations=(
        ExpectationPrompt(
            title=_("Committed work is delivered by its agreed day"),
            measure=_(
                "Items delivered on or before the agreed day, as a share of all items due in the last four weeks"
            ),
            unit=_("% of items"),
            direction=Direction.AT_LEAST,
            data_source=_("[The tracker or report, and the filter used]"),
            target=Decimal(90),
        ),
        ExpectationPrompt(
            title=_("A delay is announced before the work is due"),
            measure=_("Late items for which a new day was agreed at least one working day before the old one"),
            unit=_("% of late items"),
            direction=Direction.AT_LEAST,
            data_source=_("[Comments in the tracker, counted by the manager each week]"),
            target=Decimal(95),
        ),
        ExpectationPrompt(
            title=_("Work in progress stays within the agreed limit"),
            measure=_("Items in progress at the same time, counted on Monday morning, average of four weeks"),
            unit=_("items"),
            direction=Direction.AT_MOST,
            data_source=_("[The board of the team]"),
            target=Decimal(3),
        ),
    ),
    milestone_goals={
        30: _(
            "Every piece of committed work has an agreed day and a visible status. Delays are announced before "
            "the day. "
            "The planning routine agreed at the start has been kept each week."
        ),
        60: _(
            "What was reached by day 30 holds. At least half of the gap between today's figure and each target "
            "is closed "
            "over the last four weeks."
        ),
    },
    final_goal=_(
        "What was reached before holds, and every target of this plan is met over the last four weeks, without extra "
        "help beyond what any colleague gets."
    ),
    support=(
        SupportPrompt(
            description=_(
                "Priorities are put in writing and kept in order; when new work arrives, the manager says what "
                "it displaces."
            ),
            due_day=5,
        ),
        SupportPrompt(
            description=_("Two sessions on breaking down and estimating work, with an experienced colleague."),
            due_day=21,
        ),
        _COACHING,
    ),
    success_consequence=_SUCCESS,
    failure_consequence=_FAILURE,
    rights=_RIGHTS,
)

QUALITY = PlanTemplate(
    key="quality",
    version=1,
    name=_("Quality"),
    purpose=_("Work arrives on time but with errors, rework or complaints."),
    title=_("Work that meets the quality standard"),
    length_days=90,
    check_in_every_days=14,
    root_cause_prompt=_(
        "[Where do the errors come from, as far as you both can tell: knowledge, tools, time, unclear "
        "standards, missing "
        "review? Say what you have looked at and what the employee says.]"
    ),
    concern_prompt=_(
        "[What was wrong, where and when it was found, who had to mend it, and how the employee was told.]"
    ),
    standard_prompt=_(
        "[The written standard, checklist or acceptance rule the work is measured against, and its version.]"
    ),
    expectations=(
        ExpectationPrompt(
            title=_("Work is accepted at the first review"),
            measure=_("Pieces accepted without correction, as a share of all pieces reviewed in the last four weeks"),
            unit=_("% of pieces"),
            direction=Direction.AT_LEAST,
            data_source=_("[The review log or quality report, and the filter used]"),
            target=Decimal(90),
        ),
        ExpectationPrompt(
            title=_("Errors do not reach customers or other teams"),
            measure=_("Errors found after hand-over and traced to this work, in the last four weeks"),
            unit=_("errors"),
            direction=Direction.AT_MOST,
            data_source=_("[The list of complaints or incidents]"),
            target=Decimal(1),
        ),
        ExpectationPrompt(
            title=_("The agreed checks are done before hand-over"),
            measure=_("Pieces handed over with a completed checklist, as a share of all pieces"),
            unit=_("% of pieces"),
            direction=Direction.AT_LEAST,
            data_source=_("[The checklist kept with each piece of work]"),
            target=Decimal(100),
        ),
    ),
    milestone_goals={
        30: _(
            "The training below is done, the checklist is used for each piece of work, and each error found has been "
            "talked through with its cause."
        ),
        60: _(
            "What was reached by day 30 holds. At least half of the gap between today's figure and each target "
            "is closed "
            "over the last four weeks."
        ),
    },
    final_goal=_(
        "What was reached before holds, and every target of this plan is met over the last four weeks at a normal "
        "amount of work."
    ),
    support=(
        SupportPrompt(
            description=_("The standard is explained with three good and three poor examples from real work."),
            due_day=7,
        ),
        SupportPrompt(description=_("Training in [the skill or tool concerned], in working time."), due_day=28),
        SupportPrompt(
            description=_("A named colleague reviews the work before hand-over until day 30, with written remarks."),
            due_day=30,
        ),
        _COACHING,
    ),
    success_consequence=_SUCCESS,
    failure_consequence=_FAILURE,
    rights=_RIGHTS,
)

ATTENDANCE = PlanTemplate(
    key="attendance",
    version=1,
    name=_("Attendance"),
    purpose=_("Unplanned absence or lateness that is not leave. Protected leave is never counted."),
    title=_("Reliable presence at agreed times"),
    length_days=60,
    check_in_every_days=7,
    root_cause_prompt=_(
        "[Ask first whether a health condition, care for somebody or the way to work plays a part: if so, stop "
        "and speak "
        "with HR about leave or an accommodation before you go on. Else: what stands in the way?]"
    ),
    concern_prompt=_(
        "[The date, the agreed start, the actual start or the shift missed, whether it was announced, and its effect. "
        "Leave out any day of sickness, leave or other protected absence.]"
    ),
    standard_prompt=_(
        "[The working times agreed with the employee and the rule for announcing an absence, with its date.]"
    ),
    expectations=(
        ExpectationPrompt(
            title=_("Work begins at the agreed time"),
            measure=_(
                "Working days begun no more than five minutes after the agreed time, as a share of the days worked in "
                "the last four weeks; days of leave and sickness are left out of both"
            ),
            unit=_("% of days worked"),
            direction=Direction.AT_LEAST,
            data_source=_("[The time record, with days of leave and sickness removed]"),
            target=Decimal(95),
        ),
        ExpectationPrompt(
            title=_("An absence is announced before work begins"),
            measure=_(
                "Absences announced to the manager before the agreed start, as a share of all unplanned absences"
            ),
            unit=_("% of absences"),
            direction=Direction.AT_LEAST,
            data_source=_("[The manager's log of messages, confirmed with the employee at each check-in]"),
            target=Decimal(100),
        ),
        ExpectationPrompt(
            title=_("Meetings and shifts are attended as agreed"),
            measure=_("Agreed meetings or shifts missed without notice in the last four weeks, leave left out"),
            unit=_("missed"),
            direction=Direction.AT_MOST,
            data_source=_("[The calendar or the duty roster]"),
            target=Decimal(0),
        ),
    ),
    milestone_goals={
        30: _(
            "The times and the way to announce an absence are clear to both of you, obstacles are named, and every "
            "unplanned absence since the start was announced. At least half of the gap to each target is closed."
        ),
    },
    final_goal=_("What was reached before holds, and every target of this plan is met over the last four weeks."),
    support=(
        SupportPrompt(
            description=_("HR offers a confidential talk about leave, accommodations and flexible hours."), due_day=5
        ),
        SupportPrompt(
            description=_("Working times are reviewed together: can a later start, remote days or a fixed shift help?"),
            due_day=10,
        ),
        _COACHING,
    ),
    success_consequence=_SUCCESS,
    failure_consequence=_FAILURE,
    rights=_RIGHTS,
)

TEMPLATES: dict[str, PlanTemplate] = {template.key: template for template in (DELIVERY, QUALITY, ATTENDANCE)}


def shipped_plan_templates() -> list[ShippedTemplate]:
    """Return them as the documents room takes them."""
    return [ShippedTemplate(kind=FormKind.PLAN, key=one.key, content=one) for one in TEMPLATES.values()]
