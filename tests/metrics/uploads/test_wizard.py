"""The upload wizard, page by page, as HR walks it and others may not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_rls_tenants import tenant_context
from pytest_django import DjangoAssertNumQueries

from metrics.models import Observation, ObservationBatch
from people.enums import ImportStatus
from people.models import ColumnMapping, ImportBatch, Organization
from people.services import upload_run
from tests.cast import EmployeeFactory, Person
from tests.metrics.uploads.figures import LONG, WIDE, make_metrics, uploaded
from tests.people.imports.dirty_file import dirty_file
from tests.people.imports.workbook_file import as_workbook

pytestmark = pytest.mark.django_db

ROOT = "/o/harbor/metrics/uploads/"
PEOPLE = "/o/harbor/people/import/"
ClientOf = Callable[[Person], Client]


@pytest.fixture
def partner(hana: Person, client_of: ClientOf) -> Client:
    """Return Hana's browser; Harbor measures accuracy and calls of N1 and N2."""
    with tenant_context(hana.organization.pk):
        make_metrics()
        EmployeeFactory.create(number="N1")
        EmployeeFactory.create(number="N2")
    return client_of(hana)


def upload(client: Client, content: bytes, name: str = "figures.csv", root: str = ROOT) -> Any:
    """Send a file to the wizard."""
    return client.post(root, {"upload": SimpleUploadedFile(name, content)})


def newest(organization: Organization) -> ImportBatch:
    """Return the organization's latest upload."""
    with tenant_context(organization.pk):
        return ImportBatch.objects.select_related("organization").latest("pk")


def choice_of(client: Client, batch: ImportBatch) -> dict[str, str]:
    """Return what the columns page would send unchanged."""
    form = client.get(f"{ROOT}{batch.pk}/columns/").context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    return {name: value for name, value in values.items() if name != "is_strict"}


def work(batch: ImportBatch) -> None:
    """Do what the worker would."""
    with tenant_context(batch.organization_id):
        assert upload_run.run_import(batch_id=batch.pk)


def checked(client: Client, organization: Organization, content: bytes, **changes: str) -> ImportBatch:
    """Upload a file and have it checked with the columns as guessed."""
    upload(client, content)
    batch = newest(organization)
    client.post(f"{ROOT}{batch.pk}/columns/", {**choice_of(client, batch), **changes})
    work(batch)
    return newest(organization)


def values_of(organization: Organization) -> list[tuple[str, str, str, float]]:
    """Return every observation there is."""
    with tenant_context(organization.pk):
        rows = Observation.objects.order_by("series__employee__number", "series__metric__key", "starts_on")
        return [
            (number, key, day.isoformat(), value)
            for number, key, day, value in rows.values_list(
                "series__employee__number", "series__metric__key", "starts_on", "value"
            )
        ]


def test_wizard_leads_from_a_long_file_to_its_report(partner: Client, harbor: Organization) -> None:
    answer = upload(partner, LONG)
    batch = newest(harbor)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{ROOT}{batch.pk}/columns/")

    answer = partner.post(f"{ROOT}{batch.pk}/columns/", choice_of(partner, batch))
    assert answer.headers["Location"] == f"{ROOT}{batch.pk}/"
    assert "Waiting for a free worker" in partner.get(f"{ROOT}{batch.pk}/").text

    work(batch)
    page = partner.get(f"{ROOT}{batch.pk}/")
    assert page.context["counts"] == {"new": 2, "corrected": 0, "unchanged": 0, "omitted": 0, "refused": 3}
    assert values_of(harbor) == []

    assert "Record 2 figures" in partner.get(f"{ROOT}{batch.pk}/application/").text
    answer = partner.post(f"{ROOT}{batch.pk}/application/")
    assert answer.headers["Location"] == f"{ROOT}{batch.pk}/"
    work(batch)

    assert "Report of the file" in partner.get(f"{ROOT}{batch.pk}/").text
    assert values_of(harbor) == [("N1", "accuracy", "2026-06-01", 97.5), ("N2", "accuracy", "2026-06-01", 99.1)]


def test_wide_file_with_another_country_s_decimals_and_dates_is_read(partner: Client, harbor: Organization) -> None:
    batch = checked(partner, harbor, WIDE)
    assert batch.summary["counts"] == {"new": 4, "corrected": 0, "unchanged": 0, "omitted": 0, "refused": 1}

    partner.post(f"{ROOT}{batch.pk}/application/")
    work(batch)

    assert values_of(harbor) == [
        ("N1", "accuracy", "2026-06-01", 97.5),
        ("N1", "calls", "2026-06-01", 120.0),
        ("N1", "calls", "2026-06-15", 118.0),
        ("N2", "accuracy", "2026-06-01", 99.1),
    ]


