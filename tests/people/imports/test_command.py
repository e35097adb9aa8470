"""The command line imports as the wizard does, prints the counts, and refuses with one sentence."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from people.models import Employee, ImportBatch, Organization
from tests.people.imports.dirty_file import as_csv, dirty_file

pytestmark = pytest.mark.django_db


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Run the command for Harbor; return what it printed, line by line."""
    call_command("import_employees", "harbor", *arguments)
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def path(tmp_path: Path, harbor: Organization) -> Path:
    """Return the path of the dirty file."""
    path = tmp_path / "people.csv"
    path.write_bytes(dirty_file())
    return path


def test_command_imports_and_counts(
    capsys: pytest.CaptureFixture[str], path: Path, harbor_context: Organization
) -> None:
    printed = run(capsys, str(path))

    assert printed[0] == "Imported into Harbor: people.csv, 12 rows"
    assert printed[printed.index("Rows") + 1 : printed.index("Remarks")] == [
        "New 12", "Changed 0", "Unchanged 0", "Refused 0",
    ]  # fmt: skip
    assert printed[printed.index("Remarks") + 1] == "warning Year in two digits 3 date_two_digit_year"
    assert Employee.objects.count() == 12


def test_dry_run_leaves_nothing(capsys: pytest.CaptureFixture[str], path: Path, harbor_context: Organization) -> None:
    printed = run(capsys, str(path), "--dry-run")

    assert printed[0] == "Dry run for Harbor: people.csv, 12 rows"
    assert "New 12" in printed
    assert (Employee.objects.count(), ImportBatch.objects.count()) == (0, 0)


def test_columns_can_be_named(capsys: pytest.CaptureFixture[str], tmp_path: Path, harbor_context: Organization) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(as_csv([("x1", "9", "Ann Lee", "Sales")], headings=("Ref", "EmpID", "Who", "Department")))

    run(capsys, str(path), "--map", "number=Ref", "--map", "name=Who", "--map", "department=")

    employee = Employee.objects.get()
    assert (employee.number, employee.full_name, employee.department) == ("x1", "Ann Lee", None)


@pytest.mark.parametrize(
    ("content", "arguments", "sentence"),
    [
        (b"", [], "The file is empty."),
        (b"Colour,Taste\nred,sweet\n", [], "Choose a column for: Employee number, Name in one column."),
        (b"EmpID,Name\n1,Ann\n", ["--map", "name=Nobody"], "The file has no column “Nobody”."),
        (b"EmpID,Name\n1,Ann\n", ["--map", "shoe=Name"], "“shoe=Name” is not FIELD=COLUMN"),
    ],
)
def test_what_cannot_be_imported_is_refused(
    tmp_path: Path, harbor_context: Organization, content: bytes, arguments: list[str], sentence: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)

    with pytest.raises(CommandError) as caught:
        call_command("import_employees", "harbor", str(path), *arguments)

    assert str(caught.value).startswith(sentence)
    assert caught.value.returncode == 1
    assert ImportBatch.objects.count() == 0


def test_unknown_organization_and_file_are_named(path: Path) -> None:
    with pytest.raises(CommandError, match="no active organization “nowhere”"):
        call_command("import_employees", "nowhere", str(path))
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_employees", "harbor", f"{path}.missing")
