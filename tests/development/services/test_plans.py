"""A development plan from the first draft to its end, and who owes what on the way."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from development.enums import ActionStatus, DevelopmentStatus, Side
from development.inputs import GapInput
from development.models import DevelopmentPlan
from development.obligations import ABOUT_ACTION, ABOUT_PLAN, Owed
from development.origin import Origin
from development.services.plans import (
    agree_on,
    approve_plan,
    change_draft,
    close_plan,
    draft_plan,
    return_plan,
    submit_plan,
    take_back_plan,
    withdraw_plan,
)
from development.services.sealing import acknowledge_plan
from development.services.upkeep import (
    employment_ended,
    end_plans_of_leavers,
    follow_the_people,
    start_due_plans,
)
from documents.selectors import documents_of
from goals.presence import first_day_there
from metrics.enums import SignalStatus
from metrics.models import Signal
from metrics.services.signals import dismiss_signal
from people.enums import EmployeeStatus
from people.models import Competency, Employee
from people.services.reporting_lines import rebuild_reporting_lines
from pipcycle.errors import DomainError
from reminders.enums import ObligationStatus
from reminders.models import Obligation, OutboxMessage
from tests.cast import Person
from tests.development.conftest import TODAY, At, MakePlan, action_facts, days, plan_facts
from tests.metrics.factories import MetricFactory
from tests.metrics.signal_stage import drop_of


def owed() -> set[tuple[str, str, datetime.date]]:
    """Return what is owed: the kind, by whom, when."""
    rows = Obligation.objects.filter(status=ObligationStatus.OPEN).select_related("owner")
    kinds = set(Owed)
    return {(row.kind, row.owner.given_name, row.due_on) for row in rows if row.owner and row.kind in kinds}


def test_a_draft_asks_its_employee_to_submit_it_and_tells_nobody(make_plan: MakePlan) -> None:
    plan = make_plan(DevelopmentStatus.DRAFTED)

    assert (plan.status, plan.drafted_side, plan.actions.count()) == ("drafted", Side.EMPLOYEE, 1)
    assert owed() == {("submit_development_plan", "Alice", days(14))}
    assert not OutboxMessage.objects.exists()


def test_a_draft_a_manager_begins_is_told_to_the_employee(stage: At, alice: Person, bob: Person) -> None:
    plan = draft_plan(actor=bob.member, employee=alice.employee, facts=plan_facts(alice.employee))

    assert plan.drafted_side == Side.MANAGER
    assert [message.recipient for message in OutboxMessage.objects.all()] == [alice.email]
    assert {(kind, who) for kind, who, _day in owed()} == {("submit_development_plan", "Alice")}


@pytest.mark.parametrize("who", ["hana", "adam", "eve", "ines"])
def test_nobody_else_begins_a_plan(who: str, stage: At, alice: Person, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        draft_plan(actor=request.getfixturevalue(who).member, employee=alice.employee, facts=plan_facts(alice.employee))


def test_a_person_has_one_open_plan_at_most(make_plan: MakePlan, alice: Person) -> None:
    make_plan(DevelopmentStatus.SUBMITTED)

    with pytest.raises(DomainError, match="Alice Archer has an open development plan already"):
        draft_plan(actor=alice.member, employee=alice.employee, facts=plan_facts(alice.employee))


def test_after_a_closed_plan_comes_the_next(make_plan: MakePlan) -> None:
    make_plan(DevelopmentStatus.CLOSED)
    make_plan(DevelopmentStatus.WITHDRAWN)

    assert make_plan().status == DevelopmentStatus.RUNNING
    assert DevelopmentPlan.objects.count() == 3


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ends_on": TODAY}, "ends before it begins"),
        ({"gaps": "double"}, "named twice"),
        ({"gaps": "down"}, "at that level already"),
        ({"actions": "late"}, "due before it begins"),
        ({"actions": "stranger"}, "by the employee or a manager above"),
    ],
)
def test_a_draft_that_contradicts_itself_is_refused(
    changes: dict[str, Any], says: str, writing: Competency, alice: Person, hana: Person
) -> None:
    made = {
        "double": [GapInput(competency=writing, target_level=4)] * 2,
        "down": [GapInput(competency=writing, current_level=4, target_level=3)],
        "late": [action_facts(alice.employee, due_on=days(-1))],
        "stranger": [action_facts(hana.employee)],
    }
    changes = {name: made[value] if isinstance(value, str) else value for name, value in changes.items()}

    with pytest.raises(DomainError, match=says):
        draft_plan(actor=alice.member, employee=alice.employee, facts=plan_facts(alice.employee, **changes))


def test_changing_a_draft_replaces_what_it_says(make_plan: MakePlan, alice: Person, bob: Person) -> None:
    plan = make_plan(DevelopmentStatus.DRAFTED)

    facts = plan_facts(alice.employee, aspiration="Elsewhere.", actions=[action_facts(bob.employee, title="Ask.")])
    change_draft(actor=alice.member, plan=plan, facts=facts)

    plan.refresh_from_db()
    assert (plan.aspiration, plan.gaps.count()) == ("Elsewhere.", 0)
    assert [(one.title, one.owner.given_name) for one in plan.actions.all()] == [("Ask.", "Bob")]


def test_a_private_draft_is_not_the_manager_s_to_change(make_plan: MakePlan, alice: Person, bob: Person) -> None:
    plan = make_plan(DevelopmentStatus.DRAFTED)

    with pytest.raises(PermissionDenied):
        change_draft(actor=bob.member, plan=plan, facts=plan_facts(alice.employee))


def test_submitting_asks_the_manager_and_mails_no_content(make_plan: MakePlan, bob: Person) -> None:
    make_plan(DevelopmentStatus.SUBMITTED)

    assert owed() == {("approve_development_plan", "Bob", days(7))}
    message = OutboxMessage.objects.get()
    assert message.recipient == bob.email
    assert not {"Alice", "lead the reports", "weekly"} & set((message.subject + message.text_body).split())


@pytest.mark.parametrize(
    ("changes", "says"), [({"aspiration": " "}, "Say where you want to go"), ({"actions": []}, "at least one action")]
)
def test_a_plan_that_is_not_whole_says_what_is_missing(
    changes: dict[str, Any], says: str, make_plan: MakePlan, alice: Person
) -> None:
    plan = make_plan(DevelopmentStatus.DRAFTED, **changes)

    with pytest.raises(DomainError, match=says):
        submit_plan(actor=alice.member, plan=plan)


def test_without_a_manager_nobody_can_approve(stage: At, carol: Person) -> None:
    plan = draft_plan(actor=carol.member, employee=carol.employee, facts=plan_facts(carol.employee))

    with pytest.raises(DomainError, match="no manager to approve"):
        submit_plan(actor=carol.member, plan=plan)


def test_only_the_employee_submits(stage: At, alice: Person, bob: Person) -> None:
    plan = draft_plan(actor=bob.member, employee=alice.employee, facts=plan_facts(alice.employee))

    with pytest.raises(PermissionDenied):
        submit_plan(actor=bob.member, plan=plan)


def test_taking_back_makes_it_a_draft_again(make_plan: MakePlan, alice: Person) -> None:
    plan = make_plan(DevelopmentStatus.SUBMITTED)

    take_back_plan(actor=alice.member, plan=plan)

    assert plan.status == DevelopmentStatus.DRAFTED
    assert {kind for kind, _who, _day in owed()} == {"submit_development_plan"}


def test_approval_lets_the_plan_run_and_each_action_ask_on_its_date(make_plan: MakePlan, bob: Person) -> None:
    plan = make_plan()

    assert (plan.status, plan.approved_by) == (DevelopmentStatus.RUNNING, bob.member)
    # Both days are moved to a working day: 29 May is a Friday, 26 October a Monday.
    assert owed() == {
        ("update_development_action", "Alice", datetime.date(2026, 5, 29)),
        ("close_development_plan", "Alice", datetime.date(2026, 10, 26)),
    }


def test_a_plan_of_the_future_waits_for_its_first_day(make_plan: MakePlan, stage: At) -> None:
    plan = make_plan(DevelopmentStatus.APPROVED)
    assert (plan.status, owed()) == (DevelopmentStatus.APPROVED, set())
    assert start_due_plans() == 0

    stage(days(7))
    assert [start_due_plans(), start_due_plans()] == [1, 0]

    plan.refresh_from_db()
    assert plan.status == DevelopmentStatus.RUNNING
    assert len(owed()) == 2


def test_nobody_approves_their_own_plan(stage: At, bob: Person) -> None:
    plan = draft_plan(actor=bob.member, employee=bob.employee, facts=plan_facts(bob.employee))
    submit_plan(actor=bob.member, plan=plan)

    with pytest.raises(PermissionDenied):
        approve_plan(actor=bob.member, plan=plan)


def test_an_approved_plan_is_sealed_and_its_employee_acknowledges_it(
    make_plan: MakePlan, alice: Person, bob: Person, carol: Person, hana: Person
) -> None:
    plan = make_plan(DevelopmentStatus.SUBMITTED)
    approve_plan(actor=bob.member, plan=plan)
    sealed = documents_of(alice.member, alice.employee)

    assert [(one.kind, one.about_id, one.version) for one in sealed] == [("development_plan", plan.pk, 1)]
    assert [len(documents_of(who.member, alice.employee)) for who in (bob, hana)] == [1, 1]
    assert ("acknowledge_development_plan", "Alice", days(7)) in owed()

    for who, kind in ((bob, "received"), (alice, "refused"), (hana, "refused")):
        with pytest.raises(PermissionDenied):
            acknowledge_plan(actor=who.member, plan=plan, kind=kind, witness=carol.employee)
    with pytest.raises(DomainError, match="Name a witness"):
        acknowledge_plan(actor=bob.member, plan=plan, kind="refused", witness=bob.employee)
    acknowledge_plan(actor=alice.member, plan=plan, kind="received_with_comment", comment="Gladly.")
    with pytest.raises(DomainError, match="recorded already"):
        acknowledge_plan(actor=bob.member, plan=plan, kind="refused", witness=carol.employee)
    receipt = documents_of(alice.member, alice.employee)[0].acknowledgement
    assert (receipt.comment, receipt.sha256) == ("Gladly.", sealed[0].sha256)
    assert "acknowledge_development_plan" not in {kind for kind, _who, _day in owed()}


def test_a_plan_agreed_before_plans_were_sealed_asks_for_no_receipt(make_plan: MakePlan, alice: Person) -> None:
    with pytest.raises(DomainError, match="nothing to acknowledge"):
        acknowledge_plan(actor=alice.member, plan=make_plan(), kind="received")


def test_a_returned_plan_is_reworked_from_the_manager_s_words(make_plan: MakePlan, alice: Person, bob: Person) -> None:
    plan = make_plan(DevelopmentStatus.SUBMITTED)
    with pytest.raises(DomainError, match="Say what you would change"):
        return_plan(actor=bob.member, plan=plan, reason=" ")

    return_plan(actor=bob.member, plan=plan, reason="One course less.")

    assert plan.status == DevelopmentStatus.DRAFTED
    assert plan.moves.order_by("-pk")[0].reason == "One course less."
    assert owed() == {("submit_development_plan", "Alice", days(7))}
    # Both have seen it now, so both may write.
    change_draft(actor=bob.member, plan=plan, facts=plan_facts(alice.employee))


def test_closing_keeps_the_look_back_and_releases_everybody(make_plan: MakePlan, alice: Person) -> None:
    plan = make_plan()
    gap = plan.gaps.get()
    with pytest.raises(DomainError, match="Look back"):
        close_plan(actor=alice.member, plan=plan, reflection="")

    close_plan(actor=alice.member, plan=plan, reflection="I write faster.", reached={gap.pk: 3})

    gap.refresh_from_db()
    assert (plan.status, plan.reflection, gap.reached_level) == ("closed", "I write faster.", 3)
    assert owed() == set()
    assert plan.actions.get().status == ActionStatus.OPEN


def test_an_agreed_plan_is_withdrawn_by_a_manager_only(make_plan: MakePlan, alice: Person, bob: Person) -> None:
    plan = make_plan()
    with pytest.raises(PermissionDenied):
        withdraw_plan(actor=alice.member, plan=plan, reason="No.")

    withdraw_plan(actor=bob.member, plan=plan, reason="The team is dissolved.")

    assert (plan.status, plan.ended_reason) == ("withdrawn", "The team is dissolved.")
    assert owed() == set()


def test_a_private_draft_ends_without_a_word_to_anybody(make_plan: MakePlan) -> None:
    make_plan(DevelopmentStatus.WITHDRAWN)

    assert not OutboxMessage.objects.exists()
    assert owed() == set()


@pytest.mark.parametrize("status", [DevelopmentStatus.DRAFTED, DevelopmentStatus.CLOSED])
def test_whoever_comes_too_late_is_told_who_was_quicker(
    status: DevelopmentStatus, make_plan: MakePlan, bob: Person
) -> None:
    plan = make_plan(status)

    with pytest.raises(DomainError, match="moved this plan to"):
        approve_plan(actor=bob.member, plan=plan)


def test_a_plan_from_a_signal_answers_it(writing: Competency, alice: Person, bob: Person) -> None:
    signal = drop_of(alice.employee, MetricFactory.create(key="items", name="Items done", unit="items"))

    plan = draft_plan(
        actor=bob.member,
        employee=alice.employee,
        facts=plan_facts(alice.employee),
        origin=Origin(signal=signal),
    )

    signal.refresh_from_db()
    assert (signal.status, signal.support_kind, signal.support_about_id) == (
        SignalStatus.SUPPORTED,
        "development_plan",
        plan.pk,
    )


def test_a_signal_answered_meanwhile_leaves_no_half_a_plan(writing: Competency, alice: Person, bob: Person) -> None:
    signal = drop_of(alice.employee, MetricFactory.create(key="items", name="Items done", unit="items"))
    dismiss_signal(actor=bob.member, signal=Signal.objects.get(pk=signal.pk), reason="Stocktaking.")

    with pytest.raises(DomainError):
        draft_plan(
            actor=bob.member,
            employee=alice.employee,
            facts=plan_facts(alice.employee),
            origin=Origin(signal=signal),
        )

    assert not DevelopmentPlan.objects.exists()


def test_a_plan_ends_with_the_employment(make_plan: MakePlan, alice: Person) -> None:
    plan = make_plan()

    employment_ended(alice.employee, None)

    plan.refresh_from_db()
    assert (plan.status, plan.ended_reason) == ("withdrawn", "The employee has left.")
    assert owed() == set()


def test_whoever_left_by_an_import_is_found_later(make_plan: MakePlan, alice: Person) -> None:
    plan = make_plan(DevelopmentStatus.SUBMITTED)
    Employee.objects.filter(pk=alice.employee.pk).update(status=EmployeeStatus.LEFT, left_on=TODAY)

    assert [end_plans_of_leavers(), end_plans_of_leavers()] == [1, 0]
    plan.refresh_from_db()
    assert plan.status == DevelopmentStatus.WITHDRAWN


def test_what_a_former_manager_owed_passes_to_the_new_one(
    make_plan: MakePlan, alice: Person, bob: Person, carol: Person
) -> None:
    plan = make_plan(DevelopmentStatus.SUBMITTED, actions=[action_facts(bob.employee, title="Free two hours")])
    assert {who for _kind, who, _day in owed()} == {"Bob"}
    agree_on(plan, bob.member)
    Employee.objects.filter(pk=alice.employee.pk).update(manager=carol.employee)
    Employee.objects.filter(pk=bob.employee.pk).update(manager=None)
    rebuild_reporting_lines()

    assert [follow_the_people(), follow_the_people()] == [1, 0]

    assert plan.actions.get().owner == carol.employee
    assert owed() == {
        ("update_development_action", "Carol", days(30)),
        ("close_development_plan", "Alice", first_day_there(alice.employee, days(180))),
    }


def test_duties_name_the_plan_or_the_action(make_plan: MakePlan) -> None:
    plan = make_plan()

    abouts = set(Obligation.objects.values_list("about_type", "about_id"))
    assert {(ABOUT_PLAN, plan.pk), (ABOUT_ACTION, plan.actions.get().pk)} <= abouts
