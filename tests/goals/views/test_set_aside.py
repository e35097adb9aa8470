"""Remarks of the coach set aside with a reason: kept with the draft, read by the other side."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from goals.enums import GoalStatus, Visibility
from goals.models import Cycle, Goal
from goals.selectors.coach import set_aside_in
from goals.services.goals import accept_goal, propose_goal
from goals.services.wording import keep_set_aside
from people.models import Organization, Responsibility
from pipcycle.writing import SetAside
from tests.cast import Person
from tests.goals.conftest import MakeGoal
from tests.goals.views.conftest import GOALS, page, typed

ClientOf = Callable[[Person], Client]
TITLE = "Answer 45 cases a day as needed"
VALUE = "words.vague_amount|title|as needed"
WHY = "“As needed” is the name of the queue."
ASIDE = SetAside(code="words.vague_amount", field="title", words="as needed", reason=WHY, said="Leaves open how much.")
PRESSED = {"set_aside": VALUE, f"because {VALUE}": WHY}
CARRIED = {"aside_shown": "1", "aside": VALUE, f"because {VALUE}": WHY}


@pytest.fixture
def browse(harbor_context: Organization, client_of: ClientOf) -> ClientOf:
    return client_of


@pytest.fixture
def draft(make_goal: MakeGoal, alice: Person) -> Goal:
    """A draft of Alice, in which she has set one remark aside."""
    goal = make_goal(GoalStatus.DRAFT, title=TITLE)
    return keep_set_aside(actor=alice.member, goal=goal, aside=[ASIDE])


def reasons_of(goal: Goal) -> list[tuple[str, str, int | None]]:
    """Return the words, the reason and who, as the database has them."""
    return [(one.words, one.reason, one.by) for one in set_aside_in(Goal.objects.get(pk=goal.pk))]


def test_what_is_set_aside_while_writing_is_saved_with_the_goal(
    browse: ClientOf, cycle: Cycle, anchor: Responsibility, alice: Person
) -> None:
    browse(alice).post(f"{GOALS}new/", typed(cycle, anchor, title=TITLE, **CARRIED))

    goal = Goal.objects.get()
    (kept,) = set_aside_in(goal)
    assert reasons_of(goal) == [("as needed", WHY, alice.member.pk)]
    assert kept.at is not None
    assert kept.said == "“as needed” leaves open how much or what."


def test_without_javascript_the_draft_is_saved_and_opened_again(
    browse: ClientOf, draft: Goal, cycle: Cycle, anchor: Responsibility, alice: Person
) -> None:
    keep_set_aside(actor=alice.member, goal=draft, aside=[])

    answer = browse(alice).post(page(draft, "edit"), typed(cycle, anchor, title=TITLE, **PRESSED))

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{page(draft, 'edit')}#coach-title")
    assert reasons_of(draft) == [("as needed", WHY, alice.member.pk)]


def test_the_form_opens_with_what_is_set_aside(browse: ClientOf, draft: Goal, alice: Person) -> None:
    answer = browse(alice).get(page(draft, "edit"))

    assert f'name="aside" value="{VALUE}" form="goal-form"' in answer.text
    assert f"Set aside, because: {WHY}" in answer.text
    assert "leaves open how much" not in "".join(
        shown.remark.message for part in answer.context["letters"] for shown in part["remarks"]
    )


def test_it_stays_with_whoever_set_it_aside_first(
    browse: ClientOf, make_goal: MakeGoal, cycle: Cycle, anchor: Responsibility, alice: Person, bob: Person
) -> None:
    goal = make_goal(GoalStatus.PROPOSED, title=TITLE)
    Goal.objects.filter(pk=goal.pk).update(set_aside=[])
    browse(bob).post(page(goal, "answer"), {"answer": "return", "reason": "Say it shorter."})
    keep_set_aside(actor=alice.member, goal=Goal.objects.get(), aside=[ASIDE])

    browse(bob).post(page(goal, "edit"), typed(cycle, anchor, title=f"{TITLE}!", **CARRIED))

    assert reasons_of(goal) == [("as needed", WHY, alice.member.pk)]


@pytest.mark.parametrize(
    "sent",
    [
        {"title": "Answer 45 cases a day", **CARRIED},
        {"title": TITLE, "aside_shown": "1"},
        {"title": TITLE, "take_back": VALUE, **CARRIED},
    ],
    ids=["other-words", "left-out", "taken-back"],
)
def test_it_goes_with_the_words_or_when_it_is_taken_back(
    sent: dict[str, Any], browse: ClientOf, draft: Goal, cycle: Cycle, anchor: Responsibility, alice: Person
) -> None:
    browse(alice).post(page(draft, "edit"), typed(cycle, anchor, **sent))

    assert reasons_of(draft) == []


def test_a_form_that_did_not_show_the_coach_changes_nothing(
    browse: ClientOf, draft: Goal, cycle: Cycle, anchor: Responsibility, alice: Person
) -> None:
    browse(alice).post(page(draft, "edit"), typed(cycle, anchor, title=TITLE.upper()))

    assert reasons_of(draft) == [("as needed", WHY, alice.member.pk)]


def test_the_other_side_reads_it_with_the_proposal(browse: ClientOf, draft: Goal, alice: Person, bob: Person) -> None:
    propose_goal(actor=alice.member, goal=draft)

    for address in (page(draft, "answer"), page(draft)):
        text = browse(bob).get(address).text
        assert f"Set aside, because: {WHY}" in text
        assert "Alice Archer" in text
        assert "Take it back" not in text


def test_colleagues_a_goal_is_shown_to_do_not_read_it(
    browse: ClientOf, draft: Goal, alice: Person, bob: Person, eve: Person
) -> None:
    Goal.objects.filter(pk=draft.pk).update(visibility=Visibility.ORGANIZATION)
    propose_goal(actor=alice.member, goal=draft)
    accept_goal(actor=bob.member, goal=draft)

    answer = browse(eve).get(page(draft))

    assert answer.status_code == 200
    assert WHY not in answer.text


def test_after_the_proposal_nothing_is_set_aside_any_more(draft: Goal, alice: Person) -> None:
    propose_goal(actor=alice.member, goal=draft)

    with pytest.raises(PermissionDenied):
        keep_set_aside(actor=alice.member, goal=draft, aside=[])

    assert reasons_of(draft) == [("as needed", WHY, alice.member.pk)]
