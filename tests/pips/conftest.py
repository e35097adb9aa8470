"""Plans in every state, made by the services; the rows of a state that a test of a rule needs, in memory."""

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from documents.enums import AcknowledgementKind
from people.models import Organization
from pips.enums import Confirmation, Consequence, Direction, Outcome, PlanStatus, TrackStatus, Verdict
from pips.inputs import ConcernInput, ExpectationInput, MilestoneInput, ResultInput, SupportInput
from pips.models import Plan
from pips.services.dates import clock_of, lay_out_dates, open_obligations
from pips.services.outcome import decide_plan
from pips.services.plan import (
    acknowledge_plan,
    approve_plan,
    draft_plan,
    issue_plan,
    request_changes,
    revise_draft,
    submit_plan,
)
from pips.services.progress import deliver_support, record_milestone
from tests.cast import Person

#: A Monday morning in Boston.
MONDAY = datetime.datetime(2027, 1, 4, 15, 0, tzinfo=datetime.UTC)
START = datetime.date(2027, 1, 5)
CONFIRMED = frozenset(Confirmation.values)


class Clock:
    """The time of the test; ``to`` sets it to noon in Boston of a day."""

    def __init__(self, traveller: Any) -> None:
        self._traveller = traveller

    def to(self, day: datetime.date) -> None:
        self.to_moment(datetime.datetime.combine(day, datetime.time(17, 0), tzinfo=datetime.UTC))

    def to_moment(self, moment: datetime.datetime) -> None:
        self._traveller.move_to(moment)


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Monday 4 January 2027, ticking."""
    with time_machine.travel(MONDAY, tick=True) as traveller:
        yield Clock(traveller)


class Stage:
    """Makes Alice's plan and takes it from state to state."""

    def __init__(self, alice: Person, bob: Person, hana: Person, clock: Clock) -> None:
        self.alice, self.bob, self.hana, self.clock = alice, bob, hana, clock

    def draft(self, **columns: Any) -> Plan:
        """Return a draft that every gate lets pass."""
        plan = draft_plan(actor=self.bob.member, employee=self.alice.employee, template_key="delivery")
        return self.fill(plan, **columns)

    def fill(self, plan: Plan, **columns: Any) -> Plan:
        """Fill the draft with facts; give columns to change."""
        return revise_draft(actor=self.bob.member, plan=plan, **{**self.content(), **columns})

    def content(self) -> dict[str, Any]:
        """Return a complete draft."""
        return {
            "title": "Reliable delivery",
            "job_description": self.alice.employee.job_description,
            "length_days": 90,
            "starts_on": START,
            "check_in_every_days": 14,
            "root_cause": "Estimates are made alone and too early.",
            "success_consequence": "Back to normal reviews.",
            "failure_consequence": "HR decides what follows.",
            "rights": "You may answer, be accompanied and appeal.",
            "concerns": [
                ConcernInput(
                    occurred_on=datetime.date(2026, 11, 3),
                    description="The October figures came eight days late.",
                    standard="Figures are delivered on the agreed day.",
                )
            ],
            "expectations": [
                ExpectationInput(
                    title="Work is delivered on the agreed day",
                    measure="Share of items due in four weeks",
                    baseline=Decimal(55),
                    target=Decimal(90),
                    unit="%",
                    data_source="Tracker, filter Due",
                ),
                ExpectationInput(
                    title="Few items at once",
                    baseline=Decimal(7),
                    target=Decimal(3),
                    unit="items",
                    direction=Direction.AT_MOST,
                    data_source="The board",
                ),
            ],
            "milestones": [
                MilestoneInput(day=30, goal="Every item has a day."),
                MilestoneInput(day=60, goal="Half of the gap is closed."),
                MilestoneInput(day=90, goal="The targets are met."),
            ],
            "support": [
                SupportInput(description="Weekly half hour", owner_id=self.bob.employee.pk, due_day=7),
                SupportInput(description="Two sessions on estimating", owner_id=self.bob.employee.pk, due_day=21),
            ],
        }

    def in_review(self) -> Plan:
        """Return a submitted plan."""
        plan = self.draft()
        submit_plan(actor=self.bob.member, plan=plan)
        return plan

    def changes_requested(self) -> Plan:
        """Return a plan HR sent back."""
        plan = self.in_review()
        request_changes(actor=self.hana.member, plan=plan, reason="Add the dates.")
        return plan

    def approved(self) -> Plan:
        """Return an approved plan."""
        plan = self.in_review()
        approve_plan(actor=self.hana.member, plan=plan, confirmations=CONFIRMED)
        return plan

    def issued(self, *, starts_on: datetime.date | None = None) -> Plan:
        """Return an issued plan that begins on Tuesday 5 January 2027, or on the day given."""
        plan = self.approved()
        issue_plan(actor=self.bob.member, plan=plan, starts_on=starts_on)
        return plan

    def active(self) -> Plan:
        """Return an acknowledged plan on the day of its start."""
        plan = self.issued()
        self.clock.to(START)
        acknowledge_plan(actor=self.alice.member, plan=plan, kind=AcknowledgementKind.RECEIVED)
        return plan

    def running(self) -> Plan:
        """Return an active plan on the day of its start without its document, which takes the longest to make."""
        return self.running_from(self.draft())

    def running_from(self, plan: Plan) -> Plan:
        """Return the draft as an active plan on the day of its start, without its document."""
        for status in (PlanStatus.IN_REVIEW, PlanStatus.APPROVED, PlanStatus.ISSUED, PlanStatus.ACTIVE):
            Plan.objects.filter(pk=plan.pk).update(**columns_of(status))
        plan.refresh_from_db()
        lay_out_dates(plan, clock_of(plan))
        open_obligations(plan)
        self.clock.to(START)
        return plan

    def ended(self, *, delivered: bool = True) -> Plan:
        """Return an active plan on its last day, every milestone recorded, the support delivered unless told not to."""
        plan = self.running()
        if delivered:
            self.deliver(plan)
        for milestone in plan.milestones.all():
            assert milestone.due_on is not None
            self.clock.to(milestone.due_on)
            record_milestone(
                actor=self.bob.member,
                milestone=milestone,
                held_on=milestone.due_on,
                track_status=TrackStatus.ON_TRACK,
                manager_view="Going well.",
                readings={expectation.pk: Decimal(80) for expectation in plan.expectations.all()},
            )
        return plan

    def deliver(self, plan: Plan) -> None:
        """Deliver all promised support on the day of the start."""
        for commitment in plan.support_commitments.all():
            deliver_support(actor=self.bob.member, commitment=commitment, delivered_on=START, note="Done.")

    def decided(self, outcome: Outcome = Outcome.SUCCESSFUL) -> Plan:
        """Return a decided plan."""
        plan = self.ended()
        decide_plan(actor=self.hana.member, plan=plan, **self.decision(plan, outcome))
        return plan

    def decision(self, plan: Plan, outcome: Outcome = Outcome.SUCCESSFUL, **given: Any) -> dict[str, Any]:
        """Return what a decision takes that nothing stands in the way of; give what is to be different."""
        verdict = Verdict.NOT_MET if outcome == Outcome.UNSUCCESSFUL else Verdict.MET
        return {
            "outcome": outcome,
            "reason": "The targets are met.",
            "results": {one.pk: ResultInput(verdict=verdict) for one in plan.expectations.all()},
            "step": Consequence.SUPPORT,
            **given,
        }


