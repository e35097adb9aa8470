"""Rule 4: a plan soon after something the law protects needs a legal review; the manager sees only that HR looks."""

import datetime
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connections, transaction
from django_rls_tenants import tenant_context

from people.enums import LeaveKind, ProtectedActivityKind, Role
from people.services.leave import record_leave, withdraw_leave
from people.services.protected import record_protected_activity
from pipcycle.errors import DomainError
from pips.enums import LegalReviewStatus, PlanStatus
from pips.models import LegalReview, Plan
from pips.selectors.legal import legal_review_of_plan, legal_reviews_visible_to
from pips.services.legal import decide_legal_review, require_legal_review
from pips.services.plan import approve_plan, discard_plan, issue_plan, request_changes, submit_plan, take_back_to_draft
from pips.services.policy import change_policy
from reminders.models import Obligation
from tests.cast import Person, make_person
from tests.pips.conftest import CONFIRMED, MONDAY, Stage

TODAY = MONDAY.date()


def complain(stage: Stage, *, days_ago: int) -> None:
    record_protected_activity(
        actor=stage.hana.member,
        employee=stage.alice.employee,
        kind=ProtectedActivityKind.COMPLAINT,
        occurred_on=TODAY - datetime.timedelta(days=days_ago),
        note="About the tone in meetings.",
    )


def kinds_seen(plan: Plan) -> list[tuple[int, str]]:
    return [(trigger["rule"], trigger["kind"]) for trigger in plan.legal_reviews.get().triggers_seen]


def approve(stage: Stage, plan: Plan) -> None:
    approve_plan(actor=stage.hana.member, plan=plan, confirmations=CONFIRMED)


@pytest.mark.parametrize(("days_ago", "is_reviewed"), [(0, True), (180, True), (181, False)])
def test_a_complaint_within_the_window_opens_a_review(stage: Stage, days_ago: int, is_reviewed: bool) -> None:
    complain(stage, days_ago=days_ago)

    plan = stage.in_review()

    assert plan.legal_reviews.exists() is is_reviewed


def test_the_window_is_the_organizations(stage: Stage, adam: Person) -> None:
    change_policy(actor=adam.member, legal_review_window_days=30)
    complain(stage, days_ago=31)

    assert not stage.in_review().legal_reviews.exists()


@pytest.mark.parametrize(
    ("kind", "is_protected", "is_reviewed"),
    [
        (LeaveKind.MEDICAL, False, True),
        (LeaveKind.FAMILY, False, True),
        (LeaveKind.PARENTAL, False, True),
        (LeaveKind.OTHER, True, True),
        (LeaveKind.OTHER, False, False),
        (LeaveKind.VACATION, False, False),
    ],
)
def test_protected_leave_opens_a_review_and_a_holiday_does_not(
    stage: Stage, kind: LeaveKind, is_protected: bool, is_reviewed: bool
) -> None:
    record_leave(
        actor=stage.hana.member,
        employee=stage.alice.employee,
        starts_on=TODAY - datetime.timedelta(days=60),
        ends_on=TODAY - datetime.timedelta(days=50),
        kind=kind,
        is_protected=is_protected,
    )

    assert stage.in_review().legal_reviews.exists() is is_reviewed


def test_the_manager_hears_only_that_hr_reviews(stage: Stage) -> None:
    complain(stage, days_ago=10)
    plan = stage.in_review()

    with pytest.raises(DomainError) as refused:
        approve(stage, plan)

    assert str(refused.value) == (
        "HR review required. HR tells you as soon as the plan can go on. Nothing needs to be done until then."
    )
    assert legal_review_of_plan(stage.bob.member, plan.pk) is None
    assert not legal_reviews_visible_to(stage.bob.member).exists()
    assert not legal_reviews_visible_to(stage.alice.member).exists()
    assert not Obligation.objects.filter(kind="decide_legal_review", owner__isnull=False).exists()


