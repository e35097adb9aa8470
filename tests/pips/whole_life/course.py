"""While the plan runs: talks, readings, support, and what the employee says."""

from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from people.models import Membership
from pips.enums import TrackStatus
from pips.models import AccommodationRequest, DataCheck, Milestone, MilestoneReading, PlanCheckIn, SupportCommitment
from pips.services.accommodations import decide_accommodation, request_accommodation
from pips.services.appeals import file_appeal
from pips.services.progress import (
    answer_check_in,
    answer_milestone,
    deliver_support,
    record_check_in,
    record_milestone,
)
from pips.services.support import answer_support, resolve_support
from pips.services.voice import answer_check, challenge_reading
from tests.pips.whole_life.begun import EVERYBODY, ONE_DAY, Begun, mostly, pick, which
from tests.pips.whole_life.expected import MEETING, RUNNING, of
from tests.pips.whole_life.world import SECRET


class Course(Begun):
    """What both sides do while it runs."""

    @precondition(lambda self: self.status in RUNNING)
    @rule(who=mostly("bob"), number=which, back=st.integers(0, 3), track=st.sampled_from(TrackStatus))
    def record_check_in(self, who: str, number: int, back: int, track: TrackStatus) -> None:
        rows = self.world.parts("pips.PlanCheckIn")
        if rows:
            part = PlanCheckIn.objects.select_related("plan__employee").get(pk=pick(rows, number))
            self.world.attempt(
                who,
                self.world.managers(),
                lambda member: record_check_in(
                    actor=member,
                    check_in=part,
                    held_on=self.world.today - back * ONE_DAY,
                    track_status=track,
                    manager_view="Better.",
                ),
            )

    @precondition(lambda self: self.status in RUNNING)
    @rule(who=mostly("bob"), number=which, back=st.integers(0, 3), is_blank=st.booleans())
    def record_milestone(self, who: str, number: int, back: int, is_blank: bool) -> None:
        rows = self.world.parts("pips.Milestone")
        part = Milestone.objects.select_related("plan__employee").get(pk=pick(rows, number))
        value = None if is_blank else Decimal(80)
        readings = {row["id"]: value for row in self.world.parts("pips.Expectation")}
        self.world.attempt(
            who,
            self.world.managers(),
            lambda member: record_milestone(
                actor=member,
                milestone=part,
                held_on=self.world.today - back * ONE_DAY,
                track_status=TrackStatus.AT_RISK,
                manager_view="On the way.",
                readings=readings,
            ),
        )

    @precondition(lambda self: self.status in MEETING)
    @rule(who=mostly("alice"), number=which, is_milestone=st.booleans())
    def answer(self, who: str, number: int, is_milestone: bool) -> None:
        rows = self.world.parts("pips.Milestone" if is_milestone else "pips.PlanCheckIn")
        if not rows:
            return
        key = pick(rows, number)

        def act(member: Membership) -> None:
            if is_milestone:
                milestone = Milestone.objects.select_related("plan__employee").get(pk=key)
                answer_milestone(actor=member, milestone=milestone, employee_view="I agree.")
            else:
                check_in = PlanCheckIn.objects.select_related("plan__employee").get(pk=key)
                answer_check_in(actor=member, check_in=check_in, employee_view="It helps.")

        self.world.attempt(who, self.world.alice(), act)

    @precondition(lambda self: self.status in RUNNING)
    @rule(who=mostly("bob", "carol"), number=which, back=st.integers(-1, 5))
    def deliver_support(self, who: str, number: int, back: int) -> None:
        rows = self.world.parts("pips.SupportCommitment")
        part = SupportCommitment.objects.select_related("plan__employee", "owner").get(pk=pick(rows, number))
        owner = {name for name in EVERYBODY if name != "ines" and self.world.people[name].employee.pk == part.owner_id}
        self.world.attempt(
            who,
            (owner | self.world.managers()) - self.world.has_left,
            lambda member: deliver_support(
                actor=member, commitment=part, delivered_on=self.world.today - back * ONE_DAY, note="Held."
            ),
        )

    @precondition(lambda self: self.status in RUNNING)
    @rule(who=mostly("alice"), number=which, is_received=st.booleans())
    def answer_support(self, who: str, number: int, is_received: bool) -> None:
        rows = [row for row in self.world.parts("pips.SupportCommitment") if row["delivered_on"]]
        if rows:
            part = SupportCommitment.objects.select_related("plan__employee", "owner").get(pk=pick(rows, number))
            self.world.attempt(
                who,
                self.world.alice(),
                lambda member: answer_support(
                    actor=member, commitment=part, is_received=is_received, words="Nothing came."
                ),
            )

    @precondition(lambda self: self.status in RUNNING)
    @rule(who=mostly("hana", "hugo"), number=which)
    def resolve_support(self, who: str, number: int) -> None:
        rows = self.world.parts("pips.SupportCommitment")
        part = SupportCommitment.objects.select_related("plan__employee", "owner").get(pk=pick(rows, number))
        self.world.attempt(
            who,
            self.world.reviewers(),
            lambda member: resolve_support(actor=member, commitment=part, reason="It was given in another way."),
        )

    @precondition(lambda self: self.status in RUNNING and bool(self.world.now["pips.MilestoneReading"]))
    @rule(who=mostly("alice"), number=which)
    def challenge_a_reading(self, who: str, number: int) -> None:
        key = pick(list(self.world.now["pips.MilestoneReading"].values()), number)
        reading = MilestoneReading.objects.select_related("expectation__plan__employee").get(pk=key)
        if reading.expectation.plan.pk == self.world.the_plan().pk:
            self.world.attempt(
                who,
                self.world.alice(),
                lambda member: challenge_reading(
                    actor=member, expectation=reading.expectation, words="Counted twice.", reading=reading
                ),
            )

    @precondition(lambda self: bool(of(self.world.now["pips.DataCheck"], status="open")) and self.status in RUNNING)
    @rule(who=mostly("hana", "hugo"), value=st.sampled_from([None, Decimal(70)]))
    def answer_the_check(self, who: str, value: Decimal | None) -> None:
        key = of(self.world.now["pips.DataCheck"], status="open")[-1]["id"]
        check = DataCheck.objects.select_related("plan__employee", "plan__manager", "expectation").get(pk=key)
        self.world.attempt(
            who,
            self.world.reviewers(),
            lambda member: answer_check(actor=member, check=check, answer="Looked at.", corrected_value=value),
        )

    @precondition(lambda self: self.status in RUNNING)
    @rule(who=mostly("alice"))
    def ask_for_an_accommodation(self, who: str) -> None:
        self.world.attempt(
            who,
            self.world.alice(),
            lambda member: request_accommodation(actor=member, plan=self.world.the_plan(), words=f"{SECRET}: my back."),
        )

    @precondition(lambda self: bool(of(self.world.now["pips.AccommodationRequest"], status="open")))
    @rule(who=mostly("hana", "hugo"), is_granted=st.booleans())
    def answer_the_accommodation(self, who: str, is_granted: bool) -> None:
        key = of(self.world.now["pips.AccommodationRequest"], status="open")[0]["id"]
        request = AccommodationRequest.objects.select_related("plan__employee", "plan__manager").get(pk=key)
        self.world.attempt(
            who,
            self.world.partners() - self.world.above(),
            lambda member: decide_accommodation(
                actor=member,
                request=request,
                is_granted=is_granted,
                reason=f"{SECRET}: looked at.",
                granted="A standing desk",
                starts_on=self.world.today,
            ),
        )

    @precondition(lambda self: self.status in {"decided", "closed"} and self.has_letter())
    @rule(who=mostly("alice"))
    def appeal(self, who: str) -> None:
        self.world.attempt(
            who,
            self.world.alice(),
            lambda member: file_appeal(actor=member, plan=self.world.the_plan(), words="The figures are wrong."),
        )