def test_spreadsheet_is_read_like_a_text_file(partner: Client, harbor: Organization) -> None:
    content = as_workbook({"Week": [["EmpID", "Week", "Calls"], ["N1", "2026-06-01", 12]]})

    batch = checked(partner, harbor, content)

    assert batch.summary["counts"]["new"] == 1


def test_each_refused_row_stands_in_the_report_with_line_and_reason(partner: Client, harbor: Organization) -> None:
    batch = checked(partner, harbor, LONG)
    with tenant_context(harbor.pk):
        lines = partner.get(f"{ROOT}{batch.pk}/").context["lines"]

    found = [
        (line["line"], line["number"], remark["metric"], remark["day"], remark["value"])
        for line in lines
        for remark in line["remarks"]
    ]
    assert found == [
        (4, "N1", "accuracy", "2026-06-08", "ninety"),
        (5, "NOBODY", "accuracy", "2026-06-01", "90"),
        (6, "N1", "charm", "2026-06-01", "3"),
    ]
    assert all(remark["sentence"] for line in lines for remark in line["remarks"])


def test_what_was_done_with_rows_that_are_taken_is_counted(partner: Client, harbor: Organization) -> None:
    batch = checked(partner, harbor, b"EmpID,Week,Calls\nN1,2026-06-03,12\nN2,2026-06-04,13\n")

    assert partner.get(f"{ROOT}{batch.pk}/").context["notes"] == [
        "2 rows had a date inside their period and were put on the first day of the week or month."
    ]


def test_rows_can_be_narrowed_by_reason(partner: Client, harbor: Organization) -> None:
    batch = checked(partner, harbor, LONG)
    codes = list(batch.summary["findings"])
    assert len(codes) == 3

    pages = [partner.get(f"{ROOT}{batch.pk}/?finding={code}").context["page"] for code in [*codes, "nonsense"]]

    assert [page.paginator.count for page in pages] == [1, 1, 1, 0]


def test_report_is_downloaded_with_a_line_per_refusal(partner: Client, harbor: Organization) -> None:
    batch = checked(partner, harbor, LONG)

    answer = partner.get(f"{ROOT}{batch.pk}/report.csv")

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Line,Employee,Metric,Date,Value,Reason"
    assert [line.split(",")[0] for line in lines[1:]] == ["4", "5", "6"]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="figures-{batch.pk}-figurescsv.csv"'


def test_row_with_too_many_cells_is_refused_and_the_others_pass(partner: Client, harbor: Organization) -> None:
    batch = checked(partner, harbor, b"EmpID,Week,Calls\nN1,2026-06-01,12,99\nN2,2026-06-01,13\n")

    assert batch.summary["counts"] == {"new": 1, "corrected": 0, "unchanged": 0, "omitted": 0, "refused": 1}
    assert "The row has 4 cells under 3 headings" in partner.get(f"{ROOT}{batch.pk}/").text


def test_all_or_none_keeps_a_file_with_a_bad_row_out(partner: Client, harbor: Organization) -> None:
    batch = checked(partner, harbor, LONG, is_strict="on")
    page = partner.get(f"{ROOT}{batch.pk}/").text
    assert "All or none: nothing can be recorded" in page
    assert f"{ROOT}{batch.pk}/application/" not in page

    partner.post(f"{ROOT}{batch.pk}/application/")
    work(batch)

    assert (newest(harbor).status, values_of(harbor)) == (ImportStatus.FAILED, [])
    with tenant_context(harbor.pk):
        assert not ObservationBatch.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"EmpID,Week,Calls\n", "The file has headings but no rows."),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "This is an image (PNG), not a table."),
        (b"PK\x05\x06" + bytes(18), "This is an empty ZIP archive, not a table."),
    ],
)
def test_what_is_no_table_is_refused_on_the_page(
    partner: Client, harbor: Organization, content: bytes, sentence: str
) -> None:
    answer = upload(partner, content)

    assert (answer.status_code, sentence in answer.text) == (422, True)
    with tenant_context(harbor.pk):
        assert ImportBatch.objects.count() == 0


