"""Rows: what is taken, what is left out with a warning, what is refused."""

import datetime

import pytest

from people.enums import EmployeeStatus, LeavingKind
from people.imports.clean import Cleaner, CleanRow, refuse_repeated
from people.imports.dates import Certainty, ColumnOrder, DateOrder
from people.imports.fields import DATE_FIELDS, FIELDS
from people.imports.source import Record
from people.imports.statuses import read_leaving_kind, read_status

TODAY = datetime.date(2026, 11, 22)
ORDER = ColumnOrder(DateOrder.MONTH_FIRST, Certainty.DECIDED)
KEYS = [field.key for field in FIELDS]


def clean(*, home: str = "US", **values: str) -> CleanRow:
    """Clean one row whose headings are the names of the fields."""
    facts = {"number": "7", "name": "Lee, Ann", **values}
    cleaner = Cleaner(KEYS, {key: key for key in KEYS}, dict.fromkeys(DATE_FIELDS, ORDER), TODAY, home)
    record = Record(2, [facts.get(key, "") for key in KEYS])
    return next(cleaner.clean_all(iter([record])))


def codes(row: CleanRow) -> list[str]:
    """Return the codes of the findings."""
    return [finding.code for finding in row.findings]


def test_clean_row_has_no_findings() -> None:
    row = clean(email="Ann.Lee@Harbor.example", hired_on="07/05/2011", department="Sales", status="Active")

    assert codes(row) == []
    assert (row.given_name, row.family_name, row.email) == ("Ann", "Lee", "ann.lee@harbor.example")
    assert (row.hired_on, row.status) == (datetime.date(2011, 7, 5), EmployeeStatus.ACTIVE)


def test_missing_email_is_not_invented() -> None:
    assert clean().email is None


def test_empty_cells_say_nothing() -> None:
    row = clean(department="N/A", leaving_reason="N/A-StillEmployed", last_rating="null")

    assert (row.department, row.leaving_reason, row.last_rating, row.status, row.location) == (None,) * 5


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"number": ""}, "number_missing"),
        ({"number": "7" * 51}, "number_too_long"),
        ({"name": " "}, "name_missing"),
        ({"name": "...."}, "name_missing"),
        ({"name": f"Lee, {'A' * 101}"}, "name_too_long"),
        ({"hired_on": "07/05/2011", "left_on": "07/04/2011"}, "left_before_hired"),
    ],
)
def test_row_nobody_can_be_made_of_is_refused(values: dict[str, str], code: str) -> None:
    row = clean(**values)

    assert row.is_refused is True
    assert codes(row) == [code]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"email": "ann at harbor"}, "email_invalid"),
        ({"hired_on": "soon"}, "date_unreadable"),
        ({"hired_on": "07/05/2081"}, "date_implausible"),
        ({"born_on": "01/01/2020"}, "date_implausible"),
        ({"born_on": "01/01/2000", "hired_on": "01/01/2010"}, "date_implausible"),
        ({"department": "D" * 201}, "value_too_long"),
        ({"country": "Atlantis", "location": "Reef"}, "country_unknown"),
        ({"status": "Beaming"}, "status_unknown"),
        ({"status": "Active", "left_on": "07/05/2011"}, "status_contradicts_date"),
        ({"hired_on": "40729"}, "date_serial"),
        ({"hired_on": "07/05/11"}, "date_two_digit_year"),
    ],
)
def test_row_with_a_doubt_is_taken_with_a_warning(values: dict[str, str], code: str) -> None:
    row = clean(**values)

    assert row.is_refused is False
    assert codes(row) == [code]


@pytest.mark.parametrize(
    ("born", "hired", "expected"),
    [
        ("09/19/88", "07/05/2011", datetime.date(1988, 9, 19)),
        ("11/22/01", "12/31/2019", datetime.date(2001, 11, 22)),
        ("05/05/05", "01/01/1990", datetime.date(1905, 5, 5)),
        ("03/14/58", "", datetime.date(1958, 3, 14)),
    ],
)
def test_birth_in_two_digits_lies_fourteen_years_before_the_hire(
    born: str, hired: str, expected: datetime.date
) -> None:
    assert clean(born_on=born, hired_on=hired).demographics["born_on"] == expected


