"""A file is checked and applied: every row accounted for, all or nothing, the second time without a write."""

import datetime
import io
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection

from people.enums import EmployeeStatus, ImportStatus, LeavingKind
from people.models import (
    Department,
    Employee,
    EmployeeDemographics,
    ImportBatch,
    ImportChunk,
    ImportRow,
    JobDescription,
    Location,
    ReportingLine,
)
from people.services import imports, upload_run
from tests.cast import EmployeeFactory, Person
from tests.people.imports.dirty_file import as_csv, dirty_file, dirty_people, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("harbor_context")]


def upload(content: bytes, filename: str = "people.csv") -> ImportBatch:
    """Upload a file as the operator."""
    return imports.upload_file(actor=None, filename=filename, stream=io.BytesIO(content), size=len(content))


def apply(content: bytes) -> ImportBatch:
    """Upload and apply a file at once."""
    return upload_run.run_now(actor=None, batch=upload(content), is_applied=True)


def check(content: bytes) -> ImportBatch:
    """Upload and check a file at once."""
    return upload_run.run_now(actor=None, batch=upload(content), is_applied=False)


def employee(number: str) -> Employee:
    """Return the employee with that number."""
    return Employee.objects.get(number=number)


def department_of(number: str) -> str:
    """Return the name of an employee's department."""
    return Department.objects.get(employees__number=number).name


def job_of(number: str) -> str:
    """Return the name of an employee's job description."""
    return JobDescription.objects.get(employees__number=number).name


def place_of(number: str) -> Location:
    """Return an employee's place of work."""
    return Location.objects.get(employees__number=number)


def codes(batch: ImportBatch, line: int) -> list[str]:
    """Return the codes of a row's findings."""
    return [finding["code"] for finding in ImportRow.objects.get(batch=batch, line=line).findings]


