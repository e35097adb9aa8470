"""What a goal does not take: changes out of its time, words too late, files too big; what was typed is kept."""

from django.core.files.uploadedfile import SimpleUploadedFile

from goals.enums import GoalStatus, RevisionStatus
from goals.models import Cycle, Goal
from goals.services.revisions import propose_revision, withdraw_revision
from people.models import Responsibility
from tests.cast import Person
from tests.goals.conftest import MakeGoal
from tests.goals.views.conftest import GOALS, ClientOf, page, typed


def test_mistakes_keep_what_was_typed(browse: ClientOf, cycle: Cycle, anchor: Responsibility, alice: Person) -> None:
    answer = browse(alice).post(
        f"{GOALS}new/", typed(cycle, anchor, baseline="thirty", due_on="2020-01-01", why="Words I do not want to lose.")
    )

    assert answer.status_code == 422
    assert "Words I do not want to lose." in answer.text
    assert "comes before the first day" in answer.text
    assert not Goal.objects.exists()


def test_who_comes_too_late_keeps_the_words_and_is_told_who_was_first(
    browse: ClientOf, make_goal: MakeGoal, bob: Person, carol: Person
) -> None:
    goal = make_goal(GoalStatus.PROPOSED)
    browse(bob).post(page(goal, "answer"), {"answer": "accept"})

    answer = browse(carol).post(page(goal, "answer"), {"answer": "return", "reason": "I would wait."})

    assert answer.status_code == 409
    assert "bob@harbor.example" in answer.text or "Bob Bailey moved this goal" in answer.text
    assert "I would wait." in answer.text


def test_a_file_that_cannot_be_taken_keeps_the_words(browse: ClientOf, make_goal: MakeGoal, alice: Person) -> None:
    goal = make_goal()
    file = SimpleUploadedFile("report.pdf", b"MZ renamed", "application/pdf")

    answer = browse(alice).post(page(goal, "update"), {"comment": "Long words.", "evidence": file})

    assert answer.status_code == 409
    assert "whose content fits its name" in answer.text
    assert "Long words." in answer.text


def test_an_archived_goal_takes_no_words_and_keeps_what_was_typed(
    browse: ClientOf, make_goal: MakeGoal, cycle: Cycle, alice: Person
) -> None:
    goal = make_goal()
    Cycle.objects.filter(pk=cycle.pk).update(status="archived")

    answer = browse(alice).post(page(goal, "feedback"), {"reason": "It went well."})

    assert answer.status_code == 409
    assert "is archived and only read" in answer.text
    assert "It went well." in answer.text


def test_an_answer_that_comes_too_late_shows_its_words_again(
    browse: ClientOf, make_goal: MakeGoal, alice: Person, bob: Person
) -> None:
    goal = make_goal()
    revision = propose_revision(actor=bob.member, goal=goal, changes={"target": 3}, reason="Split.")
    withdraw_revision(actor=bob.member, revision=revision)

    answer = browse(alice).post(
        f"{page(goal)}revisions/1/answer/", {"answer": "decline", "reason": "The volume is the same."}
    )

    assert answer.status_code == 409
    assert "This change is settled already: withdrawn." in answer.text
    assert "The volume is the same." in answer.text


def test_declining_without_a_reason_is_refused(
    browse: ClientOf, make_goal: MakeGoal, alice: Person, bob: Person
) -> None:
    goal = make_goal()
    propose_revision(actor=bob.member, goal=goal, changes={"target": 3}, reason="Split.")

    answer = browse(alice).post(f"{page(goal)}revisions/1/answer/", {"answer": "decline", "reason": " "})

    assert answer.status_code == 409
    assert "Say why not" in answer.text
    assert goal.revisions.get().status == RevisionStatus.PENDING
