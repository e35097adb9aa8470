"""The wizard, page by page, as the HR admin walks it and others may not."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_rls_tenants import tenant_context

from people.enums import ImportStatus
from people.models import ColumnMapping, Employee, ImportBatch, Organization
from people.services import upload_run
from tests.cast import Person
from tests.people.imports.dirty_file import as_csv, dirty_file, person

pytestmark = pytest.mark.django_db

ROOT = "/o/harbor/people/import/"
PAGE_QUERIES = 12


@pytest.fixture
def admin(adam: Person, client_of: Callable[[Person], Client]) -> Client:
    """Return Adam's browser."""
    return client_of(adam)


def upload(client: Client, content: bytes, name: str = "people.csv") -> Any:
    """Send a file to the wizard."""
    return client.post(ROOT, {"upload": SimpleUploadedFile(name, content)})


def newest(organization: Organization) -> ImportBatch:
    """Return the organization's latest import."""
    with tenant_context(organization.pk):
        return ImportBatch.objects.select_related("organization").latest("pk")


def choice_of(client: Client, batch: ImportBatch) -> dict[str, str]:
    """Return what the columns page would send unchanged."""
    form = client.get(f"{ROOT}{batch.pk}/columns/").context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def work(batch: ImportBatch) -> None:
    """Do what the worker would."""
    with tenant_context(batch.organization_id):
        assert upload_run.run_import(batch_id=batch.pk)


def checked(client: Client, organization: Organization, content: bytes) -> ImportBatch:
    """Upload a file and have it checked with the columns as guessed."""
    upload(client, content)
    batch = newest(organization)
    client.post(f"{ROOT}{batch.pk}/columns/", choice_of(client, batch))
    work(batch)
    return newest(organization)


def test_wizard_leads_from_upload_to_report(admin: Client, harbor: Organization) -> None:
    answer = upload(admin, dirty_file())
    batch = newest(harbor)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{ROOT}{batch.pk}/columns/")

    answer = admin.post(f"{ROOT}{batch.pk}/columns/", choice_of(admin, batch))
    assert answer.headers["Location"] == f"{ROOT}{batch.pk}/"
    assert "Waiting for a free worker" in admin.get(f"{ROOT}{batch.pk}/").content.decode()

    work(batch)
    page = admin.get(f"{ROOT}{batch.pk}/")
    assert [count for _value, _label, count in page.context["outcomes"]] == [12, 0, 0, 0]
    with tenant_context(harbor.pk):
        assert Employee.objects.filter(number="20001").count() == 0

    assert "Write 12 people" in admin.get(f"{ROOT}{batch.pk}/application/").content.decode()
    answer = admin.post(f"{ROOT}{batch.pk}/application/")
    assert answer.headers["Location"] == f"{ROOT}{batch.pk}/"
    work(batch)

    page = admin.get(f"{ROOT}{batch.pk}/")
    assert "Import report" in page.content.decode()
    with tenant_context(harbor.pk):
        assert Employee.objects.filter(number__startswith="200").count() == 12


def test_list_of_imports_shows_the_latest(admin: Client, harbor: Organization) -> None:
    assert "No import yet" in admin.get(ROOT).content.decode()

    upload(admin, dirty_file())

    page = admin.get(ROOT).content.decode()
    assert "people.csv" in page
    assert "No import yet" not in page


@pytest.mark.parametrize("who", ["alice", "bob", "hana", "eve", "ines"])
def test_others_of_the_organization_may_not_import(
    who: str, admin: Client, harbor: Organization, client_of: Callable[[Person], Client], request: pytest.FixtureRequest
) -> None:
    batch = checked(admin, harbor, dirty_file())
    other = client_of(request.getfixturevalue(who))

    for path in ("", f"{batch.pk}/", f"{batch.pk}/columns/", f"{batch.pk}/application/", f"{batch.pk}/report.csv"):
        assert other.get(f"{ROOT}{path}").status_code == 403
    for path in ("", f"{batch.pk}/columns/", f"{batch.pk}/application/", f"{batch.pk}/removal/"):
        assert other.post(f"{ROOT}{path}").status_code == 403


