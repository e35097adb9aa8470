"""Actions of an agreed plan: both propose, the other side answers, and what is done shows."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from development.enums import ActionKind, ActionStatus, DevelopmentStatus
from development.models import ActionUpdate, TrainingCourse
from development.obligations import Owed
from development.selectors.evidence import is_shown
from development.services.actions import accept_action, decline_action, drop_action, propose_action, update_action
from development.services.plans import close_plan
from development.services.training import complete_enrolment, enrol
from goals.services.evidence import EvidenceFile
from pipcycle.errors import DomainError
from tests.cast import Person
from tests.development.conftest import PDF, MakePlan, action_facts, days, only_action
from tests.development.services.test_plans import owed


def kinds() -> set[tuple[str, str]]:
    """Return what is owed and by whom, without the plan's own closing."""
    return {(kind, who) for kind, who, _day in owed() if kind != Owed.CLOSE}


@pytest.mark.parametrize(("proposer", "answers"), [("alice", "Bob"), ("bob", "Alice")])
def test_an_action_one_side_proposes_waits_for_the_other(
    proposer: str, answers: str, make_plan: MakePlan, alice: Person, request: pytest.FixtureRequest
) -> None:
    plan = make_plan()

    facts = action_facts(alice.employee, title="Sit in with finance", kind=ActionKind.MENTOR)
    action = propose_action(actor=request.getfixturevalue(proposer).member, plan=plan, facts=facts)

    assert action.status == ActionStatus.PROPOSED
    assert (Owed.ANSWER_ACTION, answers) in kinds()


def test_an_accepted_action_asks_on_its_date(make_plan: MakePlan, alice: Person, bob: Person) -> None:
    plan = make_plan()
    action = propose_action(actor=bob.member, plan=plan, facts=action_facts(alice.employee, due_on=days(12)))
    with pytest.raises(PermissionDenied):
        accept_action(actor=bob.member, action=action)

    accept_action(actor=alice.member, action=action)

    assert action.status == ActionStatus.OPEN
    assert (Owed.UPDATE_ACTION, "Alice", days(12)) in owed()
    assert Owed.ANSWER_ACTION not in {kind for kind, _who in kinds()}
    with pytest.raises(DomainError, match="“Open” now"):
        accept_action(actor=alice.member, action=action)


def test_a_declined_action_keeps_the_reason(make_plan: MakePlan, alice: Person, bob: Person) -> None:
    action = propose_action(actor=alice.member, plan=make_plan(), facts=action_facts(alice.employee))
    with pytest.raises(DomainError, match="Say why"):
        decline_action(actor=bob.member, action=action, reason="")

    decline_action(actor=bob.member, action=action, reason="No money this year.")

    assert (action.status, action.ended_reason) == (ActionStatus.DROPPED, "No money this year.")


def test_a_proposal_is_taken_back_by_whoever_made_it(make_plan: MakePlan, alice: Person) -> None:
    action = propose_action(actor=alice.member, plan=make_plan(), facts=action_facts(alice.employee))

    drop_action(actor=alice.member, action=action, reason="Thought better of it.")

    assert action.status == ActionStatus.DROPPED
    assert kinds() == {(Owed.UPDATE_ACTION, "Alice")}


@pytest.mark.parametrize("status", [DevelopmentStatus.DRAFTED, DevelopmentStatus.SUBMITTED, DevelopmentStatus.CLOSED])
def test_nothing_is_proposed_for_a_plan_that_is_not_agreed(
    status: DevelopmentStatus, make_plan: MakePlan, alice: Person
) -> None:
    plan = make_plan(status)

    with pytest.raises(DomainError, match="moved this plan"):
        propose_action(actor=alice.member, plan=plan, facts=action_facts(alice.employee))


def test_progress_is_on_the_record_with_its_words(make_plan: MakePlan, alice: Person, bob: Person) -> None:
    action = only_action(make_plan())

    update_action(actor=bob.member, action=action, progress=40, note="Half of it stands.")

    update = ActionUpdate.objects.get()
    assert (action.progress, update.progress, update.note, update.author) == (40, 40, "Half of it stands.", bob.member)
    assert kinds() == {(Owed.UPDATE_ACTION, "Alice")}


def test_what_is_done_owes_what_shows_it(make_plan: MakePlan, alice: Person) -> None:
    action = only_action(make_plan())

    update_action(actor=alice.member, action=action, progress=100)
    assert (action.status, action.done_on) == (ActionStatus.DONE, days(0))
    assert kinds() == {(Owed.SHOW_EVIDENCE, "Alice")}

    update_action(actor=alice.member, action=action, progress=100, evidence_text="Three reports without a question.")
    assert kinds() == set()
    assert is_shown(action)