def test_a_cleared_plan_goes_on_with_the_reasons_on_hrs_record(stage: Stage) -> None:
    complain(stage, days_ago=10)
    plan = stage.in_review()
    review = legal_review_of_plan(stage.hana.member, plan.pk)
    assert review is not None

    decide_legal_review(actor=stage.hana.member, review=review, may_go_on=True, reasons="The figures came first.")
    approve(stage, plan)
    issue_plan(actor=stage.bob.member, plan=plan)

    assert (review.status, review.reasons, review.decided_by) == (
        LegalReviewStatus.CLEARED,
        "The figures came first.",
        stage.hana.member,
    )
    assert Obligation.objects.get(kind="decide_legal_review").status == "fulfilled"
    assert "The figures came first." not in "".join(plan.notes.values_list("body", flat=True))


def test_a_stopped_plan_cannot_go_on_and_is_looked_at_anew_once_it_was_sent_back(stage: Stage) -> None:
    complain(stage, days_ago=10)
    plan = stage.in_review()
    decide_legal_review(
        actor=stage.hana.member, review=plan.legal_reviews.get(), may_go_on=False, reasons="The dates do not hold."
    )

    with pytest.raises(DomainError, match="HR review required"):
        approve(stage, plan)
    request_changes(actor=stage.hana.member, plan=plan, reason="Start from the figures of March.")
    take_back_to_draft(actor=stage.bob.member, plan=plan)
    submit_plan(actor=stage.bob.member, plan=plan)

    assert [review.status for review in plan.legal_reviews.all()] == ["stopped", "open"]


def test_a_stopped_plan_is_looked_at_anew_although_its_reason_is_gone(stage: Stage) -> None:
    leave = record_leave(
        actor=stage.hana.member,
        employee=stage.alice.employee,
        starts_on=TODAY - datetime.timedelta(days=60),
        ends_on=TODAY - datetime.timedelta(days=50),
        kind=LeaveKind.MEDICAL,
    )
    plan = stage.in_review()
    decide_legal_review(actor=stage.hana.member, review=plan.legal_reviews.get(), may_go_on=False, reasons="Too soon.")
    request_changes(actor=stage.hana.member, plan=plan, reason="Start from the figures of March.")
    withdraw_leave(actor=stage.hana.member, leave=leave)
    take_back_to_draft(actor=stage.bob.member, plan=plan)

    submit_plan(actor=stage.bob.member, plan=plan)

    # Without a review to decide the plan could never go on.
    assert [review.status for review in plan.legal_reviews.all()] == ["stopped", "open"]


def test_an_open_review_is_owed_while_the_plan_is_with_its_manager(stage: Stage) -> None:
    complain(stage, days_ago=10)
    plan = stage.in_review()

    request_changes(actor=stage.hana.member, plan=plan, reason="Say who reads the tracker.")

    owed = Obligation.objects.filter(status="open").order_by("kind").values_list("kind", flat=True)
    assert list(owed) == ["decide_legal_review", "revise_plan"]


def test_an_open_review_lapses_with_a_discarded_plan(stage: Stage) -> None:
    complain(stage, days_ago=10)
    plan = stage.in_review()
    request_changes(actor=stage.hana.member, plan=plan, reason="Say who reads the tracker.")

    discard_plan(actor=stage.bob.member, plan=plan, reason="Settled in a talk.")

    review = plan.legal_reviews.get()
    assert (review.status, review.reasons) == (LegalReviewStatus.LAPSED, "The plan was discarded.")
    assert not Obligation.objects.filter(status="open").exists()
    with pytest.raises(PermissionDenied):
        decide_legal_review(actor=stage.hana.member, review=review, may_go_on=True, reasons="Too late.")


def test_what_happens_after_the_approval_stops_the_delivery(stage: Stage) -> None:
    plan = stage.approved()

    complain(stage, days_ago=0)

    with pytest.raises(DomainError, match="HR review required"):
        issue_plan(actor=stage.bob.member, plan=plan)
    assert kinds_seen(plan) == [(4, "complaint")]
    plan.refresh_from_db()
    assert plan.status == PlanStatus.APPROVED


