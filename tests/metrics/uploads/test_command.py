"""``import_observations`` on the command line."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django_rls_tenants import tenant_context

from metrics.models import Metric, Observation
from people.models import ImportBatch, Organization
from tests.cast import EmployeeFactory
from tests.metrics.uploads.figures import LONG, make_metrics

pytestmark = pytest.mark.django_db

# The headings and the odd values of a real export: padded names, a date of review, counts and marks in one row.
HEADINGS = (
    "\ufeffEmployee_Name,EmpID,Salary,EngagementSurvey,EmpSatisfaction,"
    "LastPerformanceReview_Date,DaysLateLast30,Absences\n"
)
ROWS = """\
"Adinolfi, Wilson  K",10026,62506,4.6,5,1/17/2019,0,1
"Ait Sidi, Karthikeyan   ",10084,104437,4.96,3,2/24/2016,0,17
"Alagbe,Trina",10088,50825,5,4,1/25/2019,0,3
"Nobody, Ned",99999,50825,3,4,1/25/2019,0,3
"Open, Olga",10026,50825,4.1,,,2,
"""
WIDE = (
    "--metric=Absences=absences",
    "--metric=DaysLateLast30=days-late",
    "--metric=EngagementSurvey=engagement",
    "--metric=EmpSatisfaction=satisfaction",
)


@pytest.fixture
def reviews(tmp_path: Path, harbor: Organization) -> Path:
    """Return the export; three of its people are employees of Harbor."""
    with tenant_context(harbor.pk):
        for number in ("10026", "10084", "10088"):
            EmployeeFactory.create(number=number, hired_on=None)
    path = tmp_path / "hrdataset.csv"
    path.write_text(HEADINGS + ROWS, encoding="utf-8")
    return path


def run(*arguments: object) -> str:
    """Run the command and return what it prints."""
    out = io.StringIO()
    call_command("import_observations", *[str(argument) for argument in arguments], stdout=out)
    return out.getvalue()


def test_a_wide_export_of_reviews_loads_as_observations(harbor: Organization, reviews: Path) -> None:
    printed = run("harbor", reviews, *WIDE, "--create-metrics")

    assert "Imported into Harbor: hrdataset.csv, 5 rows" in printed
    with tenant_context(harbor.pk):
        wanted = Observation.objects.filter(series__employee__number="10084")
        assert sorted(wanted.values_list("series__metric__key", "value")) == [
            ("absences", 17.0),
            ("days-late", 0.0),
            ("engagement", 4.96),
            ("satisfaction", 3.0),
        ]
        assert {day.isoformat() for day in wanted.values_list("starts_on", flat=True)} == {"2016-02-24"}
        assert Observation.objects.count() == 12
        assert list(ImportBatch.objects.get().rows.values_list("line", "number")) == [(5, "99999"), (6, "10026")]


def test_a_long_file_needs_no_option(harbor: Organization, tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(LONG)
    with tenant_context(harbor.pk):
        make_metrics()
        EmployeeFactory.create(number="N1")
        EmployeeFactory.create(number="N2")

    printed = run("harbor", path)

    assert "Employee number      from column “Employee Number”" in printed
    with tenant_context(harbor.pk):
        assert Observation.objects.count() == 2


def test_a_dry_run_writes_nothing(harbor: Organization, reviews: Path) -> None:
    printed = run("harbor", reviews, *WIDE, "--create-metrics", "--dry-run")

    assert "Dry run for Harbor" in printed
    with tenant_context(harbor.pk):
        assert (Observation.objects.count(), Metric.objects.count(), ImportBatch.objects.count()) == (0, 0, 0)


def test_all_or_nothing_refuses_the_file_for_one_bad_row(harbor: Organization, reviews: Path) -> None:
    with pytest.raises(CommandError):
        run("harbor", reviews, *WIDE, "--create-metrics", "--all-or-nothing")

    with tenant_context(harbor.pk):
        assert Observation.objects.count() == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere", "{file}"], "There is no active organization “nowhere”."),
        (["harbor", "/nowhere.csv"], "There is no file “/nowhere.csv”."),
        (["harbor", "{file}", "--metric", "Absences"], "“Absences” is not --metric COLUMN=METRIC."),
        (["harbor", "{file}", "--map", "mood=Absences"], "“mood” is no part of an observation"),
        (["harbor", "{file}", "--metric", "Absences=charm"], "There is no metric “charm” that takes figures."),
        (["harbor", "{file}", "--metric", "Mood=Bad Key", "--create-metrics"], "“Bad Key” is no short name"),
        (["harbor", "{file}", "--metric", "Mood=mood", "--create-metrics"], "The file has no column “Mood”."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    harbor: Organization, reviews: Path, arguments: list[str], words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        run(*[argument.format(file=reviews) for argument in arguments])