def test_strangers_do_not_see_that_there_is_an_import(
    admin: Client, harbor: Organization, mallory: Person, client_of: Callable[[Person], Client]
) -> None:
    batch = checked(admin, harbor, dirty_file())
    with tenant_context(mallory.organization.pk):
        mallory.member.roles = ["hr_admin"]
        mallory.member.save()
    stranger = client_of(mallory)

    assert stranger.get(f"{ROOT}{batch.pk}/").status_code == 404
    for path in ("", "columns/", "application/", "report.csv"):
        assert stranger.get(f"/o/alder/people/import/{batch.pk}/{path}").status_code == 404
    assert stranger.post(f"/o/alder/people/import/{batch.pk}/application/").status_code == 404


def test_anonymous_visitor_is_sent_to_sign_in(harbor: Organization) -> None:
    assert Client().get(ROOT).headers["Location"] == f"/accounts/login/?next={ROOT}"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"EmpID,Name\n", "The file has headings but no rows."),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "This is an image (PNG), not a table."),
    ],
)
def test_what_is_no_table_is_refused_on_the_page(
    admin: Client, harbor: Organization, content: bytes, sentence: str
) -> None:
    answer = upload(admin, content)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with tenant_context(harbor.pk):
        assert ImportBatch.objects.count() == 0


def test_upload_without_a_file_says_so(admin: Client) -> None:
    answer = admin.post(ROOT, {})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"upload": ["This field is required."]}


def test_file_beyond_the_limit_is_refused(admin: Client, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 100

    answer = upload(admin, dirty_file())

    assert answer.status_code == 422
    assert "can be imported. Split it into several files." in answer.content.decode()


def test_columns_page_refuses_one_fact_twice_and_a_missing_number(admin: Client, harbor: Organization) -> None:
    upload(admin, dirty_file())
    batch = newest(harbor)
    choice = choice_of(admin, batch)

    answer = admin.post(f"{ROOT}{batch.pk}/columns/", {**choice, "column_1": "department"})

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "“Department” is chosen for two columns. Keep one of them.",
        "Choose the column that holds: Employee number.",
    ]
    assert newest(harbor).status == ImportStatus.UPLOADED


def test_choice_of_columns_is_remembered_for_the_next_file(admin: Client, harbor: Organization) -> None:
    upload(admin, dirty_file())
    batch = newest(harbor)
    admin.post(f"{ROOT}{batch.pk}/columns/", {**choice_of(admin, batch), "column_3": "", "column_2": "job_title"})

    upload(admin, dirty_file())

    columns = newest(harbor).mapping["columns"]
    assert columns["job_title"] == "Salary"
    assert "Position" not in columns.values()
    with tenant_context(harbor.pk):
        assert ColumnMapping.objects.count() == 1


def test_chosen_order_of_day_and_month_is_followed(admin: Client, harbor: Organization) -> None:
    upload(admin, as_csv([("1", "Ann Lee", "03/04/2020")], headings=("EmpID", "Name", "Hire Date")))
    batch = newest(harbor)
    admin.post(f"{ROOT}{batch.pk}/columns/", choice_of(admin, batch))
    work(batch)
    assert "Day or month? The file does not tell for sure" in admin.get(f"{ROOT}{batch.pk}/").content.decode()

    admin.post(f"{ROOT}{batch.pk}/columns/", {**choice_of(admin, batch), "date_order": "day_first"})
    work(batch)
    admin.post(f"{ROOT}{batch.pk}/application/")
    work(batch)

    with tenant_context(harbor.pk):
        assert Employee.objects.get(number="1").hired_on == datetime.date(2020, 4, 3)


def test_rows_can_be_narrowed_by_outcome_and_remark(admin: Client, harbor: Organization) -> None:
    batch = checked(admin, harbor, dirty_file())

    def lines(query: str) -> list[int]:
        page = admin.get(f"{ROOT}{batch.pk}/{query}").context["page"]
        with tenant_context(harbor.pk):
            return [row.line for row in page]

    assert lines("?outcome=refused") == []
    assert lines("?finding=manager_key_filled") == [6, 9]
    assert lines("?outcome=nonsense&finding=nonsense") == list(range(2, 14))


