"""The journeys of those who never see a plan: the HR admin who imports people, the executive, the stranger."""

from pathlib import Path

from people.models import Employee, Organization
from tests.cast import Person
from tests.journeys.conftest import PastStage, Welcome

FILE = """Number;Name;Job title;Department;Hired
H-1;"Quist, Nora";Analyst;Operations;14.03.2021
H-2;"Rossi, Paolo";Analyst;Operations;02.11.2022
H-1;"Someone, Else";Analyst;Operations;01.01.2020
"""


def test_the_hr_admin_imports_people_and_sees_no_plan(
    welcome: Welcome, stage: PastStage, adam: Person, harbor: Organization, tmp_path: Path
) -> None:
    plan = stage.issued()
    path = tmp_path / "people.csv"
    path.write_text(FILE, encoding="utf-8")
    visitor = welcome(adam)
    visitor.open("/o/harbor/people/import/")
    visitor.page.locator("input[type=file]").set_input_files(path)
    visitor.press("Upload and choose columns")
    visitor.press("Check the file")
    visitor.page.get_by_role("link", name="Apply…").wait_for()
    visitor.follow("Apply…")
    visitor.press("Write 2 people")
    visitor.page.get_by_text("Applied", exact=True).first.wait_for()
    visitor.look()
    assert sorted(Employee.objects.filter(number__startswith="H-").values_list("number", "family_name")) == [
        ("H-1", "Quist"),
        ("H-2", "Rossi"),
    ]

    visitor.open(f"/o/harbor/plans/{plan.pk}/", status=404)
    visitor.sees_not("Reliable delivery")


def test_the_executive_sees_no_person(welcome: Welcome, stage: PastStage, eve: Person) -> None:
    plan = stage.issued()
    visitor = welcome(eve)
    visitor.open("/o/harbor/")
    visitor.sees_not("Alice")
    visitor.open(f"/o/harbor/plans/{plan.pk}/", status=404)


def test_a_stranger_gets_no_further_than_the_door(welcome: Welcome, stage: PastStage, mallory: Person) -> None:
    plan = stage.issued()
    visitor = welcome(None)
    visitor.open(f"/o/harbor/plans/{plan.pk}/")
    assert "/accounts/login/" in visitor.page.url
    visitor = welcome(mallory)
    visitor.open(f"/o/harbor/plans/{plan.pk}/", status=404)