def test_leave_recorded_during_the_review_is_added_to_it(stage: Stage) -> None:
    complain(stage, days_ago=10)
    plan = stage.in_review()

    record_leave(
        actor=stage.hana.member,
        employee=stage.alice.employee,
        starts_on=TODAY + datetime.timedelta(days=20),
        kind=LeaveKind.PARENTAL,
    )

    assert kinds_seen(plan) == [(4, "complaint"), (4, "leave")]


def test_what_was_looked_at_once_does_not_ask_again(stage: Stage) -> None:
    complain(stage, days_ago=10)
    plan = stage.in_review()

    assert require_legal_review(plan=plan) is None
    decide_legal_review(actor=stage.hana.member, review=plan.legal_reviews.get(), may_go_on=True, reasons="Sound.")
    assert require_legal_review(plan=plan) is None


def test_nothing_asks_for_a_review_while_the_plan_is_a_draft(stage: Stage) -> None:
    plan = stage.draft()

    complain(stage, days_ago=1)

    assert not plan.legal_reviews.exists()


def test_only_an_uninvolved_partner_decides_once_and_with_reasons(stage: Stage, carol: Person, adam: Person) -> None:
    complain(stage, days_ago=10)
    review = stage.in_review().legal_reviews.get()

    for person in (stage.alice, stage.bob, carol, adam):
        with pytest.raises(PermissionDenied):
            decide_legal_review(actor=person.member, review=review, may_go_on=True, reasons="Fine.")
    with pytest.raises(DomainError, match="Write your reasons"):
        decide_legal_review(actor=stage.hana.member, review=review, may_go_on=True, reasons=" ")
    stale = LegalReview.objects.get(pk=review.pk)
    decide_legal_review(actor=stage.hana.member, review=review, may_go_on=True, reasons="Fine.")
    with pytest.raises(DomainError, match="decided already"):
        decide_legal_review(actor=stage.hana.member, review=stale, may_go_on=False, reasons="No.")


def test_a_partner_who_is_also_above_the_employee_sees_no_review(stage: Stage) -> None:
    complain(stage, days_ago=10)
    plan = stage.in_review()
    stage.bob.member.roles = [Role.HR_PARTNER]
    stage.bob.member.save()

    assert not legal_reviews_visible_to(stage.bob.member).exists()
    assert legal_review_of_plan(stage.bob.member, plan.pk) is None


def test_hr_cannot_record_what_is_still_to_come_and_managers_nothing(stage: Stage) -> None:
    with pytest.raises(DomainError, match="still to come"):
        complain(stage, days_ago=-1)
    with pytest.raises(PermissionDenied):
        record_protected_activity(
            actor=stage.bob.member, employee=stage.alice.employee, kind="complaint", occurred_on=TODAY
        )


def test_a_decision_without_reasons_is_refused_by_the_database(stage: Stage) -> None:
    complain(stage, days_ago=10)
    review = stage.in_review().legal_reviews.get()

    with pytest.raises(DatabaseError, match="decided_has_reasons"), transaction.atomic():
        LegalReview.objects.filter(pk=review.pk).update(status=LegalReviewStatus.CLEARED)


@pytest.mark.usefixtures("transactional_db")
def test_two_partners_who_decide_at_once_decide_once(stage: Stage) -> None:
    complain(stage, days_ago=10)
    review = stage.in_review().legal_reviews.get()
    other = make_person(stage.bob.organization, "Hugo", "Hart", roles=(Role.HR_PARTNER,))
    barrier = threading.Barrier(2)
    results: list[str] = []

    def decide(person: Person, *, may_go_on: bool) -> None:
        try:
            with tenant_context(stage.bob.organization.pk):
                own = LegalReview.objects.select_related("plan__employee").get(pk=review.pk)
                barrier.wait(10)
                decide_legal_review(actor=person.member, review=own, may_go_on=may_go_on, reasons="Seen.")
                results.append("done")
        except DomainError as error:
            results.append(str(error))
        finally:
            connections["default"].close()

    threads = [
        threading.Thread(target=decide, args=(stage.hana,), kwargs={"may_go_on": True}),
        threading.Thread(target=decide, args=(other,), kwargs={"may_go_on": False}),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(results) == ["This review is decided already. Reload the page to see it.", "done"]