def test_file_beyond_the_limit_is_refused(partner: Client, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 100

    answer = upload(partner, LONG)

    assert (answer.status_code, "Split it into several files." in answer.text) == (422, True)


def test_columns_page_keeps_what_was_chosen_and_says_what_is_missing(partner: Client, harbor: Organization) -> None:
    upload(partner, LONG)
    batch = newest(harbor)

    answer = partner.post(f"{ROOT}{batch.pk}/columns/", {**choice_of(partner, batch), "column_2": ""})

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == ["Choose the column that holds: Date."]
    assert answer.context["form"]["column_1"].value() == "metric"
    assert newest(harbor).status == ImportStatus.UPLOADED


def test_meanings_are_remembered_apart_from_those_of_people(partner: Client, harbor: Organization) -> None:
    checked(partner, harbor, b"EmpID,Week,Score\nN1,2026-06-01,12\n", column_2="metric:calls")
    upload(partner, b"EmpID,Week,Score\nN1,2026-06-08,13\n")

    assert newest(harbor).mapping["meanings"]["Score"] == "metric:calls"
    with tenant_context(harbor.pk):
        assert list(ColumnMapping.objects.values_list("kind", flat=True)) == ["observations"]


def test_order_of_day_and_month_that_is_assumed_is_said(partner: Client, harbor: Organization) -> None:
    content = b"EmpID,Week,Calls\nN1,03/04/2026,12\n"
    batch = checked(partner, harbor, content)
    assert "Day or month? The file does not tell for sure" in partner.get(f"{ROOT}{batch.pk}/").text

    batch = checked(partner, harbor, content, date_order="day_first")

    assert "Day or month?" not in partner.get(f"{ROOT}{batch.pk}/").text


def test_files_of_people_and_of_figures_are_listed_apart(
    partner: Client, adam: Person, client_of: ClientOf, harbor: Organization
) -> None:
    admin = client_of(adam)
    upload(admin, dirty_file(), "people.csv", PEOPLE)
    of_people = newest(harbor)
    upload(partner, LONG)
    of_figures = newest(harbor)

    assert ("people.csv" in admin.get(ROOT).text, "figures.csv" in admin.get(ROOT).text) == (False, True)
    assert ("people.csv" in admin.get(PEOPLE).text, "figures.csv" in admin.get(PEOPLE).text) == (True, False)
    assert admin.get(f"{ROOT}{of_people.pk}/columns/").status_code == 404
    assert admin.get(f"{PEOPLE}{of_figures.pk}/columns/").status_code == 404


@pytest.mark.parametrize("who", ["alice", "bob", "eve", "ines"])
def test_others_of_the_organization_may_not_upload(
    who: str, partner: Client, harbor: Organization, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    batch = checked(partner, harbor, LONG)
    other = client_of(request.getfixturevalue(who))

    for path in ("", f"{batch.pk}/columns/", f"{batch.pk}/application/", f"{batch.pk}/removal/"):
        assert other.post(f"{ROOT}{path}").status_code == 403


def test_progress_is_a_part_of_the_page_for_htmx_and_ends_with_a_refresh(partner: Client, harbor: Organization) -> None:
    upload(partner, LONG)
    batch = newest(harbor)
    partner.post(f"{ROOT}{batch.pk}/columns/", choice_of(partner, batch))
    headers = {"HX-Request": "true", "HX-Target": "import-progress"}

    part = partner.get(f"{ROOT}{batch.pk}/", headers=headers)
    work(batch)
    done = partner.get(f"{ROOT}{batch.pk}/", headers=headers)

    assert ("<progress" in part.text, "<html" in part.text) == (True, False)
    assert (done.headers["HX-Refresh"], done.content) == ("true", b"")


def test_step_out_of_turn_is_refused(partner: Client, harbor: Organization) -> None:
    upload(partner, LONG)
    batch = newest(harbor)

    assert partner.get(f"{ROOT}{batch.pk}/").headers["Location"] == f"{ROOT}{batch.pk}/columns/"
    assert partner.get(f"{ROOT}{batch.pk}/application/").headers["Location"] == f"{ROOT}{batch.pk}/"
    assert partner.post(f"{ROOT}{batch.pk}/application/").status_code == 409


def test_upload_can_be_deleted_but_a_recorded_file_cannot(partner: Client, harbor: Organization) -> None:
    batch = checked(partner, harbor, LONG)
    partner.post(f"{ROOT}{batch.pk}/application/")
    work(batch)
    partner.post(f"{ROOT}{batch.pk}/removal/")
    assert newest(harbor).pk == batch.pk

    upload(partner, LONG)
    second = newest(harbor)
    answer = partner.post(f"{ROOT}{second.pk}/removal/", follow=True)

    assert "is deleted. No figure was changed." in answer.text
    assert newest(harbor).pk == batch.pk


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_file_and_for_three(
    count: int, partner: Client, harbor: Organization, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with tenant_context(harbor.pk):
        for _each in range(count):
            uploaded(LONG)
    partner.get(ROOT)

    with django_assert_num_queries(10):
        partner.get(ROOT)
