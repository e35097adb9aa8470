"""What holds after each step, worked out from the rows alone."""

from django_rls_tenants import tenant_context
from hypothesis.stateful import invariant

from documents.models import Document
from pips.models import Plan
from pips.selectors.legal import legal_reviews_visible_to
from pips.selectors.plans import plans_visible_to
from tests.pips.whole_life import expected, snapshot
from tests.pips.whole_life.begun import EVERYBODY, Begun
from tests.pips.whole_life.expected import of
from tests.pips.whole_life.world import SECRET


class Invariants(Begun):
    """What must hold of every plan at any time."""

    @invariant()
    def every_plan_moved_along_the_table(self) -> None:
        for plan in self.world.now["pips.Plan"].values():
            moves = of(self.world.now["pips.PlanTransition"], plan_id=plan["id"])
            assert list(expected.troubles_of_moves(plan, moves)) == []
            found: Plan = Plan.objects.get(pk=plan["id"])
            found.validate_constraints()

    @invariant()
    def dates_are_where_counting_by_hand_puts_them(self) -> None:
        for plan in self.world.now["pips.Plan"].values():
            assert list(expected.troubles_of_dates(plan, self.world.now, self.world.today)) == []

    @invariant()
    def exactly_what_the_states_owe_is_owed(self) -> None:
        must, may = set[expected.Owing](), set[expected.Owing]()
        for plan in self.world.now["pips.Plan"].values():
            more, perhaps = expected.owed_for(plan, self.world.now, self.world.today)
            must, may = must | more, may | perhaps
        owed = expected.owed_now(self.world.now)
        assert (must - owed, owed - must - may) == (set(), set()), "owed by the state and not open, open and not owed"
        assert list(expected.troubles_of_due_dates(self.world.now)) == []

    @invariant()
    def history_only_grows(self) -> None:
        lengths = snapshot.history_lengths()
        assert all(now >= before for now, before in zip(lengths, self.histories, strict=True))
        self.histories = lengths

    @invariant()
    def every_version_is_sealed_as_it_was_handed_over(self) -> None:
        documents = self.world.now["documents.Document"]
        for key in documents.keys() - self.sealed:
            assert snapshot.is_sealed_right(key)
        self.sealed = set(documents)
        for number, plan in enumerate(self.world.now["pips.Plan"].values()):
            first = self.is_sealed_from if number == 0 else 1
            versions = sorted(row["version"] for row in of(documents, about_type="plan", about_id=plan["id"]))
            assert versions == list(range(first, plan["version"] + 1))
        for receipt in self.world.now["documents.Acknowledgement"].values():
            assert receipt["sha256"] == documents[receipt["document_id"]]["sha256"]

    @invariant()
    def only_those_with_standing_read_the_plan(self) -> None:
        plans = self.world.now["pips.Plan"]
        for name in EVERYBODY:
            visible = set(plans_visible_to(self.world.member(name)).values_list("pk", flat=True))
            assert visible == {key for key, plan in plans.items() if self.world.sees_plan(name, plan)}, name
        with tenant_context(self.stranger.organization.pk):
            assert not plans_visible_to(self.stranger.member).exists()
            assert not Document.objects.exists()

    @invariant()
    def legal_reviews_are_seen_by_uninvolved_hr_alone(self) -> None:
        if self.world.now["pips.LegalReview"]:
            for name in EVERYBODY:
                seen = legal_reviews_visible_to(self.world.member(name)).exists()
                assert not (seen and name not in self.world.partners() - self.world.above()), name

    @invariant()
    def no_word_of_what_hr_alone_knows_leaves_hr(self) -> None:
        now = self.world.now
        for label in ("pips.PlanNote", "pips.PlanTransition", "reminders.OutboxMessage", "reminders.Obligation"):
            for row in now[label].values():
                assert not any(isinstance(value, str) and SECRET in value for value in row.values()), row
        for row in now["pips.Milestone"].values():
            assert SECRET not in row["clock_explanation"]

    @invariant()
    def mail_goes_to_those_with_standing(self) -> None:
        world = self.world
        was_issued = any(plan["issued_at"] is not None for plan in world.now["pips.Plan"].values())
        known = {"bob", "carol", "nora", "hugo", "hana"} | ({"alice"} if was_issued else set())
        addresses = {f"{name}@harbor.example" for name in known}
        assert {row["recipient"] for row in world.now["reminders.OutboxMessage"].values()} <= addresses