def test_leaving_in_two_digits_lies_after_the_hire() -> None:
    row = clean(hired_on="03/01/1999", left_on="04/01/03")

    assert row.left_on == datetime.date(2003, 4, 1)


def test_value_of_a_restricted_fact_is_not_stored_with_its_remark() -> None:
    (finding,) = clean(born_on="09/19/88").findings

    assert finding.as_json() == {"code": "date_two_digit_year", "field": "born_on", "value": "", "detail": ""}


def test_person_whose_date_has_passed_has_left_though_no_status_says_so() -> None:
    assert clean(left_on="07/05/2019").status == EmployeeStatus.LEFT
    assert clean(left_on="12/31/2026").status == EmployeeStatus.ACTIVE


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"state": "MA"}, ("Massachusetts", "US", "MA", "America/New_York")),
        ({"state": "texas"}, ("Texas", "US", "TX", "America/Chicago")),
        ({"state": "MA", "location": "Boston"}, ("Boston", "US", "MA", "America/New_York")),
        ({"location": "Hamburg", "country": "Germany"}, ("Hamburg", "DE", None, None)),
        ({"location": "Dublin", "country": "IRL"}, ("Dublin", "IE", None, "Europe/Dublin")),
        ({"state": "MA", "country": "Morocco"}, ("MA", "MA", None, None)),
        ({"location": "Attic"}, ("Attic", None, None, None)),
    ],
)
def test_place_gives_country_and_zone(values: dict[str, str], expected: tuple[str | None, ...]) -> None:
    row = clean(**values)

    assert (row.location, row.country, row.subdivision) == expected[:3]
    if expected[3]:
        assert row.time_zone == expected[3]


def test_state_outside_the_usa_is_only_a_name() -> None:
    row = clean(home="DE", state="MA")

    assert (row.location, row.subdivision) == ("MA", None)


@pytest.mark.parametrize(
    ("text", "status", "kind"),
    [
        ("Voluntarily Terminated", EmployeeStatus.LEFT, LeavingKind.VOLUNTARY),
        ("Terminated for Cause", EmployeeStatus.LEFT, LeavingKind.INVOLUNTARY),
        ("Terminated", EmployeeStatus.LEFT, LeavingKind.OTHER),
        ("Retired", EmployeeStatus.LEFT, LeavingKind.VOLUNTARY),
        ("Inactive", EmployeeStatus.LEFT, LeavingKind.OTHER),
        ("Leave of Absence", EmployeeStatus.ON_LEAVE, LeavingKind.OTHER),
        ("On leave", EmployeeStatus.ON_LEAVE, LeavingKind.OTHER),
        ("ACTIVE", EmployeeStatus.ACTIVE, LeavingKind.OTHER),
        ("Full time", EmployeeStatus.ACTIVE, LeavingKind.OTHER),
        ("Purple", None, LeavingKind.OTHER),
    ],
)
def test_words_for_a_status_are_understood(text: str, status: EmployeeStatus | None, kind: LeavingKind) -> None:
    assert (read_status(text), read_leaving_kind(text)) == (status, kind)


def test_short_and_long_rows() -> None:
    cleaner = Cleaner(["Number", "Name", "Dept"], {"number": "Number", "name": "Name"}, {}, TODAY)
    records = [Record(2, ["7", "Ann Lee"]), Record(3, ["8", "Bo Roe", "", ""]), Record(4, ["9", "Cy", "Doe", "x"])]

    short, padded, long = cleaner.clean_all(iter(records))

    assert (codes(short), codes(padded), codes(long)) == (["row_too_short"], [], ["row_too_long"])
    assert (short.is_refused, long.is_refused) == (False, True)


def test_second_row_of_a_number_repeats_or_contradicts_the_first() -> None:
    rows = [clean(), clean(), clean(department="Sales"), clean(number="8")]
    for line, row in enumerate(rows, start=2):
        row.line = line

    list(refuse_repeated(iter(rows)))

    assert [codes(row) for row in rows] == [[], ["number_repeated"], ["number_conflict"], []]
    assert rows[2].findings[0].detail == "2"
