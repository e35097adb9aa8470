"""The pages of a goal: written, answered, reported on, changed and ended through the browser's own requests."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from goals.enums import GoalStatus, Measure, RevisionStatus
from goals.inputs import StepInput
from goals.models import Cycle, Evidence, Goal
from goals.services.revisions import propose_revision
from goals.services.updates import record_update
from people.models import Responsibility
from people.services.leave_status import today_of
from tests.cast import Person
from tests.goals.conftest import MakeGoal
from tests.goals.views.conftest import GOALS, ClientOf, page, typed
from tests.metrics.factories import MetricFactory


def test_an_employee_writes_and_proposes_a_goal_in_one_go(
    browse: ClientOf, cycle: Cycle, anchor: Responsibility, alice: Person
) -> None:
    client = browse(alice)
    assert "Save and propose" in client.get(f"{GOALS}new/").text

    answer = client.post(f"{GOALS}new/", typed(cycle, anchor, then="propose"))

    goal = Goal.objects.get()
    assert answer.headers["Location"] == page(goal)
    assert (goal.status, goal.employee, goal.weight) == (GoalStatus.PROPOSED, alice.employee, 2)


def test_a_manager_chooses_for_whom(
    browse: ClientOf, cycle: Cycle, anchor: Responsibility, bob: Person, alice: Person
) -> None:
    client = browse(bob)
    assert "Alice Archer" in client.get(f"{GOALS}new/").text

    client.post(f"{GOALS}new/?employee={alice.employee.pk}", typed(cycle, anchor))

    goal = Goal.objects.get()
    assert (goal.status, goal.employee) == (GoalStatus.DRAFT, alice.employee)
    assert browse(alice).get(page(goal)).status_code == 404


def test_half_a_goal_is_saved_and_not_proposed(
    browse: ClientOf, cycle: Cycle, anchor: Responsibility, alice: Person
) -> None:
    client = browse(alice)

    answer = client.post(f"{GOALS}new/", typed(cycle, anchor, target="", then="propose"), follow=True)

    assert "The draft is saved but not proposed." in answer.text
    assert Goal.objects.get().status == GoalStatus.DRAFT


def test_milestones_are_typed_in_rows(browse: ClientOf, cycle: Cycle, anchor: Responsibility, alice: Person) -> None:
    rows = {
        "measure": "milestones", "steps-TOTAL_FORMS": "3", "steps-0-title": "Enrol", "steps-0-due_on": "",
        "steps-1-title": "", "steps-1-due_on": "", "steps-2-title": "Finish", "steps-2-due_on": "2027-01-04",
    }  # fmt: skip
    browse(alice).post(f"{GOALS}new/", typed(cycle, anchor, **rows))

    assert [step.title for step in Goal.objects.get().steps.all()] == ["Enrol", "Finish"]


def test_without_an_open_cycle_the_page_says_what_comes(browse: ClientOf, alice: Person) -> None:
    assert "No cycle is open" in browse(alice).get(f"{GOALS}new/").text


def test_the_other_side_accepts_or_returns(browse: ClientOf, make_goal: MakeGoal, bob: Person, alice: Person) -> None:
    accepted, returned = make_goal(GoalStatus.PROPOSED), make_goal(GoalStatus.PROPOSED)
    client = browse(bob)
    assert "Accept the goal" in client.get(page(accepted, "answer")).text

    client.post(page(accepted, "answer"), {"answer": "accept", "reason": ""})
    assert client.post(page(returned, "answer"), {"answer": "return", "reason": ""}).status_code == 422
    client.post(page(returned, "answer"), {"answer": "return", "reason": "By spring, please."})

    accepted.refresh_from_db()
    returned.refresh_from_db()
    assert (accepted.status, returned.status) == (GoalStatus.ACTIVE, GoalStatus.DRAFT)
    assert "By spring, please." in browse(alice).get(page(returned)).text


@pytest.mark.parametrize(
    ("status", "who", "primary"),
    [
        (GoalStatus.DRAFT, "alice", "Propose the goal"),
        (GoalStatus.PROPOSED, "bob", "Answer the proposal"),
        (GoalStatus.ACTIVE, "alice", "Give an update"),
        (GoalStatus.COMPLETED, "bob", "Say something"),
    ],
)
def test_one_thing_comes_next(
    status: GoalStatus, who: str, primary: str, browse: ClientOf, make_goal: MakeGoal, request: pytest.FixtureRequest
) -> None:
    text = browse(request.getfixturevalue(who)).get(page(make_goal(status))).text

    assert text.count("button--primary") == 1
    assert primary in text


def test_hr_reads_and_does_nothing(browse: ClientOf, make_goal: MakeGoal, hana: Person) -> None:
    goal = make_goal()
    client = browse(hana)

    assert "button--primary" not in client.get(page(goal)).text
    for name in ("answer", "update", "revision", "completion", "cancellation", "feedback", "words", "edit"):
        assert client.get(page(goal, name)).status_code == 403
        assert client.post(page(goal, name)).status_code == 403


@pytest.mark.parametrize("who", ["adam", "eve", "ines"])
def test_nobody_else_finds_the_goal(
    who: str, browse: ClientOf, make_goal: MakeGoal, request: pytest.FixtureRequest
) -> None:
    assert browse(request.getfixturevalue(who)).get(page(make_goal())).status_code == 404


def test_a_goal_for_everybody_is_read_by_everybody_once_agreed(
    browse: ClientOf, make_goal: MakeGoal, eve: Person
) -> None:
    draft = make_goal(GoalStatus.PROPOSED, visibility="organization")
    agreed = make_goal(visibility="organization")

    assert browse(eve).get(page(draft)).status_code == 404
    assert browse(eve).get(page(agreed)).status_code == 200


def test_an_update_with_a_file_and_its_download(
    browse: ClientOf, make_goal: MakeGoal, alice: Person, bob: Person, eve: Person
) -> None:
    goal = make_goal()
    client = browse(alice)
    file = SimpleUploadedFile("queue.csv", b"day;cases\n1;44\n", "text/csv")

    client.post(page(goal, "update"), {"value": "4.5", "confidence": "on_track", "comment": "Fewer.", "evidence": file})

    kept = Evidence.objects.get()
    answer = browse(bob).get(f"{GOALS}evidence/{kept.pk}/")
    assert (answer.content, answer.headers["Content-Disposition"], answer.headers["X-Content-Type-Options"]) == (
        b"day;cases\n1;44\n", 'attachment; filename="queue.csv"', "nosniff",
    )  # fmt: skip
    assert browse(eve).get(f"{GOALS}evidence/{kept.pk}/").status_code == 404
    assert "queue.csv" in client.get(page(goal)).text


def test_a_change_is_compared_proposed_and_acknowledged(
    browse: ClientOf, make_goal: MakeGoal, alice: Person, bob: Person
) -> None:
    goal = make_goal()
    agreed = {
        "measure": "percent", "baseline": "6", "target": "3", "unit": "%", "direction": "lower", "metric": "",
        "starts_on": goal.starts_on.isoformat(), "due_on": goal.due_on.isoformat(), "reason": "Half the volume.",
        "steps-TOTAL_FORMS": "0", "steps-INITIAL_FORMS": "0",
    }  # fmt: skip
    client = browse(bob)

    compared = client.post(page(goal, "revision"), {**agreed, "step": "compare"}).text
    assert "<del>2</del>" in compared
    assert "<ins>3</ins>" in compared
    assert not goal.revisions.exists()
    client.post(page(goal, "revision"), {**agreed, "step": "propose"})
    own = browse(alice)
    assert "Acknowledge the change" in own.get(page(goal)).text
    own.post(f"{page(goal)}revisions/1/answer/", {"answer": "acknowledge", "reason": ""})

    goal.refresh_from_db()
    assert (goal.target, goal.revisions.get().status) == (Decimal(3), RevisionStatus.ACKNOWLEDGED)


def test_only_the_other_side_answers_a_change(browse: ClientOf, make_goal: MakeGoal, bob: Person, hana: Person) -> None:
    goal = make_goal()
    propose_revision(actor=bob.member, goal=goal, changes={"target": 3}, reason="Split.")
    path = f"{page(goal)}revisions/1/answer/"

    assert browse(bob).post(path, {"answer": "acknowledge"}).status_code == 403
    assert browse(hana).post(path, {"answer": "withdraw"}).status_code == 403
    assert browse(bob).get(path).status_code == 405


def test_a_goal_is_completed_and_spoken_about(
    browse: ClientOf, make_goal: MakeGoal, alice: Person, bob: Person
) -> None:
    goal = make_goal()
    client = browse(bob)

    client.post(page(goal, "completion"), {"result": "partly", "reason": "Four weeks of six."})
    client.post(page(goal, "feedback"), {"reason": "The checklist made the difference."})

    text = browse(alice).get(page(goal)).text
    assert "Partly reached" in text
    assert "The checklist made the difference." in text


def test_milestones_are_ticked_off(browse: ClientOf, make_goal: MakeGoal, alice: Person, eve: Person) -> None:
    goal = make_goal(measure=Measure.MILESTONES, steps=[StepInput(title="Enrol")], visibility="organization")
    step = goal.steps.get()
    path = f"{page(goal)}milestones/{step.pk}/"

    assert browse(eve).post(path, {"done": "yes"}).status_code == 403
    browse(alice).post(path, {"done": "yes"})

    step.refresh_from_db()
    assert step.done_on == today_of(alice.employee)


def test_words_change_and_the_target_cannot(browse: ClientOf, make_goal: MakeGoal, alice: Person) -> None:
    goal = make_goal()

    browse(alice).post(
        page(goal, "words"),
        {
            "title": "Fewer corrections",
            "why": "",
            "support_needed": "",
            "weight": "3",
            "visibility": "team",
            "target": "9",
        },
    )

    goal.refresh_from_db()
    assert (goal.title, goal.weight, goal.target) == ("Fewer corrections", 3, Decimal(2))


#: An employee who is no manager is asked for on the rail: have they plans, or disciplinary actions, to read?
QUERIES = {"alice": 13, "bob": 13, "hana": 13}


@pytest.mark.parametrize("who", ["alice", "bob", "hana"])
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_with_more_on_its_record(
    count: int,
    who: str,
    browse: ClientOf,
    make_goal: MakeGoal,
    alice: Person,
    request: pytest.FixtureRequest,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    goal = make_goal()
    for number in range(count):
        record_update(actor=alice.member, goal=goal, comment=f"Word {number}")
    client = browse(request.getfixturevalue(who))
    client.get(page(goal))

    with django_assert_num_queries(QUERIES[who]):
        client.get(page(goal))


def test_the_chart_of_the_metric_is_linked_for_those_who_may_see_it(
    browse: ClientOf, make_goal: MakeGoal, alice: Person, eve: Person
) -> None:
    metric = MetricFactory.create(key="error-rate", unit="%")
    goal = make_goal(metric=metric, visibility="organization")
    link = f"/o/harbor/metrics/people/{alice.employee.pk}/{metric.pk}/"

    assert link in browse(alice).get(page(goal)).text
    assert link not in browse(eve).get(page(goal)).text


def test_who_proposed_is_told_who_is_asked_and_can_take_it_back(
    browse: ClientOf, make_goal: MakeGoal, alice: Person
) -> None:
    text = browse(alice).get(page(make_goal(GoalStatus.PROPOSED))).text

    assert "Bob Bailey is asked for an answer." in text
    assert "Take the proposal back" in text
    assert "button--primary" not in text


def test_a_change_that_waits_is_the_next_step_of_whoever_is_to_answer(
    browse: ClientOf, make_goal: MakeGoal, alice: Person, bob: Person
) -> None:
    goal = make_goal()
    propose_revision(actor=bob.member, goal=goal, changes={"target": 3}, reason="Split.")

    assert "Answer the change" in browse(alice).get(page(goal)).text
    assert "Answer the change" not in browse(bob).get(page(goal)).text


def test_colleagues_see_the_goal_and_not_what_is_said_of_it(
    browse: ClientOf, make_goal: MakeGoal, alice: Person, bob: Person, eve: Person
) -> None:
    goal = make_goal(visibility="organization", support_needed="Two days of training.")
    record_update(actor=alice.member, goal=goal, value=Decimal(4), comment="The Monday batch is hard for me.")
    propose_revision(actor=bob.member, goal=goal, changes={"target": 3}, reason="She struggles.")

    text = browse(eve).get(page(goal)).text

    assert goal.title in text
    assert "50 % of the way" in text
    for words in ("The Monday batch", "She struggles.", "Two days of training.", "Every step of this goal"):
        assert words not in text


@pytest.mark.parametrize(
    ("state", "words", "primary"),
    [
        ("frozen", "The cycle is frozen", "Give an update"),
        ("archived", "The cycle is archived: this goal is only read.", None),
    ],
)
def test_the_page_offers_what_the_cycle_allows(
    browse: ClientOf, make_goal: MakeGoal, cycle: Cycle, alice: Person, state: str, words: str, primary: str | None
) -> None:
    goal = make_goal()
    Cycle.objects.filter(pk=cycle.pk).update(status=state)

    text = browse(alice).get(page(goal)).text

    assert words in text
    assert "Propose a change" not in text
    assert (primary in text) if primary else ("button--primary" not in text)
