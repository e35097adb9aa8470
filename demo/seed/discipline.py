"""Disciplinary actions in several states, told through the real services on the days they would have happened."""

import datetime
from dataclasses import dataclass, replace

from django.utils import timezone

from demo.seed.outcomes import another_leader
from demo.seed.stage import days_ago, member_of, on
from documents.enums import AcknowledgementKind
from people.models import Employee, Membership
from pips.discipline_enums import ActionConfirmation, ActionStatus
from pips.inputs import ActionInput
from pips.models import DisciplinaryAction
from pips.services.discipline.appeal import appeal_action, appoint_hearer, decide_appeal
from pips.services.discipline.delivery import acknowledge_action, expire_action, issue_action
from pips.services.discipline.drafting import draft_action, revise_action
from pips.services.discipline.review import approve_action, submit_action


@dataclass(frozen=True)
class ActionStory:
    """How far one action has come; ``began`` counts days from today."""

    reaches: ActionStatus
    began: int
    content: ActionInput


SAFETY = ActionInput(
    category="safety",
    occurred_at=datetime.time(9, 30),
    place="Loading dock 2",
    facts=(
        "At half past nine the guard of the press was taken off to clear a jam and stayed off until half past ten. "
        "Nobody was hurt."
    ),
    witnesses="Both colleagues of the morning shift.",
    policy_name="Safety at machines",
    policy_version="4.1",
    investigation="The shift lead read the log of the press the next day and spoke with both colleagues.",
    has_no_prior_actions=True,
    hearing="statement",
    employee_statement="The guard jammed again, and I wanted to finish the order. I had mentioned it the week before.",
    representation="declined",
    union_status="not_covered",
    probation_status="no",
    level="verbal",
    proportionality="It is the first time and nobody was hurt; in two comparable cases the same level was chosen.",
    corrective_action="The guard stays on; a jam is reported to the shift lead at once.",
    consequence="A written warning, if it happens again while this one stands.",
)
CONDUCT = replace(
    SAFETY,
    category="behavior",
    occurred_at=datetime.time(14, 0),
    place="Weekly meeting",
    facts="A colleague was shouted at twice across the table and called incapable in front of the team of eight.",
    witnesses="Eight colleagues; three gave their account in writing.",
    policy_name="Working together",
    policy_version="2",
    investigation="HR asked all eight within three days; seven describe the same words.",
    employee_statement="I was loud, and I am sorry. The figures I had asked for three times were still missing.",
    representation="attended",
    representative="Pat Price, works council",
    union_status="covered",
    level="written",
    level_reason="The words were aimed at a person and fell in front of the whole team.",
    proportionality="It happened once; a verbal warning would not answer what it did to the team.",
    corrective_action="No meeting with raised voices; an apology to the colleague by the end of the month.",
    consequence="A final warning.",
)
RECORDS = replace(
    SAFETY,
    category="honesty",
    place="",
    occurred_at=None,
    facts="Two delivery times were entered one day earlier than they were, so that the weekly report looked on time.",
    witnesses="",
    policy_name="Records and figures",
    policy_version="3.2",
    investigation="",
    hearing="",
    employee_statement="",
    representation="",
    union_status="",
    level="",
    proportionality="",
    corrective_action="",
    consequence="",
)

#: One each for the people of the demo manager's team whom nothing protects at the moment (rule 4), in order.
STORIES = (
    ActionStory(ActionStatus.DRAFTED, 3, RECORDS),
    ActionStory(ActionStatus.IN_REVIEW, 6, CONDUCT),
    ActionStory(ActionStatus.ACKNOWLEDGED, 40, SAFETY),
    ActionStory(ActionStatus.REDUCED, 75, CONDUCT),
    ActionStory(ActionStatus.EXPIRED, 420, SAFETY),
)


def create_actions(signed_in: dict[str, Employee]) -> None:
    """Tell every story inside the open tenant context."""
    manager, hearer = signed_in["manager"], another_leader(signed_in)
    team = manager.direct_reports.exclude(pk=signed_in["employee"].pk).order_by("number")
    calm = team.exclude(leaves__isnull=False).exclude(protected_activities__isnull=False)
    hr, bob = member_of(signed_in["hr"]), member_of(manager)
    stories = [story for story in STORIES if hearer is not None or story.reaches != ActionStatus.REDUCED]
    for story, employee in zip(stories, calm, strict=False):
        _tell(story, hr=hr, manager=bob, employee=employee, hearer=hearer)


def _tell(
    story: ActionStory, *, hr: Membership, manager: Membership, employee: Employee, hearer: Employee | None
) -> DisciplinaryAction:
    action = _write(story, manager, employee)
    if story.reaches == ActionStatus.DRAFTED:
        return action
    with on(days_ago(story.began - 3)):
        submit_action(actor=manager, action=action)
    if story.reaches == ActionStatus.IN_REVIEW:
        return action
    with on(days_ago(story.began - 4)):
        approve_action(
            actor=hr, action=action, confirmations=frozenset(ActionConfirmation.values), note="Read with the log."
        )
    with on(days_ago(story.began - 5)):
        issue_action(actor=manager, action=action)
    _answer(story, action, hr=hr, hearer=hearer)
    return action


def _write(story: ActionStory, manager: Membership, employee: Employee) -> DisciplinaryAction:
    day = days_ago(story.began)
    heard_on = day + datetime.timedelta(days=1) if story.content.hearing else None
    due_on = day + datetime.timedelta(days=30) if story.content.corrective_action else None
    with on(day + datetime.timedelta(days=2)):
        action = draft_action(actor=manager, employee=employee)
        content = replace(
            story.content,
            occurred_on=day,
            heard_on=heard_on,
            corrective_due_on=due_on,
            has_no_prior_actions=action.has_no_prior_actions,
            prior_actions=action.prior_actions,
            rights=action.rights,
        )
        return revise_action(actor=manager, action=action, content=content)


def _answer(story: ActionStory, action: DisciplinaryAction, *, hr: Membership, hearer: Employee | None) -> None:
    own = member_of(action.employee)
    with on(days_ago(story.began - 7)):
        if story.reaches == ActionStatus.REDUCED:
            appeal_action(
                actor=own,
                action=action,
                grounds="I had asked for the figures in writing three times, and I apologized the same day.",
            )
        else:
            acknowledge_action(actor=own, action=action, kind=AcknowledgementKind.RECEIVED)
    if story.reaches == ActionStatus.REDUCED and hearer is not None:
        member_of(hearer)
        _hear(story, action, hr=hr, hearer=hearer)
    if action.expires_on is not None and action.expires_on <= timezone.localdate():
        with on(action.expires_on):
            expire_action(action=action)


def _hear(story: ActionStory, action: DisciplinaryAction, *, hr: Membership, hearer: Employee) -> None:
    with on(days_ago(story.began - 9)):
        appoint_hearer(actor=hr, action=action, hearer=hearer)
    with on(days_ago(story.began - 16)):
        decide_appeal(
            actor=member_of(hearer),
            action=action,
            decision="reduced",
            reduced_level="verbal",
            reasons="The words were wrong. They fell once, were regretted the same day, and the figures were missing.",
        )
