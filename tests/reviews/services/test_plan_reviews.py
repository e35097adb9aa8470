"""Looking back after a plan: what is kept, what is refused, and the way there from the plan."""

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.test import Client
from django.utils import timezone

from documents.enums import AcknowledgementKind
from documents.models import Acknowledgement, Document
from documents.selectors import documents_of
from people.models import Employee
from pipcycle.errors import DomainError
from pips.enums import PlanStatus, SignalVerdict
from pips.models import Expectation, FollowUp, Plan
from pips.readings import MetricReading
from reminders.enums import ObligationStatus
from reminders.models import Obligation
from reviews.enums import Lasting
from reviews.models import PlanReview
from reviews.obligations import ABOUT_PLAN_REVIEW, Owed
from reviews.selectors.plan_reviews import courses_of, missed_dates_of
from reviews.services.plan_review_documents import acknowledge_plan_review
from reviews.services.plan_reviews import ResultInput, write_plan_review
from tests.cast import Person
from tests.pips.conftest import Stage, clock, columns_of, stage

ClientOf = Callable[[Person], Client]
__all__ = ["clock", "stage"]


@pytest.fixture
def follow_up(stage: Stage) -> FollowUp:
    """The first look back at a plan that has succeeded, on its day."""
    plan = stage.running()
    decided_at = datetime.datetime(2027, 4, 6, 15, 0, tzinfo=datetime.UTC)
    Plan.objects.filter(pk=plan.pk).update(**{**columns_of(PlanStatus.DECIDED), "decided_at": decided_at})
    plan.refresh_from_db()
    found = FollowUp.objects.create(plan=plan, day=30, due_on=datetime.date(2027, 5, 6))
    plan.milestones.update(held_on=F("due_on"))
    FollowUp.objects.create(plan=plan, day=90, due_on=datetime.date(2027, 7, 5))
    stage.clock.to(found.due_on)
    return found


@pytest.fixture
def sealed(follow_up: FollowUp, alice: Person) -> PlanReview:
    """A look back with its document, which is not drawn."""
    review = PlanReview.objects.create(follow_up=follow_up)
    Document.objects.create(
        kind="plan_review",
        about_type=ABOUT_PLAN_REVIEW,
        about_id=review.pk,
        version=1,
        employee=alice.employee,
        title="Looking back",
        content=b"words",
        size=5,
        sha256=hashlib.sha256(b"words").hexdigest(),
        sealed_at=timezone.now(),
    )
    return review


def _results(plan: Plan, lasting: Lasting = Lasting.HELD) -> list[ResultInput]:
    return [ResultInput(expectation_id=one.pk, lasting=lasting) for one in Expectation.objects.filter(plan=plan)]


def _write(follow_up: FollowUp, by: Person, lasting: Lasting = Lasting.HELD) -> PlanReview:
    return write_plan_review(
        actor=by.member,
        follow_up=follow_up,
        held_on=timezone.localdate(),
        is_sustained=True,
        words={"sustained": "Held without the tutor.", "lessons": "The data source came a week late."},
        results=_results(follow_up.plan, lasting),
    )


def _acknowledge(
    review: PlanReview,
    by: Person,
    kind: AcknowledgementKind = AcknowledgementKind.RECEIVED_WITH_COMMENT,
    witness: Employee | None = None,
) -> None:
    acknowledge_plan_review(actor=by.member, review=review, kind=kind, comment="The lists help.", witness=witness)


def test_a_look_back_is_kept_with_its_results_and_sealed_into_the_file_once(
    follow_up: FollowUp, alice: Person, bob: Person
) -> None:
    review = _write(follow_up, bob)

    follow_up.refresh_from_db()
    assert (follow_up.is_sustained, follow_up.note) == (True, "Held without the tutor.")
    assert {one.lasting for one in review.results.all()} == {Lasting.HELD}
    assert review.words["lessons"] == "The data source came a week late."
    owed = Obligation.objects.get(kind=Owed.ACKNOWLEDGE_PLAN_REVIEW, about_id=review.pk)
    assert (owed.owner, owed.status) == (alice.employee, ObligationStatus.OPEN)
    for reader in (alice, bob):
        titles = [one.title for one in documents_of(reader.member, alice.employee)]
        assert titles == ["Looking back after 30 days: Reliable delivery"]
    with pytest.raises(DomainError, match="recorded already"):
        _write(follow_up, bob)


def test_a_slipped_expectation_is_not_called_sustained(follow_up: FollowUp, bob: Person) -> None:
    with pytest.raises(DomainError, match="An expectation has slipped"):
        _write(follow_up, bob, Lasting.SLIPPED)


