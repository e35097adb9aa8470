"""Rule 6: a formal review starts from the figures of its metric, keeps the verdict, and holds both views."""

import datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from pipcycle.errors import DomainError
from pips.enums import SignalVerdict, TrackStatus
from pips.models import MilestoneReading, Plan
from pips.services.drafting import revise_draft
from pips.services.progress import answer_milestone, record_milestone
from tests.metrics.factories import MetricFactory, make_series
from tests.pips.conftest import START, Stage

DAY_30 = datetime.date(2027, 2, 4)


def measured_plan(stage: Stage) -> Plan:
    metric = MetricFactory.create(unit="%")
    make_series(stage.alice.employee, metric, [60.0, 62.0] * 10, start=datetime.date(2026, 9, 21))
    plan = stage.draft()
    plan.expectations.filter(position=0).update(metric=metric)
    return stage.running_from(plan)


def test_the_record_keeps_what_the_metric_said_that_day(stage: Stage) -> None:
    plan = measured_plan(stage)
    first, second = plan.expectations.all()
    stage.clock.to(DAY_30)

    record_milestone(
        actor=stage.bob.member,
        milestone=plan.milestones.get(day=30),
        held_on=DAY_30,
        track_status=TrackStatus.ON_TRACK,
        manager_view="Going well.",
        readings={first.pk: Decimal(63), second.pk: Decimal(5)},
    )

    by_metric = MilestoneReading.objects.get(expectation=first)
    assert (by_metric.value, by_metric.measured, by_metric.verdict) == (
        Decimal(63),
        Decimal(61),
        SignalVerdict.NO_SIGNAL,
    )
    by_hand = MilestoneReading.objects.get(expectation=second)
    assert (by_hand.value, by_hand.measured, by_hand.verdict) == (Decimal(5), None, "")


def test_both_views_stand_side_by_side_and_are_final(stage: Stage) -> None:
    plan = stage.running()
    milestone = plan.milestones.get(day=30)
    stage.clock.to(DAY_30)
    record_milestone(
        actor=stage.bob.member,
        milestone=milestone,
        held_on=DAY_30,
        track_status=TrackStatus.ON_TRACK,
        manager_view="Going well.",
        readings={},
    )
    answer_milestone(actor=stage.alice.member, milestone=milestone, employee_view="I see it too.")

    milestone.refresh_from_db()
    assert (milestone.manager_view, milestone.employee_view) == ("Going well.", "I see it too.")
    with pytest.raises(DomainError, match="final"):
        answer_milestone(actor=stage.alice.member, milestone=milestone, employee_view="Or not.")


def test_the_metric_is_locked_at_issue_like_the_source(stage: Stage) -> None:
    plan = stage.running()
    metric = MetricFactory.create()

    with pytest.raises(DatabaseError, match="only an amendment"), transaction.atomic():
        plan.expectations.update(metric=metric)


def test_the_draft_names_the_metric_and_refuses_an_unknown_one(stage: Stage) -> None:
    metric = MetricFactory.create()
    plan = stage.draft()
    given = stage.content()["expectations"]
    with_metric = [*given[:1], type(given[1])(**{**vars(given[1]), "metric_id": metric.pk})]

    revise_draft(actor=stage.bob.member, plan=plan, **{**stage.content(), "expectations": with_metric})

    assert list(plan.expectations.values_list("metric", flat=True)) == [None, metric.pk]
    unknown = [type(given[0])(**{**vars(given[0]), "metric_id": metric.pk + 1000})]
    with pytest.raises(DomainError, match="metric of this organization"):
        revise_draft(actor=stage.bob.member, plan=plan, **{**stage.content(), "expectations": unknown})


def test_the_plan_begins_on_the_day_the_tests_say() -> None:
    assert START + datetime.timedelta(days=30) == DAY_30