@pytest.fixture
def stage(harbor_context: Organization, alice: Person, bob: Person, hana: Person, clock: Clock) -> Stage:
    """The maker of plans, inside Harbor."""
    return Stage(alice, bob, hana, clock)


#: The columns each state needs, in memory or in one row.
MOMENT = datetime.datetime(2027, 1, 4, 15, 0, tzinfo=datetime.UTC)


def columns_of(status: PlanStatus) -> dict[str, Any]:
    """Return the columns a plan has in that state, reached in the usual way."""
    order = list(PlanStatus)
    rank = order.index(status)
    columns: dict[str, Any] = {"status": status}
    if rank >= order.index(PlanStatus.IN_REVIEW):
        columns["submitted_at"] = MOMENT
    if rank >= order.index(PlanStatus.APPROVED):
        columns["approved_at"] = MOMENT
    if rank >= order.index(PlanStatus.ISSUED):
        columns |= {"issued_at": MOMENT, "starts_on": START, "ends_on": datetime.date(2027, 4, 5), "version": 1}
    if rank >= order.index(PlanStatus.ACTIVE):
        columns["acknowledged_at"] = MOMENT
    if status == PlanStatus.EXTENDED:
        columns["extension_days"] = 30
    if rank >= order.index(PlanStatus.DECIDED):
        columns |= {"decided_at": MOMENT, "outcome": Outcome.SUCCESSFUL}
    if status == PlanStatus.CLOSED:
        columns["closed_at"] = MOMENT
    return columns


@pytest.fixture
def plan_in(harbor_context: Organization, alice: Person, bob: Person) -> Callable[[PlanStatus], Plan]:
    """Return a function that writes one row in a state, without the services."""

    def write(status: PlanStatus) -> Plan:
        return Plan.objects.create(
            employee=alice.employee,
            manager=bob.employee,
            template_key="delivery",
            title="Plan",
            **columns_of(status),
        )

    return write
