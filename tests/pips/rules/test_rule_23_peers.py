"""Rules 23–25: people on plans are compared with similarly rated peers who are not, before HR approves; HR only."""

import datetime
from itertools import count as count_up

import pytest
from django.db import DatabaseError, transaction

from metrics.enums import Direction, Grain
from metrics.models import Metric, Series, SeriesRollup
from people.models import Employee, EmployeeDemographics
from pipcycle.errors import DomainError
from pips.models import EquitySnapshot, Plan
from pips.selectors.equity import equity_of
from pips.services.plan import approve_plan, submit_plan
from tests.cast import Person, make_person
from tests.pips.conftest import CONFIRMED, MONDAY, Stage
from tests.pips.views.conftest import ClientOf, path_of

RATING = "Needs improvement"
_numbers = count_up()
LAST_MONTH = datetime.date(MONDAY.year - 1, 12, 1)


@pytest.fixture
def accuracy(stage: Stage) -> Metric:
    """Accuracy in per cent, of which more is better."""
    return Metric.objects.create(name="Accuracy", key="accuracy", unit="%", direction=Direction.HIGHER)


def rate(employee: Employee, rating: str = RATING) -> None:
    Employee.objects.filter(pk=employee.pk).update(last_rating=rating, job_description=None)
    employee.refresh_from_db()


def measure(employee: Employee, metric: Metric, value: float) -> None:
    series = Series.objects.create(metric=metric, employee=employee)
    SeriesRollup.objects.create(series=series, grain=Grain.MONTH, starts_on=LAST_MONTH, value=value, point_count=4)


def peers(stage: Stage, count: int, *, rating: str = RATING) -> list[Person]:
    """Return people of Alice's department with the rating."""
    made = []
    for _ in range(count):
        person = make_person(stage.bob.organization, f"Peer{next(_numbers)}", "Poe", manager=stage.bob)
        Employee.objects.filter(pk=person.employee.pk).update(
            last_rating=rating, department=stage.alice.employee.department
        )
        made.append(person)
    return made


def rated_plan(stage: Stage) -> Plan:
    plan = stage.draft()
    rate(stage.alice.employee)
    plan.refresh_from_db()
    return plan


def test_peers_with_the_same_rating_and_no_better_figures_are_named(stage: Stage, accuracy: Metric) -> None:
    plan = rated_plan(stage)
    worse, same, better, unknown = peers(stage, 4)
    peers_of_other_rating = peers(stage, 1, rating="Fully meets")[0]
    for person, value in ((worse, 70), (same, 80), (better, 90), (peers_of_other_rating, 60)):
        measure(person.employee, accuracy, value)
    measure(stage.alice.employee, accuracy, 80)

    found = equity_of(plan)

    assert (found.peers, found.peers_on_plan, found.compared_metrics) == (4, 0, 1)
    assert found.alike == tuple(sorted([worse.employee.pk, same.employee.pk]))
    assert unknown.employee.pk not in found.alike


def test_where_less_is_better_a_higher_figure_is_the_worse_one(stage: Stage, accuracy: Metric) -> None:
    Metric.objects.filter(pk=accuracy.pk).update(direction=Direction.LOWER)
    plan = rated_plan(stage)
    lower, higher = peers(stage, 2)
    for employee, value in ((lower.employee, 1), (higher.employee, 9), (stage.alice.employee, 5)):
        measure(employee, accuracy, value)

    assert equity_of(plan).alike == (higher.employee.pk,)


def test_a_peer_on_a_plan_is_no_comparison(stage: Stage, accuracy: Metric) -> None:
    plan = rated_plan(stage)
    peer = peers(stage, 1)[0]
    for employee in (peer.employee, stage.alice.employee):
        measure(employee, accuracy, 70)
    Plan.objects.create(
        employee=peer.employee, manager=stage.bob.employee, template_key="delivery", title="Theirs",
        status="in_review", submitted_at=MONDAY,
    )  # fmt: skip

    found = equity_of(plan)

    assert (found.peers, found.peers_on_plan, found.alike) == (1, 1, ())


def test_approving_beside_comparable_peers_needs_a_reason_and_keeps_what_hr_saw(stage: Stage, accuracy: Metric) -> None:
    plan = rated_plan(stage)
    peer = peers(stage, 1)[0]
    for employee in (peer.employee, stage.alice.employee):
        measure(employee, accuracy, 70)
    submit_plan(actor=stage.bob.member, plan=plan)

    with pytest.raises(DomainError, match="1 comparable people") as refused:
        approve_plan(actor=stage.hana.member, plan=plan, confirmations=CONFIRMED)
    approve_plan(
        actor=stage.hana.member,
        plan=plan,
        confirmations=CONFIRMED,
        reasons={"comparable_peers": "The peer was hired in November."},
    )

    assert refused.value.rule == 23
    figures = EquitySnapshot.objects.get(plan=plan).figures
    assert (figures["rating"], figures["alike"]) == (RATING, [peer.employee.pk])
    with pytest.raises(DatabaseError, match="equity_snapshot_is_final"), transaction.atomic():
        EquitySnapshot.objects.update(figures={})


def test_small_groups_and_their_rest_are_not_broken_down(stage: Stage) -> None:
    plan = rated_plan(stage)
    EmployeeDemographics.objects.create(employee=stage.alice.employee, gender="F")
    for number, person in enumerate(peers(stage, 9)):
        EmployeeDemographics.objects.create(employee=person.employee, gender="F" if number < 5 else "M")

    hidden = equity_of(plan).breakdowns["gender"]
    for person in peers(stage, 1):
        EmployeeDemographics.objects.create(employee=person.employee, gender="M")
    shown = equity_of(plan).breakdowns["gender"]

    assert (hidden.comparisons, hidden.left_out) == ((), 10)
    assert [(one.group, one.people, one.rate) for one in shown.comparisons] == [
        ("F", 6, pytest.approx(1 / 6)),
        ("M", 5, 0),
    ]


def test_only_hr_sees_the_check(stage: Stage, accuracy: Metric, client_of: ClientOf) -> None:
    plan = rated_plan(stage)
    peer = peers(stage, 1)[0]
    for employee in (peer.employee, stage.alice.employee):
        measure(employee, accuracy, 70)
    submit_plan(actor=stage.bob.member, plan=plan)

    seen = client_of(stage.hana).get(path_of(plan, "review/")).content.decode()
    refused = client_of(stage.bob).get(path_of(plan, "review/"))

    assert "Equity check" in seen
    assert peer.employee.full_name in seen
    assert refused.status_code == 403
    assert "Equity check" not in client_of(stage.bob).get(path_of(plan)).content.decode()
