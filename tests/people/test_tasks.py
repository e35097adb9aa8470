"""Work outside a request: each task opens the tenants it works for."""

import datetime
import subprocess

import time_machine
from django_rls_tenants import tenant_context

from people.enums import EmployeeStatus, LeaveKind
from people.models import Employee, Organization
from people.services.accounts import invite_member
from people.services.leave import record_leave
from people.tasks import refresh_leave_status
from tests.cast import EmployeeFactory, Person
from tests.support.mail import Mailbox


def test_an_invitation_leaves_through_the_worker(
    worker: "subprocess.Popen[bytes]", adam: Person, smtp_server: Mailbox
) -> None:
    with tenant_context(adam.organization.pk):
        invite_member(actor=adam.member, email="nora@harbor.example")

    [message] = smtp_server.wait_for(1)

    assert (message["To"], worker.poll()) == ("nora@harbor.example", None)


def status_of(person: Person) -> str:
    """Return the stored status."""
    with tenant_context(person.organization.pk):
        return str(Employee.objects.get(pk=person.employee.pk).status)


def test_the_status_follows_the_leaves_of_every_organization(
    alice: Person, hana: Person, mallory: Person, alder: Organization
) -> None:
    with time_machine.travel("2026-05-01T12:00Z", tick=False):
        for recorder, away in ((hana, alice.employee), (mallory, None)):
            with tenant_context(recorder.organization.pk):
                record_leave(
                    actor=recorder.member,
                    employee=away or EmployeeFactory.create(),
                    starts_on=datetime.date(2026, 6, 1),
                    kind=LeaveKind.OTHER,
                )

    with time_machine.travel("2026-06-01T12:00Z", tick=False):
        refresh_leave_status()

    with tenant_context(alder.pk):
        away_at_alder = Employee.objects.filter(status=EmployeeStatus.ON_LEAVE).count()
    assert (status_of(alice), status_of(hana), away_at_alder) == ("on_leave", "active", 1)


def test_a_closed_organization_is_left_alone(alice: Person, hana: Person) -> None:
    with time_machine.travel("2026-05-01T12:00Z", tick=False), tenant_context(alice.organization.pk):
        record_leave(
            actor=hana.member, employee=alice.employee, starts_on=datetime.date(2026, 6, 1), kind=LeaveKind.OTHER
        )
    Organization.objects.filter(pk=alice.organization.pk).update(is_active=False)

    with time_machine.travel("2026-06-01T12:00Z", tick=False):
        refresh_leave_status()

    assert status_of(alice) == "active"
