"""A year of check-ins in short: begun, prepared by both, held, carried over, and what each keeps to themself."""

import datetime

from django.utils import timezone

from feedback.check_in_enums import CheckInStatus
from feedback.models import AgendaItem, CheckIn, CheckInSeries
from feedback.selectors.private_notes import private_note_of
from tests.cast import Person
from tests.journeys.conftest import PastStage, Visitor, Welcome

FIRST = datetime.date(2026, 6, 8)
SECOND = datetime.date(2026, 6, 22)


def test_a_manager_and_an_employee_meet_and_keep_what_is_open(
    welcome: Welcome, stage: PastStage, alice: Person, bob: Person, hana: Person
) -> None:
    manager, employee = welcome(bob), welcome(alice)

    manager.open("/o/harbor/")
    manager.sees("You have no regular check-ins with Alice Archer.")
    manager.follow("Set them up")
    manager.page.get_by_label("How often").select_option("2")
    manager.page.get_by_label("First check-in").fill(FIRST.isoformat())
    manager.press("Set them up")
    manager.sees("Check-ins with Alice Archer")

    check_in = CheckIn.objects.get()
    employee.open("/o/harbor/check-ins/")
    employee.follow("Bob Bailey")
    _add(employee, "Two quiet afternoons")
    _add(employee, "A course in writing")
    employee.open(f"/o/harbor/check-ins/meetings/{check_in.pk}/")
    _write(employee, "Private notes", "Ask for March, not February.", "private")

    stage.to(FIRST)
    _hold(manager, check_in)

    check_in.refresh_from_db()
    following = CheckIn.objects.get(status=CheckInStatus.PLANNED)
    assert (check_in.status, check_in.held_on, following.planned_on) == (CheckInStatus.HELD, FIRST, SECOND)
    assert private_note_of(bob.member, check_in) == "She was relieved."
    assert private_note_of(alice.member, check_in) == "Ask for March, not February."

    employee.open(f"/o/harbor/check-ins/meetings/{check_in.pk}/")
    employee.sees("Two quiet afternoons")
    assert (
        employee.page.get_by_role("textbox", name="Shared notes").input_value() == "Tuesdays and Thursdays stay free."
    )
    assert employee.page.get_by_role("textbox", name="Private notes").input_value() == "Ask for March, not February."

    stage.to(SECOND + datetime.timedelta(days=3))
    manager.open("/o/harbor/")
    manager.sees("1 check-in is missing")
    partner = welcome(hana)
    series = CheckInSeries.objects.get()
    partner.open(f"/o/harbor/check-ins/{series.pk}/")
    partner.sees("stays between them")
    partner.sees_not("Tuesdays")
    assert AgendaItem.objects.filter(talked_at__isnull=True).count() == 1
    assert timezone.localdate() > SECOND


def _hold(manager: Visitor, check_in: CheckIn) -> None:
    manager.open(f"/o/harbor/check-ins/meetings/{check_in.pk}/")
    manager.sees("A course in writing")
    manager.sees_not("Ask for March")
    manager.page.get_by_role("button", name="Talked about: Two quiet afternoons").click()
    manager.sees("Not yet")
    _write(manager, "Shared notes", "Tuesdays and Thursdays stay free.", "notes")
    _write(manager, "Private notes", "She was relieved.", "private")
    manager.page.get_by_label("What is to be done").fill("Tell the others about the afternoons")
    manager.page.get_by_label("Who does it").select_option(label="Bob Bailey")
    manager.page.get_by_label("Until").fill("2026-06-12")
    manager.page.locator(".action-add").get_by_role("button", name="Add").click()
    manager.sees("Tell the others about the afternoons")
    manager.follow("We have met")
    manager.press("Put it on the record")
    manager.sees("It is on the record.")
    manager.sees("A course in writing")
    manager.sees("carried over")
    manager.look()


def _add(visitor: Visitor, title: str) -> None:
    page = visitor.page
    page.get_by_label("Add a point").fill(title)
    page.locator(".agenda-add").get_by_role("button", name="Add").click()
    visitor.sees(title)


def _write(visitor: Visitor, label: str, words: str, part: str) -> None:
    page = visitor.page
    page.get_by_role("textbox", name=label).fill(words)
    page.locator(f"#{part}-state").get_by_text("Saved at").wait_for()