def everything(table: str) -> Sequence[Any]:
    """Return the physical version of every row of a table; each write changes it, even one that changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT xmin::text, ctid::text FROM {table} ORDER BY 1, 2")  # noqa: S608  # our own names
        return list(cursor.fetchall())


def test_dirty_file_is_imported_with_every_row_accounted_for() -> None:
    batch = apply(dirty_file())

    assert batch.summary["outcomes"] == {"created": 12, "updated": 0, "unchanged": 0, "refused": 0}
    assert batch.summary["findings"] == {
        "date_two_digit_year": 3,
        "manager_key_filled": 2,
        "manager_not_employee": 3,
        "manager_key_differs": 1,
        "manager_has_left": 1,
    }
    assert ImportRow.objects.filter(batch=batch, employee__isnull=False).count() == 12


def test_facts_of_the_dirty_file_are_right() -> None:
    apply(dirty_file())

    pieter = employee("20003")
    assert (pieter.full_name, pieter.last_rating, pieter.email) == ("Pieter J De Vries", "PIP", "")
    assert (department_of("20003"), place_of("20003").subdivision, place_of("20003").time_zone) == (
        "Production", "MA", "America/New_York",
    )  # fmt: skip
    assert (pieter.manager, pieter.reported_manager) == (employee("20002"), "")
    leila = employee("20005")
    assert (leila.status, leila.left_on, leila.leaving_kind, leila.leaving_reason) == (
        EmployeeStatus.LEFT, datetime.date(2016, 6, 16), LeavingKind.VOLUNTARY, "career change",
    )  # fmt: skip
    greta = employee("20006")
    assert (greta.leaving_kind, greta.last_rating) == (LeavingKind.INVOLUNTARY, "PIP")
    kenji = employee("20007")
    assert (kenji.manager, kenji.reported_manager, job_of("20007")) == (
        None,
        "Walter Absent",
        "Data Analyst",
    )
    assert employee("20008").job_description == kenji.job_description
    assert EmployeeDemographics.objects.get(employee__number="20002").born_on == datetime.date(1988, 9, 19)
    assert EmployeeDemographics.objects.get(employee__number="20003").hispanic_or_latino == "No"


def test_reporting_lines_reach_to_the_top() -> None:
    apply(dirty_file())

    above = ReportingLine.objects.filter(employee__number="20009").order_by("distance")
    assert list(above.values_list("manager__number", "distance")) == [("20003", 1), ("20002", 2), ("20001", 3)]


def test_same_file_again_changes_nothing_and_writes_nothing() -> None:
    apply(dirty_file())
    tables = ["people_employee", "people_employeeevent", "people_employeedemographics", "people_department",
              "people_location", "people_jobdescription", "people_reportingline"]  # fmt: skip
    before = [everything(table) for table in tables]

    batch = apply(dirty_file())

    assert batch.summary["outcomes"] == {"created": 0, "updated": 0, "unchanged": 12, "refused": 0}
    assert [everything(table) for table in tables] == before


def test_check_changes_nobody_and_says_what_applying_will_do() -> None:
    EmployeeFactory.create(number="20003", given_name="Pieter", family_name="De Vries", last_rating="Exceeds")
    before = everything("people_employee")

    batch = check(dirty_file())

    assert batch.status == ImportStatus.CHECKED
    assert batch.summary["outcomes"] == {"created": 11, "updated": 1, "unchanged": 0, "refused": 0}
    assert batch.summary["new_departments"] == ["Executive Office", "IT/IS", "Production"]
    assert batch.summary["new_locations"] == ["Connecticut", "Massachusetts", "Texas"]
    assert everything("people_employee") == before
    row = ImportRow.objects.get(batch=batch, number="20003")
    changes = {each["field"]: (each["value"], each["detail"]) for each in row.findings if each["code"] == "changed"}
    assert changes["last_rating"] == ("Exceeds", "PIP")
    assert changes["given_name"] == ("Pieter", "Pieter J")
    assert changes["born_on"] == ("", "")


def test_one_changed_cell_changes_one_person() -> None:
    apply(dirty_file())
    people = dirty_people()
    people[3] = person("O'Brien, Máire", "20004", manager="Ngozi Okafor", manager_key="2", state="CT", rating="Exceeds")

    batch = apply(as_csv(people))

    assert batch.summary["outcomes"] == {"created": 0, "updated": 1, "unchanged": 11, "refused": 0}
    assert employee("20004").manager == employee("20001")
    assert list(ReportingLine.objects.filter(employee__number="20004").values_list("manager__number", flat=True)) == [
        "20001"
    ]


def test_change_is_on_the_history_with_the_import_as_its_reason() -> None:
    batch = apply(dirty_file())

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT pgh_context ->> 'import_batch' FROM people_employeeevent WHERE number LIKE '200%'"
        )
        assert cursor.fetchall() == [(str(batch.pk),)]


def test_empty_cells_and_missing_columns_keep_what_is_known() -> None:
    apply(dirty_file())

    batch = apply(as_csv([("20003", "Pieter J De Vries", "")], headings=("EmpID", "Name", "Department")))

    assert batch.summary["outcomes"]["unchanged"] == 1
    assert department_of("20003") == "Production"


def test_person_employed_again_loses_the_date_of_leaving() -> None:
    apply(dirty_file())

    apply(as_csv([("20005", "Leila Haddad", "Active")], headings=("EmpID", "Name", "Status")))

    leila = employee("20005")
    assert (leila.status, leila.left_on, leila.leaving_kind, leila.leaving_reason) == (
        EmployeeStatus.ACTIVE, None, "", "",
    )  # fmt: skip


def test_recorded_leave_is_not_ended_by_a_file_that_says_active() -> None:
    EmployeeFactory.create(number="1", given_name="Ann", family_name="Lee", status=EmployeeStatus.ON_LEAVE)

    batch = apply(as_csv([("1", "Ann Lee", "Active")], headings=("EmpID", "Name", "Status")))

    assert batch.summary["outcomes"]["unchanged"] == 1
    assert employee("1").status == EmployeeStatus.ON_LEAVE


def test_refused_rows_have_their_reason_and_change_nobody() -> None:
    EmployeeFactory.create(number="1", given_name="Ann", family_name="Lee", hired_on=datetime.date(2020, 3, 2))
    rows = [
        ("1", "Ann Lee", "01/31/2019", "Terminated", ""),
        ("2", "Bo Roe", "", "Terminated", "Ann Lee"),
        ("", "Cy Doe", "", "", ""),
        ("4", "", "", "", ""),
        ("5", "Di Fox", "", "", "Bo Roe"),
        ("5", "Di Wolf", "", "", ""),
        ("5", "Di Fox", "", "", "Bo Roe"),
    ]

    batch = apply(as_csv(rows, headings=("EmpID", "Name", "Termination Date", "Status", "Manager")))

    assert batch.summary["outcomes"] == {"created": 1, "updated": 0, "unchanged": 1, "refused": 5}
    assert [codes(batch, line) for line in range(2, 9)] == [
        ["left_before_hired"],
        ["left_without_date"],
        ["number_missing"],
        ["name_missing"],
        ["manager_not_employee"],
        ["number_conflict"],
        ["number_repeated"],
    ]
    assert employee("1").status == EmployeeStatus.ACTIVE


def test_circle_of_managers_is_broken_and_the_rest_stands() -> None:
    rows = [("1", "Ann Lee", "2"), ("2", "Bo Roe", "3"), ("3", "Cy Doe", "1"), ("4", "Di Fox", "4")]
    headings = ("EmpID", "Name", "Manager Number")

    batch = apply(as_csv(rows, headings=headings))

    assert [codes(batch, line) for line in range(2, 6)] == [[], [], ["manager_cycle"], ["manager_is_self"]]
    assert [employee(number).manager_id for number in "34"] == [None, None]
    assert apply(as_csv(rows, headings=headings)).summary["outcomes"]["unchanged"] == 4


def test_departments_are_one_whatever_their_case() -> None:
    rows = [("1", "Ann Lee", "Sales"), ("2", "Bo Roe", "SALES "), ("3", "Cy Doe", "sales")]

    apply(as_csv(rows, headings=("EmpID", "Name", "Department")))

    assert {department_of(number) for number in "123"} == {"Sales"}


def test_existing_place_keeps_its_zone() -> None:
    Location.objects.create(name="Massachusetts", country="US", subdivision="MA", time_zone="America/Chicago")

    apply(dirty_file())

    assert place_of("20003").time_zone == "America/Chicago"


def test_content_is_erased_once_applied_and_the_report_stays() -> None:
    batch = check(dirty_file())
    assert ImportChunk.objects.filter(batch=batch).exists() is True

    upload_run.run_now(actor=None, batch=batch, is_applied=True)

    assert ImportChunk.objects.filter(batch=batch).exists() is False
    assert ImportRow.objects.filter(batch=batch).count() == 12


def test_file_that_breaks_off_leaves_nothing(alice: Person) -> None:
    content = as_csv([("1", "Ann Lee")] * 3000, headings=("EmpID", "Name")) + b'2,"Bo Roe\n' + b"3,Cy\n" * 30_000
    batch = upload(content)
    batch.status = ImportStatus.APPLYING
    batch.save()

    assert upload_run.run_import(batch_id=batch.pk) is True

    batch.refresh_from_db()
    assert (batch.status, Employee.objects.filter(number="1").exists()) == (ImportStatus.FAILED, False)
    assert batch.error.startswith("The cell that begins on line 3002 never ends")


def test_batch_that_crashed_three_times_has_failed() -> None:
    batch = upload(dirty_file())
    ImportBatch.objects.filter(pk=batch.pk).update(status=ImportStatus.APPLYING, attempts=upload_run.MAX_ATTEMPTS)

    assert upload_run.run_import(batch_id=batch.pk) is False

    batch.refresh_from_db()
    assert batch.status == ImportStatus.FAILED
    assert Employee.objects.filter(number="20001").exists() is False


def test_batch_that_waits_for_nothing_is_left_alone() -> None:
    assert upload_run.run_import(batch_id=upload(dirty_file()).pk) is False
    assert upload_run.run_import(batch_id=0) is False


def test_old_uploads_nobody_applied_are_deleted() -> None:
    old, new = upload(dirty_file()), upload(dirty_file())
    long_ago = old.created_at - datetime.timedelta(days=upload_run.KEPT_DAYS + 1)
    ImportBatch.objects.filter(pk=old.pk).update(created_at=long_ago)

    upload_run.resume_imports()

    assert list(ImportBatch.objects.values_list("pk", flat=True)) == [new.pk]
    assert ImportChunk.objects.filter(batch_id=old.pk).exists() is False