def test_progress_is_a_part_of_the_page_for_htmx_and_ends_with_a_refresh(admin: Client, harbor: Organization) -> None:
    upload(admin, dirty_file())
    batch = newest(harbor)
    admin.post(f"{ROOT}{batch.pk}/columns/", choice_of(admin, batch))
    headers = {"HX-Request": "true", "HX-Target": "import-progress"}

    part = admin.get(f"{ROOT}{batch.pk}/", headers=headers)
    work(batch)
    done = admin.get(f"{ROOT}{batch.pk}/", headers=headers)

    assert "<progress" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert (done.headers["HX-Refresh"], done.content) == ("true", b"")


def test_step_out_of_turn_is_refused(admin: Client, harbor: Organization) -> None:
    upload(admin, dirty_file())
    batch = newest(harbor)

    assert admin.get(f"{ROOT}{batch.pk}/").headers["Location"] == f"{ROOT}{batch.pk}/columns/"
    assert admin.get(f"{ROOT}{batch.pk}/application/").headers["Location"] == f"{ROOT}{batch.pk}/"
    assert admin.post(f"{ROOT}{batch.pk}/application/").status_code == 409
    assert newest(harbor).status == ImportStatus.UPLOADED


def test_upload_can_be_deleted_but_a_report_cannot(admin: Client, harbor: Organization) -> None:
    batch = checked(admin, harbor, dirty_file())
    admin.post(f"{ROOT}{batch.pk}/application/")
    work(batch)
    admin.post(f"{ROOT}{batch.pk}/removal/")
    assert newest(harbor).pk == batch.pk

    upload(admin, dirty_file())
    second = newest(harbor)
    answer = admin.post(f"{ROOT}{second.pk}/removal/", follow=True)

    assert "is deleted. Nobody was changed." in answer.content.decode()
    assert newest(harbor).pk == batch.pk


def test_failed_import_says_why_and_can_be_checked_again(admin: Client, harbor: Organization) -> None:
    content = as_csv([("1", "Ann Lee")] * 3000, headings=("EmpID", "Name")) + b'2,"Bo Roe\n' + b"3,Cy\n" * 30_000

    batch = checked(admin, harbor, content)

    page = admin.get(f"{ROOT}{batch.pk}/").content.decode()
    assert "The cell that begins on line 3002 never ends" in page
    assert "Choose columns and check again" in page


def test_report_cannot_run_formulas(admin: Client, harbor: Organization) -> None:
    rows = [("1", '=HYPERLINK("http://x.example")', "=cmd|' /C calc'!A0")]
    batch = checked(admin, harbor, as_csv(rows, headings=("EmpID", "Name", "Manager")))

    report = admin.get(f"{ROOT}{batch.pk}/report.csv")

    lines = report.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Line,Number,Name,Outcome,Remarks"
    assert lines[1].startswith("2,1,\"'=HYPERLINK(")
    assert report.headers["Content-Disposition"] == f'attachment; filename="import-{batch.pk}-peoplecsv.csv"'


def test_restricted_values_are_neither_on_the_page_nor_in_the_report(admin: Client, harbor: Organization) -> None:
    batch = checked(admin, harbor, as_csv([person("Lee, Ann", "1", born="09/19/88")]))

    for path in ("", "report.csv"):
        content = admin.get(f"{ROOT}{batch.pk}/{path}").content.decode()
        assert "Born on: Year in two digits. The value is not shown here." in content
        assert "1988" not in content


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_whatever_the_rows(
    admin: Client, harbor: Organization, rows: int, django_assert_num_queries: Any
) -> None:
    people = [person(f"Lee, Ann{number}", str(number)) for number in range(rows)]
    batch = checked(admin, harbor, as_csv(people))
    path = f"{ROOT}{batch.pk}/"
    admin.get(path)

    with django_assert_num_queries(PAGE_QUERIES):
        admin.get(path)
