"""Launching: what everybody gets, what stops a launch, and that nobody ever gets two forms."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import Count
from django.utils import timezone

from documents.selectors.templates import content_of
from documents.services.templates import begin_draft, change_draft, publish_draft
from people.models import Employee
from pipcycle.errors import DomainError
from reminders.models import Obligation
from reviews.enums import CycleStatus, FormRole, StepKind
from reviews.models import Review, ReviewCycle, ReviewForm
from reviews.obligations import Owed
from reviews.selectors.audience import audience_of, dry_run_of
from reviews.services import running as running_module
from reviews.services.cycles import launch_cycle
from reviews.services.forms_opened import take_in
from reviews.services.running import resume_runs, run_cycle
from tests.cast import DepartmentFactory, EmployeeFactory, Person
from tests.reviews.conftest import PlanCycle, days, launch


def _forms() -> list[tuple[str, str]]:
    return sorted(ReviewForm.objects.values_list("review__employee__given_name", "role"))


def test_a_launch_asks_everybody_for_a_self_assessment_and_each_manager_for_a_review(
    cycle: ReviewCycle, alice: Person, bob: Person, hana: Person
) -> None:
    launch(cycle, hana)

    own = ReviewForm.objects.get(review__employee=alice.employee, role=FormRole.SELF)
    written = ReviewForm.objects.get(review__employee=alice.employee, role=FormRole.MANAGER)
    assert (own.author, written.author) == (alice.employee, bob.employee)
    assert cycle.status == CycleStatus.RUNNING
    assert Review.objects.filter(cycle=cycle).count() == audience_of(cycle).count()


def test_each_form_is_owed_by_its_author_on_the_day_of_its_step(
    running: ReviewCycle, alice: Person, bob: Person
) -> None:
    day = {step.kind: step.due_on for step in running.steps.all()}

    own = Obligation.objects.get(kind=Owed.ASSESS_SELF, owner=alice.employee)
    written = Obligation.objects.get(kind=Owed.WRITE_REVIEW, employee=alice.employee)
    assert (own.due_on, written.owner, written.due_on) == (day["self"], bob.employee, day["manager"])


def test_a_step_that_is_left_out_asks_nobody(plan: PlanCycle, hana: Person) -> None:
    launch(plan(days(self=None)), hana)

    assert {role for _name, role in _forms()} == {FormRole.MANAGER}


def test_a_launch_that_was_killed_half_way_goes_on_and_nobody_gets_two_forms(
    cycle: ReviewCycle, hana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    EmployeeFactory.create_batch(7, manager=hana.employee)
    launch_cycle(actor=hana.member, cycle=cycle)
    batches: list[int] = []

    def killed(**given: Any) -> int:
        """Write the third batch, then die before it is committed."""
        batches.append(take_in(**given))
        if len(batches) == 3:
            raise SystemExit
        return batches[-1]

    monkeypatch.setattr(running_module, "take_in", killed)
    with pytest.raises(SystemExit):
        run_cycle(cycle_id=cycle.pk, at_once=2)
    monkeypatch.undo()
    assert Review.objects.filter(cycle=cycle).count() == 4

    run_cycle(cycle_id=cycle.pk, at_once=2)
    run_cycle(cycle_id=cycle.pk, at_once=2)

    cycle.refresh_from_db()
    counted = ReviewForm.objects.values("review__employee", "role").annotate(number=Count("pk"))
    assert {row["number"] for row in counted} == {1}
    assert (cycle.status, cycle.run_done) == (CycleStatus.RUNNING, audience_of(cycle).count())
    assert Obligation.objects.filter(kind=Owed.ASSESS_SELF).count() == cycle.run_done


def test_pages_after_a_large_launch_are_planned_by_what_it_wrote(cycle: ReviewCycle, hana: Person) -> None:
    EmployeeFactory.create_batch(7, manager=hana.employee)
    launch_cycle(actor=hana.member, cycle=cycle)

    run_cycle(cycle_id=cycle.pk, at_once=2)

    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'reviews_review'::regclass")
        assert cursor.fetchone()[0] == Review.objects.count() > 7


def test_the_database_refuses_a_second_review_and_a_second_form(review: Review, alice: Person) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(cycle=review.cycle, employee=alice.employee)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewForm.objects.create(review=review, role=FormRole.SELF, author=alice.employee, due_on=timezone.localdate())


def test_a_run_nobody_was_seen_at_for_a_minute_is_handed_out_again_once(cycle: ReviewCycle, hana: Person) -> None:
    launch_cycle(actor=hana.member, cycle=cycle)
    assert resume_runs() == []

    ReviewCycle.objects.update(run_at=timezone.now() - datetime.timedelta(minutes=2))

    assert resume_runs() == [cycle.pk]
    assert resume_runs() == []


def test_a_cycle_without_anybody_is_not_launched(plan: PlanCycle, hana: Person) -> None:
    empty = plan(departments=[DepartmentFactory.create(name="Nobody works here").pk])

    with pytest.raises(DomainError, match="Nobody fits the audience"):
        launch_cycle(actor=hana.member, cycle=empty)
    assert empty.reviews.count() == 0


def test_a_cycle_beside_another_one_is_launched_only_if_that_is_meant(
    running: ReviewCycle, plan: PlanCycle, hana: Person
) -> None:
    second = plan(name="Another")
    people = audience_of(second).count()

    with pytest.raises(DomainError, match=f"“Review of the year” asks {people} of the same people"):
        launch_cycle(actor=hana.member, cycle=second)
    launch(second, hana, accepts_overlap=True)
    assert second.is_running


def test_a_cycle_whose_days_are_over_is_not_launched(cycle: ReviewCycle, hana: Person) -> None:
    cycle.steps.filter(kind=StepKind.SELF).update(due_on=timezone.localdate() - datetime.timedelta(days=1))

    with pytest.raises(DomainError, match="days still to come"):
        launch_cycle(actor=hana.member, cycle=cycle)


def test_a_cycle_is_launched_once(running: ReviewCycle, hana: Person) -> None:
    with pytest.raises(DomainError, match="is already: Running"):
        launch_cycle(actor=hana.member, cycle=running)


def test_a_manager_launches_nothing(cycle: ReviewCycle, bob: Person) -> None:
    with pytest.raises(PermissionDenied):
        launch_cycle(actor=bob.member, cycle=cycle)


def test_the_questions_stay_as_launched_whatever_hr_words_later(running: ReviewCycle, adam: Person) -> None:
    version = begin_draft(actor=adam.member, template=running.template)
    content = content_of(version)
    publish_draft(actor=adam.member, version=change_draft(actor=adam.member, version=version, content=content))
    before = running.questions

    running.refresh_from_db()

    assert running.questions == before
    assert running.template_version is not None
    assert running.template_version.number == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewCycle.objects.filter(pk=running.pk).update(questions={})


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"hired_before": datetime.date(2019, 1, 1)}, False),
        ({"hired_before": datetime.date(2021, 1, 1)}, True),
        ({"leaves_out_on_notice": True}, True),
    ],
)
def test_the_audience_follows_its_rule(plan: PlanCycle, alice: Person, rule: dict[str, Any], expected: bool) -> None:
    cycle = plan(**rule)

    assert audience_of(cycle).filter(pk=alice.employee.pk).exists() is expected


def test_who_is_on_notice_is_left_out_unless_asked_for(plan: PlanCycle, alice: Person) -> None:
    soon = timezone.localdate() + datetime.timedelta(days=20)
    Employee.objects.filter(pk=alice.employee.pk).update(left_on=soon)

    assert not audience_of(plan()).filter(pk=alice.employee.pk).exists()
    assert audience_of(plan(name="All", leaves_out_on_notice=False)).filter(pk=alice.employee.pk).exists()


def test_the_dry_run_counts_what_a_launch_would_do(cycle: ReviewCycle, carol: Person) -> None:
    EmployeeFactory.create_batch(16, manager=carol.employee)

    found = dry_run_of(cycle)

    assert found.people == audience_of(cycle).count()
    assert found.without_manager == audience_of(cycle).filter(manager__isnull=True).count()
    assert [manager for manager, _number in found.busiest] == [carol.employee]
    assert Review.objects.count() == 0
