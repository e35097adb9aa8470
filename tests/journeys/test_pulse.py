"""A pulse from end to end: planned by HR, answered on a phone, closed, read by HR; and a leaver's interview."""

import datetime

from django.utils import timezone
from django_rls_tenants import tenant_context
from playwright.sync_api import ViewportSize

from people.models import Employee, Organization
from reviews.models import PulseRound
from reviews.services.exits import follow_leavers
from reviews.services.pulse_rounds import run_pulses
from tests.cast import Person
from tests.journeys.conftest import Visitor, Welcome
from tests.reviews.pulse.conftest import answer_for, closed, crowd

#: As wide as a phone, and so long that the bar at its foot covers no answer while axe measures.
PHONE = ViewportSize(width=390, height=1600)


def _choose(visitor: Visitor, **levels: int) -> None:
    for name, level in levels.items():
        visitor.page.locator(f"input[name='{name}'][value='{level}']").check()


def test_a_pulse_is_planned_answered_on_a_phone_and_read_by_hr(
    welcome: Welcome, alice: Person, hana: Person, harbor: Organization
) -> None:
    with tenant_context(harbor.pk):
        crowd(9, "Operations")
        crowd(12, "Sales")
    partner = welcome(hana)
    partner.open("/o/harbor/reviews/pulses/")
    partner.follow("Plan the first pulse")
    partner.page.get_by_label("Name").fill("Monthly pulse")
    partner.page.locator("[name=open_question]").fill("What should change?")
    partner.press("Plan the pulse")
    partner.sees("No results yet")
    with tenant_context(harbor.pk):
        run_pulses()
        opened = PulseRound.objects.get()

    employee = welcome(alice)
    employee.page.set_viewport_size(PHONE)
    employee.open("/o/harbor/")
    employee.follow("Answer a few questions, without your name")
    assert employee.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    employee.press("Send without my name", status=422)
    employee.sees("Choose an answer.")
    _choose(employee, satisfaction=4, enps=9, morale=3)
    employee.page.locator("[name=comment]").fill("Fewer meetings on Fridays.")
    employee.press("Send without my name")
    employee.sees("You have answered this round.")

    with tenant_context(harbor.pk):
        answer_for(opened, Employee.objects.exclude(pk=alice.employee.pk), satisfaction=3)
        closed(opened)
    partner.open("/o/harbor/reviews/pulses/")
    partner.follow("Monthly pulse")
    partner.sees("Fewer meetings on Fridays.")
    partner.sees("By department")


def test_a_leaver_answers_and_hr_reads(welcome: Welcome, alice: Person, hana: Person, harbor: Organization) -> None:
    with tenant_context(harbor.pk):
        Employee.objects.filter(pk=alice.employee.pk).update(left_on=timezone.localdate() + datetime.timedelta(days=9))
        follow_leavers()
    leaver = welcome(alice)
    leaver.page.set_viewport_size(PHONE)
    leaver.open("/o/harbor/")
    leaver.follow("Answer a few questions")
    leaver.page.locator("[name=reason]").select_option("growth")
    leaver.page.locator("[name=worked]").fill("The team.")
    _choose(leaver, recommends=8)
    leaver.page.locator("input[name='would_return'][value='yes']").check()
    leaver.press("Send to HR")
    leaver.sees("The team.")

    partner = welcome(hana)
    partner.open("/o/harbor/reviews/exits/")
    partner.follow("Alice Archer")
    partner.sees("No way to grow")
