"""The end of a plan: decided, received, followed up, closed, turned into an action."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from documents.enums import AcknowledgementKind
from pips.enums import Outcome
from pips.models import FollowUp
from pips.services.discipline.conversion import convert_plan_to_action
from pips.services.outcome import close_plan, decide_plan, record_follow_up
from pips.services.outcome_letter import acknowledge_outcome
from tests.pips.whole_life import expected
from tests.pips.whole_life.begun import ONE_DAY, Begun, mostly, pick
from tests.pips.whole_life.expected import BEFORE, RUNNING, of


class End(Begun):
    """The outcome and what follows from it."""

    @precondition(lambda self: self.status in RUNNING)
    @rule(who=mostly("hana", "hugo"), outcome=st.sampled_from(Outcome), is_meant=st.sampled_from([False, True, True]))
    def decide(self, who: str, outcome: Outcome, is_meant: bool) -> None:
        if outcome == Outcome.WITHDRAWN and not is_meant:
            return
        world, plan = self.world, self.world.plan
        assert plan is not None
        is_held = not of(world.now["pips.Milestone"], plan_id=plan["id"], manager_recorded_at=None)
        support = of(world.now["pips.SupportCommitment"], plan_id=plan["id"])
        is_supported = all(expected.is_settled(row, world.today) for row in support)
        is_answered = not of(world.now["pips.DataCheck"], plan_id=plan["id"], status="open")
        is_answered &= not of(world.now["pips.AccommodationRequest"], plan_id=plan["id"], status="open")
        done = world.attempt(
            who,
            world.reviewers(),
            lambda member: decide_plan(
                actor=member,
                plan=world.the_plan(),
                **world.stage.decision(world.the_plan(), outcome, early_reason="Held for a month."),
            ),
        )
        if done and outcome == Outcome.UNSUCCESSFUL:
            assert is_held  # rule 6
            assert world.today >= plan["ends_on"]  # rule 8
            assert is_supported  # rule 13
            assert is_answered  # rules 3 and 9
            assert plan["receipt_owed_for"] is None  # rule 11

    @precondition(lambda self: self.status == "decided")
    @rule(who=mostly("bob"), back=st.integers(0, 3))
    def follow_up(self, who: str, back: int) -> None:
        rows = self.world.parts("pips.FollowUp")
        if rows:
            number = len([row for row in rows if row["recorded_at"] is not None])
            part = FollowUp.objects.select_related("plan__employee", "plan__manager").get(pk=pick(rows, number))
            self.world.attempt(
                who,
                self.world.managers(),
                lambda member: record_follow_up(
                    actor=member,
                    follow_up=part,
                    held_on=self.world.today - back * ONE_DAY,
                    is_sustained=True,
                    note="It lasts.",
                ),
            )

    @precondition(lambda self: self.status in {"decided", "followed_up", "closed"} and self.has_letter())
    @rule(who=mostly("alice", "bob", "hana"), refuses=st.sampled_from([False, False, True]))
    def receive_the_letter(self, who: str, refuses: bool) -> None:
        world = self.world
        self.world.attempt(
            who,
            world.managers() | world.partners() if refuses else world.alice(),
            lambda member: acknowledge_outcome(
                actor=member,
                plan=world.the_plan(),
                kind=AcknowledgementKind.REFUSED if refuses else AcknowledgementKind.RECEIVED,
                witness=world.employee("eve") if refuses else None,
            ),
        )

    @precondition(lambda self: self.status in RUNNING | BEFORE)
    @rule(who=mostly("hana", "bob"), is_meant=st.sampled_from([False, False, False, True]))
    def turn_into_a_disciplinary_action(self, who: str, is_meant: bool) -> None:
        world = self.world
        if is_meant:
            both = world.managers() | world.partners()
            world.attempt(
                who,
                both if self.status in BEFORE else world.reviewers(),
                lambda member: convert_plan_to_action(actor=member, plan=world.the_plan(), reason="It was conduct."),
            )

    @precondition(lambda self: self.status in {"decided", "followed_up"})
    @rule(who=mostly("hana", "hugo"))
    def close(self, who: str) -> None:
        self.world.attempt(
            who, self.world.reviewers(), lambda member: close_plan(actor=member, plan=self.world.the_plan())
        )
