"""The closure of the reporting line."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection, connections, transaction
from django_rls_tenants import tenant_context
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.models import Employee, Organization, ReportingLine
from people.services.employees import change_manager, create_employee
from people.services.reporting_lines import rebuild_reporting_lines
from pipcycle.errors import DomainError
from tests.cast import EmployeeFactory, OrganizationFactory, Person

Line = tuple[int, int, int]


def stored_lines() -> set[Line]:
    """Return the closure as the database holds it."""
    return set(ReportingLine.objects.values_list("manager_id", "employee_id", "distance"))


def recomputed_lines() -> set[Line]:
    """Return the closure by walking up from everybody, one step at a time."""
    manager_of = dict(Employee.objects.values_list("pk", "manager_id"))
    lines = set()
    for employee, manager in manager_of.items():
        above, distance = manager, 1
        while above is not None:
            lines.add((above, employee, distance))
            above, distance = manager_of[above], distance + 1
    return lines


def test_the_cast_stands_in_one_line(harbor_context: Organization, alice: Person, bob: Person, carol: Person) -> None:
    assert stored_lines() == {
        (carol.employee.pk, bob.employee.pk, 1),
        (carol.employee.pk, alice.employee.pk, 2),
        (bob.employee.pk, alice.employee.pk, 1),
    }


def test_a_new_employee_stands_below_all_managers(harbor_context: Organization, bob: Person, adam: Person) -> None:
    create_employee(actor=adam.member, number="N1", given_name="New", manager=bob.employee)

    assert stored_lines() == recomputed_lines()


def test_a_manager_moves_with_everyone_below(
    harbor_context: Organization, alice: Person, bob: Person, carol: Person, eve: Person, adam: Person
) -> None:
    change_manager(actor=adam.member, employee=bob.employee, manager=eve.employee)

    assert stored_lines() == {
        (eve.employee.pk, bob.employee.pk, 1),
        (eve.employee.pk, alice.employee.pk, 2),
        (bob.employee.pk, alice.employee.pk, 1),
    }


def test_a_manager_may_report_to_nobody(harbor_context: Organization, alice: Person, bob: Person, adam: Person) -> None:
    change_manager(actor=adam.member, employee=bob.employee, manager=None)

    assert stored_lines() == {(bob.employee.pk, alice.employee.pk, 1)}


@pytest.mark.parametrize("own", [True, False], ids=["themself", "somebody below"])
def test_a_circle_is_refused_with_names(
    own: bool, harbor_context: Organization, alice: Person, carol: Person, adam: Person
) -> None:
    manager = carol.employee if own else alice.employee

    with pytest.raises(DomainError) as refusal:
        change_manager(actor=adam.member, employee=carol.employee, manager=manager)

    assert str(refusal.value).startswith(f"{manager.full_name} reports to Carol Castellan, so this would be a circle.")
    assert Employee.objects.get(pk=carol.employee.pk).manager_id is None


def test_rebuilding_refuses_a_circle_and_names_it(harbor_context: Organization, alice: Person, carol: Person) -> None:
    before = stored_lines()
    Employee.objects.filter(pk=carol.employee.pk).update(manager=alice.employee)

    with pytest.raises(DomainError) as refusal:
        rebuild_reporting_lines()

    assert str(refusal.value) == (
        "These people report to each other in a circle: Alice Archer, Bob Bailey, Carol Castellan. "
        "Change the manager of one of them."
    )
    assert stored_lines() == before


def test_rebuilding_what_is_right_changes_no_row(harbor_context: Organization, alice: Person) -> None:
    before = set(ReportingLine.objects.values_list("pk", "manager_id", "employee_id", "distance"))

    rebuild_reporting_lines()

    assert set(ReportingLine.objects.values_list("pk", "manager_id", "employee_id", "distance")) == before


def test_rebuilding_mends_missing_wrong_and_surplus_lines(
    harbor_context: Organization, alice: Person, bob: Person, carol: Person, eve: Person
) -> None:
    ReportingLine.objects.filter(manager=bob.employee).delete()
    ReportingLine.objects.filter(manager=carol.employee, employee=alice.employee).update(distance=9)
    ReportingLine.objects.create(manager=eve.employee, employee=alice.employee, distance=1)

    rebuild_reporting_lines()

    assert stored_lines() == recomputed_lines()


def test_rebuilding_leaves_the_other_tenant_alone(alice: Person, mallory: Person, harbor: Organization) -> None:
    with tenant_context(mallory.organization.pk):
        report = EmployeeFactory.create(manager=mallory.employee)

    with tenant_context(harbor.pk):
        rebuild_reporting_lines()

    with tenant_context(mallory.organization.pk):
        assert stored_lines() == set()
        rebuild_reporting_lines()
        assert stored_lines() == {(mallory.employee.pk, report.pk, 1)}


PEOPLE = 7
MOVES = st.lists(st.tuples(st.integers(0, PEOPLE - 1), st.none() | st.integers(0, PEOPLE - 1)), max_size=25)


@given(moves=MOVES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_moves_leave_the_closure_as_a_recomputation_gives_it(db: None, moves: list[tuple[int, int | None]]) -> None:
    with transaction.atomic():
        organization = OrganizationFactory.create()
        with tenant_context(organization.pk):
            people = EmployeeFactory.create_batch(PEOPLE, department=None, location=None, job_description=None)
            for moved, target in moves:
                manager = None if target is None else people[target]
                try:
                    change_manager(actor=None, employee=people[moved], manager=manager)
                except DomainError:
                    people[moved].refresh_from_db()
                assert stored_lines() == recomputed_lines()
            rebuild_reporting_lines()
            assert stored_lines() == recomputed_lines()
        transaction.set_rollback(True)


@pytest.fixture
def committed_pair(transactional_db: None) -> Iterator[tuple[Organization, Employee, Employee]]:
    """Two employees without a manager, committed."""
    organization = OrganizationFactory.create()
    with tenant_context(organization.pk):
        yield organization, EmployeeFactory.create(), EmployeeFactory.create()


def test_two_moves_at_once_never_close_a_circle(committed_pair: tuple[Organization, Employee, Employee]) -> None:
    organization, first, second = committed_pair
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def move(employee_id: int, manager_id: int) -> None:
        try:
            with tenant_context(organization.pk):
                employee, manager = Employee.objects.get(pk=employee_id), Employee.objects.get(pk=manager_id)
                start.wait(10)
                change_manager(actor=None, employee=employee, manager=manager)
                outcomes.append("moved")
        except DomainError:
            outcomes.append("refused")
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=move, args=pair) for pair in [(first.pk, second.pk), (second.pk, first.pk)]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert sorted(outcomes) == ["moved", "refused"]
    assert stored_lines() == recomputed_lines()
    assert connection.get_autocommit()