def test_a_file_shows_what_an_action_has_brought_and_stays_beside_the_next(make_plan: MakePlan, alice: Person) -> None:
    action = only_action(make_plan())
    update_action(actor=alice.member, action=action, progress=100, evidence=PDF)
    update_action(actor=alice.member, action=action, progress=100, evidence=PDF)

    assert [file.filename for file in action.files.all()] == ["proof.pdf", "proof.pdf"]
    assert kinds() == set()
    with pytest.raises(DomainError, match="whose content fits its name"):
        update_action(actor=alice.member, action=action, progress=50, evidence=EvidenceFile("proof.pdf", b"MZ"))
    action.refresh_from_db()
    assert action.progress == 100


@pytest.mark.parametrize(("completed_on", "is_owed"), [(days(0), False), (days(-1), True)])
def test_a_course_completed_since_the_action_began_shows_it(
    completed_on: datetime.date, is_owed: bool, make_plan: MakePlan, alice: Person, bob: Person
) -> None:
    course = TrainingCourse.objects.create(code="S", name="Safety")
    facts = action_facts(alice.employee, kind=ActionKind.COURSE, course=course)
    action = only_action(make_plan(actions=[facts]))
    update_action(actor=alice.member, action=action, progress=100)
    assert kinds() == {(Owed.SHOW_EVIDENCE, "Alice")}

    place = enrol(actor=bob.member, employee=alice.employee, course=course)
    complete_enrolment(actor=alice.member, enrolment=place, completed_on=completed_on)

    assert (bool(kinds()), is_shown(action)) == (is_owed, not is_owed)
    update_action(actor=alice.member, action=action, progress=100)
    assert bool(kinds()) == is_owed


def test_only_a_course_names_one(make_plan: MakePlan, alice: Person) -> None:
    course = TrainingCourse.objects.create(code="S", name="Safety")

    with pytest.raises(DomainError, match="names a course but is none"):
        make_plan(actions=[action_facts(alice.employee, course=course)])


def test_less_than_a_hundred_opens_it_again(make_plan: MakePlan, alice: Person, stage: object) -> None:
    action = only_action(make_plan())
    update_action(actor=alice.member, action=action, progress=100)

    update_action(actor=alice.member, action=action, progress=80)

    assert (action.status, action.done_on) == (ActionStatus.OPEN, None)
    assert kinds() == {(Owed.UPDATE_ACTION, "Alice")}


def test_a_new_date_moves_what_is_owed_and_stands_on_the_record(make_plan: MakePlan, alice: Person) -> None:
    action = only_action(make_plan())
    with pytest.raises(DomainError, match="before the action begins"):
        update_action(actor=alice.member, action=action, progress=10, due_on=days(-3))

    update_action(actor=alice.member, action=action, progress=10, due_on=days(40))

    assert (Owed.UPDATE_ACTION, "Alice", datetime.date(2026, 6, 8)) in owed()
    assert ActionUpdate.objects.get().due_on == days(40)


@pytest.mark.parametrize("progress", [-1, 101])
def test_progress_is_a_part_of_a_hundred(progress: int, make_plan: MakePlan, alice: Person) -> None:
    with pytest.raises(DomainError, match="from 0 to 100"):
        update_action(actor=alice.member, action=only_action(make_plan()), progress=progress)


def test_an_action_ended_undone_is_owed_no_more(make_plan: MakePlan, bob: Person) -> None:
    action = only_action(make_plan())

    drop_action(actor=bob.member, action=action, reason="The report is gone.")

    assert kinds() == set()


def test_nothing_moves_in_a_closed_plan(make_plan: MakePlan, alice: Person) -> None:
    plan = make_plan()
    action = only_action(plan)
    close_plan(actor=alice.member, plan=plan, reflection="Enough.")

    with pytest.raises(PermissionDenied):
        update_action(actor=alice.member, action=action, progress=10)


@pytest.mark.parametrize("who", ["hana", "adam", "eve"])
def test_whoever_only_reads_changes_nothing(who: str, make_plan: MakePlan, request: pytest.FixtureRequest) -> None:
    action = only_action(make_plan())
    member = request.getfixturevalue(who).member

    with pytest.raises(PermissionDenied):
        update_action(actor=member, action=action, progress=10)
    with pytest.raises(PermissionDenied):
        propose_action(actor=member, plan=action.plan, facts=action_facts(action.owner))
