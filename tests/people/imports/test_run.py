"""A file is checked and applied: every row accounted for, all or nothing, the second time without a write."""

import datetime
import io
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection

from people.enums import EmployeeStatus, ImportStatus, LeavingKind
from people.models import Employee, EmployeeDemographics, ImportBatch, ImportChunk, ImportRow, Location, ReportingLine
from people.services import imports
from tests.cast import EmployeeFactory, Person
from tests.people.imports.dirty_file import as_csv, dirty_file, dirty_people, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("harbor_context")]


def upload(content: bytes, filename: str = "people.csv") -> ImportBatch:
    """Upload a file as the operator."""
    return imports.upload_file(actor=None, filename=filename, stream=io.BytesIO(content), size=len(content))


def apply(content: bytes) -> ImportBatch:
    """Upload and apply a file at once."""
    return imports.run_now(actor=None, batch=upload(content), is_applied=True)


def check(content: bytes) -> ImportBatch:
    """Upload and check a file at once."""
    return imports.run_now(actor=None, batch=upload(content), is_applied=False)


def employee(number: str) -> Employee:
    """Return the employee with that number."""
    return Employee.objects.select_related("manager", "department", "location", "job_description").get(number=number)


def codes(batch: ImportBatch, line: int) -> list[str]:
    """Return the codes of a row's findings."""
    return [finding["code"] for finding in ImportRow.objects.get(batch=batch, line=line).findings]


def everything(table: str) -> Sequence[Any]:
    """Return the physical version of every row of a table: it changes with each write, even one that changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, xmin::text, ctid::text FROM {table} ORDER BY id")
        return cursor.fetchall()


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
