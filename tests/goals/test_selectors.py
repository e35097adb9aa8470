"""Who finds which goal, and who reads its record."""

import pytest
from django.http import Http404

from goals.enums import GoalStatus, Visibility
from goals.inputs import GoalInput
from goals.models import Cycle, Evidence, Goal
from goals.selectors.goals import evidence_for, goal_for, goals_visible_to, reads_record
from goals.services.goals import draft_goal, propose_goal, return_goal
from people.enums import Role
from people.models import Organization, Responsibility
from tests.cast import Person, make_person
from tests.goals.conftest import MakeGoal, facts

CAST = ("alice", "bob", "carol", "hana", "adam", "eve", "ines")


@pytest.fixture
def whole(anchor: Responsibility) -> GoalInput:
    return facts(anchor)


def readers(request: pytest.FixtureRequest, goal: Goal, names: tuple[str, ...] = CAST) -> list[str]:
    """Return who of the cast finds the goal."""
    people = {name: request.getfixturevalue(name) for name in names}
    return [name for name, one in people.items() if goals_visible_to(one.member).filter(pk=goal.pk).exists()]


def test_an_agreed_goal_is_read_by_its_people(request: pytest.FixtureRequest, make_goal: MakeGoal) -> None:
    assert readers(request, make_goal()) == ["alice", "bob", "carol", "hana"]


def test_before_it_is_proposed_a_draft_is_read_by_the_side_that_writes_it(
    request: pytest.FixtureRequest, cycle: Cycle, whole: GoalInput, alice: Person, bob: Person
) -> None:
    own = draft_goal(actor=alice.member, employee=alice.employee, cycle=cycle, facts=whole)
    from_above = draft_goal(actor=bob.member, employee=alice.employee, cycle=cycle, facts=whole)

    assert readers(request, own) == ["alice"]
    assert readers(request, from_above) == ["bob", "carol"]


def test_a_returned_goal_is_known_to_both_sides(
    request: pytest.FixtureRequest, cycle: Cycle, whole: GoalInput, alice: Person, bob: Person
) -> None:
    goal = draft_goal(actor=bob.member, employee=alice.employee, cycle=cycle, facts=whole)
    propose_goal(actor=bob.member, goal=goal)
    return_goal(actor=alice.member, goal=goal, reason="Count what I can change.")

    assert readers(request, goal) == ["alice", "bob", "carol", "hana"]


@pytest.mark.parametrize(
    ("visibility", "expected"),
    [
        (Visibility.PRIVATE, []),
        (Visibility.TEAM, ["Yusuf"]),
        (Visibility.ORGANIZATION, ["Yusuf", "Zoe"]),
    ],
)
def test_colleagues_find_what_is_shown_to_them(
    make_goal: MakeGoal, bob: Person, carol: Person, visibility: Visibility, expected: list[str]
) -> None:
    goal = make_goal(visibility=visibility)
    yusuf = make_person(bob.organization, "Yusuf", "Younis", manager=bob)
    zoe = make_person(bob.organization, "Zoe", "Zeller", manager=carol)

    found = [
        one.employee.given_name for one in (yusuf, zoe) if goals_visible_to(one.member).filter(pk=goal.pk).exists()
    ]

    assert found == expected
    assert not reads_record(yusuf.member, goal)


@pytest.mark.parametrize("status", [GoalStatus.DRAFT, GoalStatus.PROPOSED, GoalStatus.CANCELLED])
def test_colleagues_find_only_what_is_agreed(make_goal: MakeGoal, eve: Person, status: GoalStatus) -> None:
    goal = make_goal(status, visibility=Visibility.ORGANIZATION)

    assert not goals_visible_to(eve.member).filter(pk=goal.pk).exists()


def test_evidence_stays_with_the_people_of_the_goal(make_goal: MakeGoal, alice: Person, eve: Person) -> None:
    goal = make_goal(visibility=Visibility.ORGANIZATION)
    file = Evidence.objects.create(
        goal=goal, filename="a.txt", content_type="text/plain", size=1, sha256="0" * 64, content=b"a"
    )

    assert goal_for(eve.member, goal.pk) == goal
    assert evidence_for(alice.member, file.pk) == file
    with pytest.raises(Http404):
        evidence_for(eve.member, file.pk)


def test_an_hr_partner_writes_no_drafts_and_sees_none(
    harbor_context: Organization, make_goal: MakeGoal, bob: Person
) -> None:
    outside = make_person(bob.organization, "Hugo", "Hart", roles=(Role.HR_PARTNER,), is_employed=False)
    draft, agreed = make_goal(GoalStatus.DRAFT), make_goal()

    assert list(goals_visible_to(outside.member).filter(pk__in=[draft.pk, agreed.pk])) == [agreed]
