"""What happens to people, and time that passes."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from people.enums import LeaveKind, LeavingKind, ProtectedActivityKind
from people.models import Leave
from people.services.employees import change_manager, end_employment
from people.services.leave import change_leave, record_leave, withdraw_leave
from people.services.protected import record_protected_activity
from tests.pips.whole_life import snapshot
from tests.pips.whole_life.begun import ONE_DAY, Begun, mostly, offsets, pick, spans, which
from tests.pips.whole_life.expected import RUNNING
from tests.pips.whole_life.world import SECRET


class People(Begun):
    """Leave, complaints, new managers, people who leave, days that pass."""

    @rule(
        who=mostly("hana", "adam"),
        offset=offsets,
        span=spans,
        kind=st.sampled_from([LeaveKind.VACATION, LeaveKind.VACATION, LeaveKind.MEDICAL]),
    )
    def record_leave(self, who: str, offset: int, span: int | None, kind: LeaveKind) -> None:
        first = self.world.today + offset * ONE_DAY
        last = None if span is None else first + span * ONE_DAY
        self.world.attempt(
            who,
            self.recorders(),
            lambda member: record_leave(
                actor=member,
                employee=self.world.employee("alice"),
                starts_on=first,
                ends_on=last,
                kind=kind,
                note=f"{SECRET} leave",
            ),
        )

    @precondition(lambda self: bool(self.world.now["people.Leave"]))
    @rule(who=mostly("hana", "adam"), number=which, offset=offsets, span=spans)
    def change_leave(self, who: str, number: int, offset: int, span: int | None) -> None:
        first = self.world.today + offset * ONE_DAY
        last = None if span is None else first + span * ONE_DAY
        leave = self.leave(number)
        self.world.attempt(
            who,
            self.recorders(),
            lambda member: change_leave(actor=member, leave=leave, starts_on=first, ends_on=last),
        )

    @precondition(lambda self: bool(self.world.now["people.Leave"]))
    @rule(who=mostly("hana", "adam"), number=which)
    def withdraw_leave(self, who: str, number: int) -> None:
        leave = self.leave(number)
        self.world.attempt(who, self.recorders(), lambda member: withdraw_leave(actor=member, leave=leave))

    def leave(self, number: int) -> Leave:
        key = pick(list(self.world.now["people.Leave"].values()), number)
        return Leave.objects.select_related("employee").get(pk=key)

    def recorders(self) -> set[str]:
        return ({"adam"} | self.world.partners()) - self.world.has_left

    @rule(who=mostly("hana"), back=st.integers(0, 200), kind=st.sampled_from(ProtectedActivityKind))
    def protected_activity(self, who: str, back: int, kind: ProtectedActivityKind) -> None:
        self.world.attempt(
            who,
            (self.world.partners() - self.world.above()) | self.world.alice(),
            lambda member: record_protected_activity(
                actor=member,
                employee=self.world.employee("alice"),
                kind=kind,
                occurred_on=self.world.today - back * ONE_DAY,
                note=f"{SECRET} activity",
            ),
        )

    @rule(who=mostly("adam"), manager=st.sampled_from(["bob", "nora", "carol", "hugo"]))
    def change_manager(self, who: str, manager: str) -> None:
        world = self.world
        if manager in world.has_left:
            return
        done = world.attempt(
            who,
            {"adam"},
            lambda member: change_manager(
                actor=member, employee=world.employee("alice"), manager=world.employee(manager)
            ),
        )
        if done:
            world.chain["alice"] = manager
            self.refresh()

    @rule(leaver=st.sampled_from(["alice", "bob", "bob", "nora"]), is_meant=st.sampled_from([False, False, True]))
    def leave_the_organization(self, leaver: str, is_meant: bool) -> None:
        world = self.world
        if not is_meant or leaver in world.has_left:
            return
        done = world.attempt(  # the plan of one who leaves is closed in the same transaction
            "adam",
            {"adam"},
            lambda member: end_employment(
                actor=member,
                employee=world.employee(leaver),
                left_on=world.today,
                kind=LeavingKind.VOLUNTARY,
            ),
        )
        assert done
        world.has_left.add(leaver)
        self.refresh()

    @rule(days=st.sampled_from([1, 1, 2, 7, 14, 30]), hour=st.sampled_from([0, 9, 17, 23]))
    def days_pass(self, days: int, hour: int) -> None:
        self.world.moment(self.world.today + days * ONE_DAY, hour)
        self.refresh()

    @precondition(lambda self: self.status in RUNNING)
    @rule(hour=st.sampled_from([9, 17]))
    def the_next_milestone_comes(self, hour: int) -> None:
        ahead = [row["due_on"] for row in self.world.parts("pips.Milestone") if row["due_on"] > self.world.today]
        self.world.moment(min(ahead, default=self.world.today + ONE_DAY), hour)
        self.refresh()

    def refresh(self) -> None:
        """Let the morning's task run; running twice changes nothing."""
        self.world.refresh()
        once = snapshot.take()
        assert self.world.refresh() is False
        self.world.look()
        assert snapshot.changes(once, self.world.now) == []
