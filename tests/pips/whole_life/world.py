"""The people of the machine, the time they live in, and the one way they try things."""

import datetime
import zoneinfo
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from people.enums import Role
from people.models import Employee, Membership
from pipcycle.errors import DomainError
from pips.models import Plan
from pips.tasks import refresh_one_plan
from tests.cast import Person, make_person
from tests.pips.conftest import Stage
from tests.pips.whole_life import expected, snapshot
from tests.pips.whole_life.expected import BEFORE, of
from tests.pips.whole_life.snapshot import Row, Snapshot

ZONE = zoneinfo.ZoneInfo("America/New_York")
MONDAY = datetime.date(2027, 1, 4)

#: Words that may reach nobody but HR: why somebody is away, what they complained of, why a review was decided.
SECRET = "Zugzwang"

#: A legal review that a step noticed stands although the step itself is refused.
LEGAL = frozenset({"pips.LegalReview", "reminders.Obligation"})


class World:
    """Alice, whoever is above her, HR and the bystanders, within one transaction that is rolled back."""

    def __init__(self, stage: Stage, people: dict[str, Person]) -> None:
        self.stage = stage
        self.people = people
        self.today = MONDAY
        self.chain: dict[str, str | None] = {"alice": "bob", "bob": "carol", "nora": "carol", "hugo": "carol"}
        self.has_left: set[str] = set()
        self.now = snapshot.take()
        self.moment(MONDAY, 10)

    # --- time ---------------------------------------------------------------------------------------------------------

    def moment(self, day: datetime.date, hour: int) -> None:
        """Let it be that hour of the day in Boston."""
        self.today = day
        self.stage.clock.to_moment(datetime.datetime.combine(day, datetime.time(hour, 30), tzinfo=ZONE))

    def refresh(self) -> bool:
        """Bring every plan up to today, as the task of each morning does; return whether a date changed."""
        keys = Plan.objects.exclude(status="closed").order_by("pk").values_list("pk", flat=True)
        organization = self.stage.alice.organization.pk
        return sum(refresh_one_plan(organization, key) for key in list(keys)) > 0

    # --- people -------------------------------------------------------------------------------------------------------

    def member(self, name: str) -> Membership:
        """Return the person's membership as a request would find it."""
        return Membership.objects.select_related("employee", "user", "organization").get(pk=self.people[name].member.pk)

    def employee(self, name: str) -> Employee:
        return Employee.objects.get(pk=self.people[name].employee.pk)

    def above(self) -> set[str]:
        """Return who stands above Alice."""
        names, name = set(), self.chain["alice"]
        while name is not None:
            names.add(name)
            name = self.chain.get(name)
        return names

    def managers(self) -> set[str]:
        return self.above() - self.has_left

    def partners(self) -> set[str]:
        return {"hana", "hugo"} - self.has_left

    def reviewers(self) -> set[str]:
        """Return the HR partners who neither stand above Alice nor wrote or lead her plan."""
        plan = self.plan
        names = self.partners() - self.above()
        if plan is None:
            return names
        return {
            name
            for name in names
            if self.people[name].employee.pk != plan["manager_id"]
            and self.people[name].member.pk != plan["created_by_id"]
        }

    def alice(self) -> set[str]:
        return {"alice"} - self.has_left

    # --- the plan -----------------------------------------------------------------------------------------------------

    @property
    def plan(self) -> Row | None:
        """Return Alice's last plan."""
        plans = list(self.now["pips.Plan"].values())
        return plans[-1] if plans else None

    @property
    def status(self) -> str:
        return "" if self.plan is None else str(self.plan["status"])

    @property
    def is_free(self) -> bool:
        """Return whether Alice has no open plan."""
        return self.status in {"", "decided", "followed_up", "closed"}

    def the_plan(self) -> Plan:
        assert self.plan is not None
        return Plan.objects.select_related("employee", "manager").get(pk=self.plan["id"])

    def parts(self, label: str) -> list[Row]:
        return [] if self.plan is None else of(self.now[label], plan_id=self.plan["id"])

    # --- trying things ------------------------------------------------------------------------------------------------

    def attempt(self, who: str, allowed: set[str], act: Callable[[Membership], Any]) -> bool:
        """Let somebody try something; return whether it was done.

        Whoever may not, is refused, and whoever may, is told why if not; what is refused leaves everything as it was.
        """
        try:
            with transaction.atomic():
                act(self.member(who))
        except PermissionDenied:
            assert who not in allowed, f"{who} may do this, and was refused"
            done = False
        except DomainError:
            done = False
        else:
            assert who in allowed, f"{who} may not do this, and did"
            done = True
        after = snapshot.take()
        if not done:
            assert snapshot.changes(self.now, after, but=LEGAL) == []
        self.look(after)
        return done

    def look(self, after: Snapshot | None = None) -> None:
        """Read everything anew; what was held, delivered, decided or written for good is what it was."""
        before, self.now = self.now, after or snapshot.take()
        assert list(expected.troubles_of_change(before, self.now, snapshot.FINAL)) == []
        assert list(expected.troubles_of_versions(before, self.now)) == []

    def sees_plan(self, name: str, plan: Row) -> bool:
        """Return whether the person may read the plan."""
        if name in self.has_left:
            return False
        if name == "alice":
            return plan["issued_at"] is not None and plan["status"] not in BEFORE
        return name in self.managers() | self.partners()


def make_people(stage: Stage, others: dict[str, Person], carol: Person) -> dict[str, Person]:
    """Return the cast by name: Nora and Hugo, an HR partner, report to Carol beside Bob."""
    nora = make_person(stage.bob.organization, "Nora", "North", manager=carol)
    hugo = make_person(stage.bob.organization, "Hugo", "Hart", manager=carol, roles=(Role.HR_PARTNER,))
    return {
        "alice": stage.alice,
        "bob": stage.bob,
        "hana": stage.hana,
        "carol": carol,
        "nora": nora,
        "hugo": hugo,
        **others,
    }