def test_a_figure_of_a_metric_is_kept_as_the_metric_says_it() -> None:
    days = (datetime.date(2027, 5, 1), datetime.date(2027, 5, 28))
    reading = MetricReading(value=Decimal(88), period=days, points=4, verdict=SignalVerdict.TOO_FEW)
    typed = ResultInput(expectation_id=1, lasting=Lasting.HELD, value=Decimal(99))

    assert replace(typed, reading=reading).figure == Decimal(88)
    assert replace(typed, reading=replace(reading, value=None)).figure == Decimal(99)
    assert typed.figure == Decimal(99)


def test_the_employee_does_not_write_it(follow_up: FollowUp, alice: Person) -> None:
    with pytest.raises(PermissionDenied):
        _write(follow_up, alice)


def test_the_employee_acknowledges_once(sealed: PlanReview, alice: Person) -> None:
    _acknowledge(sealed, alice)

    receipt = Acknowledgement.objects.get()
    assert (receipt.kind, receipt.comment) == (AcknowledgementKind.RECEIVED_WITH_COMMENT, "The lists help.")
    with pytest.raises(DomainError, match="recorded already"):
        _acknowledge(sealed, alice)


def test_a_refusal_is_recorded_by_somebody_else_before_a_witness(
    sealed: PlanReview, alice: Person, bob: Person, carol: Person
) -> None:
    with pytest.raises(PermissionDenied):
        _acknowledge(sealed, alice, AcknowledgementKind.REFUSED, witness=carol.employee)
    with pytest.raises(DomainError, match="Name a witness"):
        _acknowledge(sealed, bob, AcknowledgementKind.REFUSED)
    _acknowledge(sealed, bob, AcknowledgementKind.REFUSED, witness=carol.employee)

    assert Acknowledgement.objects.get().witness == carol.employee


def test_what_was_written_before_there_was_a_document_has_no_receipt(follow_up: FollowUp, alice: Person) -> None:
    review = PlanReview.objects.create(follow_up=follow_up)

    with pytest.raises(DomainError, match="no sealed document"):
        _acknowledge(review, alice)


def test_missed_dates_name_both_sides_and_what_was_never_done(follow_up: FollowUp) -> None:
    plan = follow_up.plan
    day = timezone.localdate() - datetime.timedelta(days=60)
    commitment = plan.support_commitments.first()
    assert commitment is not None
    plan.support_commitments.update(due_on=day, delivered_on=day + datetime.timedelta(days=9))
    plan.check_ins.update(due_on=day, held_on=None)

    found = missed_dates_of(Plan.objects.get(pk=plan.pk))

    assert {str(one.owed_by) for one in found} == {commitment.owner.full_name, "Manager"}
    assert [one.done_on for one in found if one.owed_by == "Manager"] == [None] * plan.check_ins.count()


def test_what_was_due_after_an_early_end_was_not_missed(follow_up: FollowUp) -> None:
    plan = follow_up.plan
    assert plan.decided_at is not None
    plan.support_commitments.update(due_on=plan.decided_at.date() + datetime.timedelta(days=3), delivered_on=None)
    plan.check_ins.update(due_on=plan.decided_at.date() + datetime.timedelta(days=5), held_on=None)

    assert missed_dates_of(Plan.objects.get(pk=plan.pk)) == []


def test_the_page_of_the_plan_leads_to_the_look_back_and_both_read_it(
    client_of: ClientOf, follow_up: FollowUp, alice: Person, bob: Person
) -> None:
    plan = follow_up.plan
    page = f"/o/harbor/reviews/plans/{plan.pk}/follow-ups/{follow_up.pk}/"
    client = client_of(bob)
    assert page in client.get(f"/o/harbor/plans/{plan.pk}/").text
    assert client.get(f"/o/harbor/plans/due/follow_up/{follow_up.pk}/")["Location"] == page
    assert client.get(page.replace(f"/{follow_up.pk}/", "/999999/")).status_code == 404
    shown = client.get(page)
    typed = {"held_on": timezone.localdate().isoformat(), "is_sustained": "yes"}
    typed |= {f"words-{key}": "Held." for key in ("results", "support", "sustained")}
    typed |= {f"lasting-{one.expectation.pk}": "held" for one in courses_of(plan)}

    written = client.post(page, typed)
    read = client_of(alice).get(page)

    assert (shown.status_code, written.status_code) == (200, 302)
    assert "Put it on the record" in shown.text
    assert "Acknowledge receipt" in read.text
    assert client.post(page, typed).status_code == 409
    assert f"/o/harbor/development/start/outcome/{plan.pk}/" in client.get(page).text
