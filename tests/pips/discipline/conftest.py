"""Disciplinary actions in every state, made by the services; the columns of a state in one row."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from documents.enums import AcknowledgementKind
from people.models import Organization
from pips.discipline_enums import ActionConfirmation, ActionStatus
from pips.inputs import ActionInput
from pips.models import DisciplinaryAction
from pips.services.discipline.appeal import appeal_action, appoint_hearer
from pips.services.discipline.delivery import acknowledge_action, issue_action
from pips.services.discipline.drafting import draft_action, revise_action
from pips.services.discipline.review import approve_action, submit_action
from tests.cast import Person, make_person
from tests.pips.conftest import MOMENT, Clock

D = datetime.date
CONFIRMED_ACTION = frozenset(ActionConfirmation.values)

CONTENT = ActionInput(
    category="safety",
    occurred_on=D(2026, 12, 14),
    occurred_at=datetime.time(9, 30),
    place="Loading dock 2",
    facts="The guard of the press was taken off and left off for an hour.",
    witnesses="Two colleagues of the shift.",
    policy_name="Safety at machines",
    policy_version="4.1",
    investigation="The shift lead looked at the log of the press on 15 December and spoke with both colleagues.",
    has_no_prior_actions=True,
    hearing="statement",
    heard_on=D(2026, 12, 16),
    employee_statement="The guard jammed and I wanted to finish the order.",
    representation="declined",
    union_status="not_covered",
    probation_status="no",
    level="verbal",
    proportionality="Nobody was hurt and it is the first time; the next lighter answer is a talk, which was held.",
    corrective_action="The guard stays on; a jam is reported to the shift lead at once.",
    corrective_due_on=D(2027, 1, 18),
    consequence="A written warning.",
    rights="You may answer in writing and appeal.",
)


class DisciplineStage:
    """Makes an action about Alice and takes it from state to state."""

    def __init__(self, alice: Person, bob: Person, hana: Person, clock: Clock) -> None:
        self.alice, self.bob, self.hana, self.clock = alice, bob, hana, clock

    def draft(self, **given: Any) -> DisciplinaryAction:
        """Return a draft that every gate lets pass."""
        action = draft_action(actor=self.bob.member, employee=self.alice.employee)
        return self.fill(action, **given)

    def fill(self, action: DisciplinaryAction, **given: Any) -> DisciplinaryAction:
        """Fill the draft with facts; give what is to be different."""
        return revise_action(actor=self.bob.member, action=action, content=replace(CONTENT, **given))

    def in_review(self, **given: Any) -> DisciplinaryAction:
        """Return a submitted action."""
        action = self.draft(**given)
        submit_action(actor=self.bob.member, action=action)
        return action

    def approved(self, **given: Any) -> DisciplinaryAction:
        """Return an approved action."""
        action = self.in_review(**given)
        approve_action(actor=self.hana.member, action=action, confirmations=CONFIRMED_ACTION)
        return action

    def issued(self, **given: Any) -> DisciplinaryAction:
        """Return an action handed over on Monday 4 January 2027."""
        action = self.approved(**given)
        issue_action(actor=self.bob.member, action=action)
        return action

    def acknowledged(self, **given: Any) -> DisciplinaryAction:
        """Return an action whose receipt Alice has acknowledged."""
        action = self.issued(**given)
        acknowledge_action(actor=self.alice.member, action=action, kind=AcknowledgementKind.RECEIVED)
        return action

    def appealed(self, **given: Any) -> DisciplinaryAction:
        """Return an action Alice has appealed against."""
        action = self.issued(**given)
        appeal_action(actor=self.alice.member, action=action, grounds="The guard was broken; I had reported it.")
        return action

    def heard_by(self, hearer: Person, **given: Any) -> DisciplinaryAction:
        """Return an action whose appeal the person hears."""
        action = self.appealed(**given)
        appoint_hearer(actor=self.hana.member, action=action, hearer=hearer.employee)
        return action


@pytest.fixture
def discipline(harbor_context: Organization, alice: Person, bob: Person, hana: Person, clock: Clock) -> DisciplineStage:
    """The maker of disciplinary actions, inside Harbor."""
    return DisciplineStage(alice, bob, hana, clock)


@pytest.fixture
def nora(harbor: Organization, clock: Clock) -> Person:
    """A manager of another team, who had no part in anything; Oleg reports to her."""
    nora = make_person(harbor, "Nora", "North")
    make_person(harbor, "Oleg", "Olsen", manager=nora)
    return nora


def action_columns(status: ActionStatus) -> dict[str, Any]:
    """Return the columns an action has in that state, reached in the usual way."""
    columns: dict[str, Any] = {"status": status}
    if status == ActionStatus.DRAFTED:
        return columns
    columns["submitted_at"] = MOMENT
    if status == ActionStatus.IN_REVIEW:
        return columns
    columns["approved_at"] = MOMENT
    if status == ActionStatus.APPROVED:
        return columns
    columns |= {
        "issued_at": MOMENT,
        "appeal_until": D(2027, 1, 18),
        "expires_on": D(2028, 1, 4),
        "level": "written",
        "facts": "The guard was off.",
        "occurred_on": D(2026, 12, 14),
    }
    if status in {ActionStatus.ACKNOWLEDGED, ActionStatus.REFUSED}:
        columns["received_at"] = MOMENT
    if status in {ActionStatus.EXPIRED, ActionStatus.WITHDRAWN}:
        columns["ended_at"] = MOMENT
    if status == ActionStatus.REDUCED:
        columns["reduced_level"] = "verbal"
    return columns


@pytest.fixture
def action_in(harbor_context: Organization, alice: Person, bob: Person) -> Callable[[ActionStatus], DisciplinaryAction]:
    """Return a function that writes one row in a state, without the services."""

    def write(status: ActionStatus, **given: Any) -> DisciplinaryAction:
        people = {"employee": alice.employee, "manager": bob.employee}
        return DisciplinaryAction.objects.create(**{**people, **action_columns(status), **given})

    return write
