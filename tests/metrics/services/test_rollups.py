"""The months of groups: what is computed, what is never written, and when it is computed again."""

import datetime
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_rls_tenants import tenant_context
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.enums import Cadence
from metrics.models import GroupRollup, Metric, Series
from metrics.services.rollups import metrics_with_stale_groups, refresh_changed_group_rollups, refresh_group_rollups
from metrics.suppression import hidden_groups
from metrics.tasks import refresh_all_group_rollups
from people.models import Department, Employee, Organization
from tests.cast import DepartmentFactory, EmployeeFactory
from tests.metrics.factories import MetricFactory, make_series

JUNE = datetime.date(2026, 6, 1)
Staff = Callable[[str | None, int], list[Employee]]


@pytest.fixture
def calls(harbor_context: Organization) -> Metric:
    """A monthly metric."""
    return MetricFactory.create(key="calls", cadence=Cadence.MONTH)


@pytest.fixture
def staff(calls: Metric) -> Staff:
    """Return a function that employs people in a department, measured 1, 2, 3 … in June."""

    def employ(department: str | None, count: int) -> list[Employee]:
        place = DepartmentFactory.create(name=department) if department else None
        people = EmployeeFactory.create_batch(count, department=place)
        for value, person in enumerate(people, start=1):
            make_series(person, calls, [value], start=JUNE)
        return people

    return employ


def shown() -> dict[str | None, int]:
    """Return the groups that were written, by department, with their size; None is the organization."""
    return dict(GroupRollup.objects.values_list("department__name", "people"))


def refresh(organization: Organization) -> int:
    return refresh_group_rollups(organization_id=organization.pk)


def test_a_group_is_the_percentiles_of_its_people(harbor_context: Organization, staff: Staff) -> None:
    staff("Sales", 9)

    assert refresh(harbor_context) == 2
    for row in GroupRollup.objects.all():
        assert (row.people, row.starts_on) == (9, JUNE)
        assert (row.p10, row.p25, row.p50, row.p75, row.p90) == pytest.approx((1.8, 3.0, 5.0, 7.0, 8.2))


def test_groups_under_five_are_never_written(harbor_context: Organization, staff: Staff) -> None:
    staff("Sales", 4)
    refresh(harbor_context)

    assert shown() == {}


def test_a_small_group_takes_the_next_smallest_with_it(harbor_context: Organization, staff: Staff) -> None:
    for department, count in (("Sales", 3), ("Legal", 6), ("Operations", 7)):
        staff(department, count)
    refresh(harbor_context)

    assert shown() == {None: 16, "Operations": 7}


def test_people_without_a_department_are_a_group_that_is_left_out(harbor_context: Organization, staff: Staff) -> None:
    staff(None, 2)
    staff("Sales", 6)
    staff("Operations", 7)
    refresh(harbor_context)

    assert shown() == {None: 15, "Operations": 7}


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.integers(1, 8), min_size=1, max_size=4), without=st.integers(0, 6))
def test_the_database_leaves_out_what_the_rule_leaves_out(
    harbor_context: Organization, staff: Staff, sizes: list[int], without: int
) -> None:
    Series.objects.all().delete()
    Employee.objects.all().delete()
    Department.objects.all().delete()
    staff(None, without)
    for number, size in enumerate(sizes):
        staff(f"Department {number}", size)
    refresh(harbor_context)

    keyed: dict[str | None, int] = {
        None: without,
        **{f"Department {number}": size for number, size in enumerate(sizes)},
    }
    expected = {key: size for key, size in keyed.items() if key not in hidden_groups(keyed, never_shown=[None])}
    total = without + sum(sizes)
    assert {key: size for key, size in shown().items() if key is not None} == {
        key: size for key, size in expected.items() if key is not None
    }
    assert shown().get(None) == (total if total >= 5 else None)


def test_groups_are_computed_again_only_after_a_change(harbor_context: Organization, staff: Staff) -> None:
    staff("Sales", 5)
    assert len(metrics_with_stale_groups()) == 1
    assert refresh_changed_group_rollups(organization_id=harbor_context.pk) == 2

    long_ago = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    Series.objects.update(changed_at=long_ago)
    assert refresh_changed_group_rollups(organization_id=harbor_context.pk) == 0

    Series.objects.update(changed_at=datetime.datetime.now(datetime.UTC))
    assert refresh_changed_group_rollups(organization_id=harbor_context.pk) == 2


def test_a_group_that_becomes_too_small_disappears(harbor_context: Organization, staff: Staff) -> None:
    people = staff("Sales", 5)
    refresh(harbor_context)
    Employee.objects.filter(pk=people[0].pk).update(department=DepartmentFactory.create(name="Legal"))
    refresh(harbor_context)

    assert shown() == {None: 5}


def test_one_statement_computes_any_number_of_groups(harbor_context: Organization, staff: Staff) -> None:
    staff("Sales", 5)
    with CaptureQueriesContext(
        connection,
    ) as few:
        refresh(harbor_context)
    for number in range(3):
        staff(f"Department {number}", 5)
    with CaptureQueriesContext(connection) as many:
        refresh(harbor_context)

    assert len(few) == len(many)


def test_the_daily_task_computes_each_organization_in_its_own_context(
    harbor: Organization, alder: Organization, staff: Staff
) -> None:
    staff("Sales", 5)

    assert refresh_all_group_rollups() == 2
    with tenant_context(alder.pk):
        assert GroupRollup.objects.count() == 0
    assert shown() == {None: 5, "Sales": 5}
