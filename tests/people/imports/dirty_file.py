"""A file of made-up people with the kinds of dirt real ones have, built anew for each test that asks for it."""

import csv
import io
from collections.abc import Iterable, Sequence

HEADINGS = (
    "Employee_Name", "EmpID", "Salary", "Position", "State", "DOB", "Sex", "MaritalDesc", "CitizenDesc",
    "HispanicLatino", "RaceDesc", "DateofHire", "DateofTermination", "TermReason", "EmploymentStatus", "Department",
    "ManagerName", "ManagerID", "PerformanceScore", "LastPerformanceReview_Date",
)  # fmt: skip

LEADER = ("Okafor, Ngozi", "20001", "President", "Executive Office", "Board of Trustees", "9")
FIRST_LINE = 2


def person(
    name: str,
    number: str,
    *,
    position: str = "Assembler I",
    state: str = "MA",
    born: str = "07/10/1983",
    hired: str = "7/5/2011",
    left: str = "",
    reason: str = "N/A-StillEmployed",
    status: str = "Active",
    department: str = "Production       ",
    manager: str = "Ngozi Okafor",
    manager_key: str = "2",
    rating: str = "Fully Meets",
    reviewed: str = "1/17/2019",
    hispanic: str = "No",
) -> tuple[str, ...]:
    """Return one row as the source would write it."""
    return (name, number, "62506", position, state, born, "M ", "Single", "US Citizen", hispanic, "White", hired, left,
            reason, status, department, manager, manager_key, rating, reviewed)  # fmt: skip


def dirty_people() -> list[tuple[str, ...]]:
    """Return twelve people: every kind of dirt at least once, nobody refused."""
    return [
        person("Okafor, Ngozi  ", "20001", position="President", department="Executive Office",
               manager="Board of Trustees", manager_key="9", born="03/14/58", hired="01/09/2006"),
        person("Lind,Sofia", "20002", position="Production Manager", born="09/19/88", hired="1/10/2011"),
        person("De Vries,   Pieter  J", "20003", manager="Sofia Lind", manager_key="20", rating="PIP", hispanic="no"),
        person("O'Brien, Máire", "20004", manager="Sofia Lind", manager_key="20", state="CT", rating="Exceeds"),
        person("Haddad, Leila ", "20005", manager="Sofia Lind", manager_key="", left="6/16/2016",
               reason="career change", status="Voluntarily Terminated"),
        person("Von Arnim, Greta", "20006", manager="Sofia Lind", manager_key="20", left="04/08/2013",
               reason="attendance", status="Terminated for Cause", rating="PIP"),
        person("Nakamura, Kenji", "20007", manager="Walter Absent", manager_key="39", position="Data Analyst ",
               department="IT/IS"),
        person("Silva, Ana Lucia", "20008", manager="Walter Absent", manager_key="", department="IT/IS",
               position="Data Analyst"),
        person("Petrov, Ivan", "20009", manager="Pieter J. De Vries", manager_key="31", state="TX"),
        person("King, Martin, Jr.", "20010", manager="Sofia Lind", manager_key="3"),
        person("Abara, Tunde", "20011", manager="Greta Von Arnim", manager_key="40"),
        person("Moreau, Chloé", "20012", manager="Ngozi Okafor", manager_key="2", hired="12/31/2019", born="11/22/01"),
    ]  # fmt: skip


def as_csv(rows: Iterable[Sequence[str]], *, headings: Sequence[str] = HEADINGS, delimiter: str = ",",
           line_end: str = "\r\n", encoding: str = "utf-8-sig") -> bytes:  # fmt: skip
    """Return the rows as the bytes of a CSV file."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def dirty_file() -> bytes:
    """Return the dirty people as a file."""
    return as_csv(dirty_people())
