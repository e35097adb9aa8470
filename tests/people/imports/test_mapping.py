"""The guess from headings: right where it can be, silent where it cannot, corrected by what was chosen before."""

import pytest

from people.imports.dates import DateOrder
from people.imports.mapping import ColumnChoice, guess_mapping, missing_fields, plain_heading
from tests.people.imports.dirty_file import HEADINGS, dirty_people


def guessed(headings: list[str], samples: list[list[str]] | None = None, **remembered: str) -> dict[str, str]:
    """Return the heading guessed for each field."""
    return {key: guess.heading for key, guess in guess_mapping(headings, samples or [], remembered).items()}


def test_headings_of_the_dirty_file_are_understood() -> None:
    assert guessed(list(HEADINGS), [list(row) for row in dirty_people()]) == {
        "name": "Employee_Name",
        "number": "EmpID",
        "job_title": "Position",
        "state": "State",
        "born_on": "DOB",
        "gender": "Sex",
        "marital_status": "MaritalDesc",
        "citizenship": "CitizenDesc",
        "hispanic_or_latino": "HispanicLatino",
        "ethnicity": "RaceDesc",
        "hired_on": "DateofHire",
        "left_on": "DateofTermination",
        "leaving_reason": "TermReason",
        "status": "EmploymentStatus",
        "department": "Department",
        "manager_name": "ManagerName",
        "manager_key": "ManagerID",
        "last_rating": "PerformanceScore",
        "last_reviewed_on": "LastPerformanceReview_Date",
    }


def test_manager_id_that_is_an_employee_number_is_one() -> None:
    headings = ["Emp ID", "Name", "Manager ID"]
    samples = [["1", "Ann Lee", ""], ["2", "Bo Roe", "1"], ["3", "Cy Doe", "1"]]

    assert guessed(headings, samples)["manager_number"] == "Manager ID"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("FIRST NAME", "given_name"),
        ("last_name", "family_name"),
        ("E-mail", "email"),
        ("Work Email", "email"),
        ("Employee No.", "number"),
        ("Start Date", "hired_on"),
        ("Reports to", "manager_name"),
        ("Job Title", "job_title"),
        ("Nachname", "family_name"),
        ("Departement", "department"),
    ],
)
def test_usual_headings_are_understood(heading: str, field: str) -> None:
    assert guessed([heading]) == {field: heading}


@pytest.mark.parametrize("heading", ["Salary", "EmpStatusID", "DeptID", "Zip", "PositionID", "GenderID", "Absences"])
def test_other_headings_mean_nothing(heading: str) -> None:
    assert guessed([heading]) == {}


def test_likeness_is_less_certain_than_a_known_heading() -> None:
    guesses = guess_mapping(["Departement", "Name"], [])

    assert guesses["name"].is_certain is True
    assert guesses["department"].is_certain is False


def test_choice_of_last_time_comes_first() -> None:
    assert guessed(["Ref", "Name", "EmpID"], ref="number", empid="") == {"number": "Ref", "name": "Name"}


def test_heading_serves_one_field_only() -> None:
    headings = list(guessed(["Name", "Employee", "Number", "EmpID"]).values())

    assert len(headings) == len(set(headings))


def test_plain_heading_ignores_case_and_punctuation() -> None:
    assert plain_heading(" Employee_ Name. ") == "employeename"


@pytest.mark.parametrize(
    ("columns", "missing"),
    [
        ({}, ["number", "name"]),
        ({"number": "A"}, ["name"]),
        ({"name": "A"}, ["number"]),
        ({"number": "A", "family_name": "B"}, []),
    ],
)
def test_number_and_name_are_needed(columns: dict[str, str], missing: list[str]) -> None:
    assert missing_fields(columns) == missing


def test_choice_survives_storage() -> None:
    choice = ColumnChoice({"number": "A"}, DateOrder.DAY_FIRST)

    assert ColumnChoice.from_json(choice.as_json()) == choice
    assert ColumnChoice.from_json({}) == ColumnChoice({})
