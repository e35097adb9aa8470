"""From the draft to its receipt: what managers and HR do before the plan runs."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from documents.enums import AcknowledgementKind
from people.models import Membership
from pips.enums import Confirmation, EmploymentEffect
from pips.models import LegalReview, Plan
from pips.services.legal import decide_legal_review
from pips.services.plan import (
    acknowledge_plan,
    approve_plan,
    discard_plan,
    draft_plan,
    issue_plan,
    request_changes,
    revise_draft,
    submit_plan,
    take_back_to_draft,
)
from pips.services.relapse import cite_previous_plan
from tests.pips.whole_life.begun import ONE_DAY, Begun, mostly
from tests.pips.whole_life.expected import BEFORE, RUNNING, of
from tests.pips.whole_life.world import SECRET


class Review(Begun):
    """Writing, review and handing over."""

    @precondition(lambda self: self.world.is_free)
    @rule(who=mostly("bob", "bob", "carol", "hugo"))
    def draft(self, who: str) -> None:
        def act(member: Membership) -> None:
            plan = draft_plan(actor=member, employee=self.world.employee("alice"), template_key="delivery")
            revise_draft(actor=member, plan=plan, **self.world.stage.content())

        self.world.attempt(who, self.world.managers(), act)

    @precondition(lambda self: self.status == "draft")
    @rule(
        who=mostly("bob", "carol"),
        length=st.sampled_from([30, 60, 90]),
        start=st.one_of(st.none(), st.integers(-5, 20)),
        effects=st.sampled_from([(), (EmploymentEffect.ADDS_DUTIES,)]),
    )
    def revise(self, who: str, length: int, start: int | None, effects: tuple[EmploymentEffect, ...]) -> None:
        content = self.world.stage.content()
        columns = {
            "length_days": length,
            "starts_on": None if start is None else self.world.today + start * ONE_DAY,
            "milestones": [goal for goal in content["milestones"] if goal.day <= length],
            "employment_effects": effects,
        }
        self.world.attempt(
            who,
            self.world.managers(),
            lambda member: revise_draft(actor=member, plan=self.world.the_plan(), **{**content, **columns}),
        )

    @precondition(lambda self: self.status == "draft" and len(self.world.now["pips.Plan"]) > 1)
    @rule(who=mostly("bob", "carol"))
    def cite_the_earlier_plan(self, who: str) -> None:
        plan = self.world.the_plan()
        earlier = Plan.objects.exclude(pk=plan.pk).latest("pk")
        slipped = {expectation.pk: "It slipped." for expectation in earlier.expectations.all()}
        self.world.attempt(
            who,
            self.world.managers(),
            lambda member: cite_previous_plan(actor=member, plan=plan, slipped=slipped),
        )

    @precondition(lambda self: self.status == "draft")
    @rule(who=mostly("bob", "carol"), is_reasoned=st.booleans())
    def submit(self, who: str, is_reasoned: bool) -> None:
        reasons = {"employment_terms:adds_duties": "The team has changed."} if is_reasoned else {}
        done = self.world.attempt(
            who,
            self.world.managers(),
            lambda member: submit_plan(actor=member, plan=self.world.the_plan(), reasons=reasons),
        )
        reviews = self.world.parts("pips.LegalReview")
        assert not (done and reviews and reviews[-1]["status"] == "stopped")  # it could never go on

    @precondition(lambda self: self.status in {"in_review", "approved"})
    @rule(who=mostly("hana", "hugo"))
    def request_changes(self, who: str) -> None:
        self.world.attempt(
            who,
            self.world.reviewers(),
            lambda member: request_changes(actor=member, plan=self.world.the_plan(), reason="Add the dates."),
        )

    @precondition(lambda self: self.status == "changes_requested")
    @rule(who=mostly("bob", "carol"))
    def take_back(self, who: str) -> None:
        self.world.attempt(
            who, self.world.managers(), lambda member: take_back_to_draft(actor=member, plan=self.world.the_plan())
        )

    @precondition(lambda self: self.status == "in_review")
    @rule(who=mostly("hana", "hugo"), forgets=st.sampled_from([0, 0, 0, 1]))
    def approve(self, who: str, forgets: int) -> None:
        confirmed = frozenset(Confirmation.values[forgets:])
        self.world.attempt(
            who,
            self.world.reviewers(),
            lambda member: approve_plan(actor=member, plan=self.world.the_plan(), confirmations=confirmed),
        )

    @precondition(lambda self: bool(of(self.world.now["pips.LegalReview"], status="open")))
    @rule(who=mostly("hana", "hugo"), may_go_on=st.booleans())
    def decide_the_legal_review(self, who: str, may_go_on: bool) -> None:
        review = LegalReview.objects.select_related("plan__employee").get(
            pk=of(self.world.now["pips.LegalReview"], status="open")[0]["id"]
        )
        self.world.attempt(
            who,
            self.world.reviewers(),
            lambda member: decide_legal_review(
                actor=member, review=review, may_go_on=may_go_on, reasons=f"{SECRET}: looked at."
            ),
        )

    @precondition(lambda self: self.status in BEFORE)
    @rule(who=mostly("bob", "hana"), is_meant=st.sampled_from([False, False, False, True]))
    def discard(self, who: str, is_meant: bool) -> None:
        if is_meant:
            self.world.attempt(
                who,
                self.world.managers() | self.world.partners(),
                lambda member: discard_plan(actor=member, plan=self.world.the_plan(), reason="Settled by a talk."),
            )

    @precondition(lambda self: self.status == "approved")
    @rule(who=mostly("bob", "carol"), start=st.one_of(st.none(), st.integers(-2, 15)))
    def issue(self, who: str, start: int | None) -> None:
        first = None if start is None else self.world.today + start * ONE_DAY
        self.world.attempt(
            who,
            self.world.managers(),
            lambda member: issue_plan(actor=member, plan=self.world.the_plan(), starts_on=first),
        )

    @precondition(lambda self: self.awaits_receipt())
    @rule(who=mostly("alice"), comment=st.sampled_from(["", "I see it differently."]), is_outdated=st.booleans())
    def acknowledge(self, who: str, comment: str, is_outdated: bool) -> None:
        kind = AcknowledgementKind.RECEIVED_WITH_COMMENT if comment else AcknowledgementKind.RECEIVED
        plan = self.world.the_plan()
        read = plan.version - 1 if is_outdated and plan.version > 1 else plan.version
        done = self.world.attempt(
            who,
            self.world.alice(),
            lambda member: acknowledge_plan(actor=member, plan=plan, kind=kind, comment=comment, version=read),
        )
        assert not (done and read != plan.version)

    @precondition(lambda self: self.awaits_receipt())
    @rule(who=mostly("bob", "hana"), witness=st.sampled_from(["nora", "eve", "alice", "bob"]))
    def record_refusal(self, who: str, witness: str) -> None:
        self.world.attempt(
            who,
            self.world.managers() | self.world.partners(),
            lambda member: acknowledge_plan(
                actor=member,
                plan=self.world.the_plan(),
                kind=AcknowledgementKind.REFUSED,
                witness=self.world.employee(witness),
            ),
        )

    def awaits_receipt(self) -> bool:
        plan = self.world.plan
        if plan is None or self.status not in RUNNING or plan["version"] < self.is_sealed_from:
            return False
        return plan["acknowledged_at"] is None or plan["receipt_owed_for"] is not None
