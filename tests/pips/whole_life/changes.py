"""Changes of an issued plan: proposed, settled, taken back."""

from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from pips.amending import AmendmentInput
from pips.models import Amendment, LeaveProposal
from pips.services.amendments import (
    approve_amendment,
    decline_amendment,
    propose_amendment,
    propose_extension,
    withdraw_amendment,
)
from pips.services.leave_effects import accept_leave_proposal, decline_leave_proposal
from tests.pips.amendments.conftest import with_targets
from tests.pips.whole_life.begun import EVERYBODY, Begun, mostly
from tests.pips.whole_life.expected import RUNNING, of


class Changes(Begun):
    """Amendments, extensions and what leave asks for."""

    @precondition(lambda self: self.status in RUNNING)
    @rule(
        who=mostly("bob", "hana"),
        figure=st.sampled_from([85, 95, None]),
        more=st.sampled_from([0, 0, 14, 30]),
        drops_support=st.booleans(),
    )
    def propose_change(self, who: str, figure: int | None, more: int, drops_support: bool) -> None:
        plan = self.world.the_plan()
        figures = [figure, *[None] * (plan.expectations.count() - 1)]
        change = with_targets(plan, figures, more_days=more, last_goal="Held.")
        if drops_support:
            change = AmendmentInput(support=(), more_days=more, last_goal="Held.")
        done = self.world.attempt(
            who,
            self.world.managers() | self.world.partners(),
            lambda member: propose_amendment(actor=member, plan=plan, change=change, reason="The team has changed."),
        )
        if done and (drops_support or figure == 95):
            assert more >= 14  # rule 11: whoever asks for more gives more time

    @precondition(lambda self: self.status in RUNNING)
    @rule(who=mostly("bob", "hana"), days=st.sampled_from([0, 14, 30, 60, 61]))
    def propose_extension(self, who: str, days: int) -> None:
        self.world.attempt(
            who,
            self.world.managers() | self.world.partners(),
            lambda member: propose_extension(
                actor=member,
                plan=self.world.the_plan(),
                reason_kind="partial_progress",
                reason="Half of the gap is closed.",
                days=days,
                last_goal="Met and held.",
            ),
        )

    @precondition(lambda self: bool(of(self.world.now["pips.Amendment"], status="proposed")))
    @rule(who=mostly("hana", "hugo"), how=st.sampled_from(["approve", "approve", "decline", "withdraw"]))
    def settle_change(self, who: str, how: str) -> None:
        row = of(self.world.now["pips.Amendment"], status="proposed")[0]
        amendment = Amendment.objects.select_related("plan__employee", "plan__manager", "proposed_by").get(pk=row["id"])
        proposer = {
            name for name in EVERYBODY if self.world.people[name].member.pk == row["proposed_by_id"]
        } - self.world.has_left
        if how == "withdraw":
            allowed, act = proposer | self.world.managers(), partial(withdraw_amendment, amendment=amendment)
        elif how == "decline":
            allowed = self.world.reviewers() - proposer
            act = partial(decline_amendment, amendment=amendment, reason="Not yet.")
        else:
            allowed, act = self.world.reviewers() - proposer, partial(approve_amendment, amendment=amendment)
        self.world.attempt(who, allowed, lambda member: act(actor=member))

    @precondition(lambda self: bool(of(self.world.now["pips.LeaveProposal"], status="open")))
    @rule(who=mostly("hana"), accepts=st.booleans())
    def answer_leave_proposal(self, who: str, accepts: bool) -> None:
        row = of(self.world.now["pips.LeaveProposal"], status="open")[0]
        proposal = LeaveProposal.objects.select_related("plan__employee", "plan__manager").get(pk=row["id"])
        allowed = self.world.managers() | self.world.partners() if row["kind"] == "ramp_up" else self.world.reviewers()
        settle = accept_leave_proposal if accepts else decline_leave_proposal
        self.world.attempt(who, allowed, lambda member: settle(actor=member, proposal=proposal, reason="Talked about."))
