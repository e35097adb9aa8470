"""Exit interviews: opened by a last day, answered once, and closed to everybody who managed the leaver, for good."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from people.enums import EmployeeStatus, LeavingKind, Role
from people.models import Employee, Membership, Organization
from people.services.employees import end_employment
from people.services.reporting_lines import rebuild_reporting_lines
from pipcycle.errors import DomainError
from reminders.enums import ObligationStatus
from reminders.models import Obligation
from reviews.models import ExitInterview
from reviews.pulse_enums import ExitStatus
from reviews.pulse_obligations import ANSWER_EXIT, HOLD_EXIT
from reviews.selectors.exits import exit_for, exits_visible_to, half_year_of, themes_by_period
from reviews.services.exits import answer_exit_interview, follow_leavers, open_exit_interview
from tests.cast import EmployeeFactory, Person

SAID: dict[str, Any] = {
    "reason": "growth",
    "worked": "The team.",
    "did_not_work": "The hours.",
    "would_return": "perhaps",
    "recommends": 7,
    "words": "",
}


@pytest.fixture
def interview(harbor_context: Organization, alice: Person, carol: Person, hana: Person) -> ExitInterview:
    """Alice leaves in three weeks."""
    Employee.objects.filter(pk=alice.employee.pk).update(left_on=timezone.localdate() + datetime.timedelta(weeks=3))
    follow_leavers()
    return ExitInterview.objects.select_related("employee").get()


def test_a_last_day_opens_it_once_and_asks_the_leaver(interview: ExitInterview, alice: Person) -> None:
    assert follow_leavers() == 0

    owed = Obligation.objects.get(kind=ANSWER_EXIT)
    assert (owed.owner, owed.due_on) == (alice.employee, interview.left_on)


def test_a_last_day_that_moves_moves_it_along_and_one_taken_back_ends_it(
    interview: ExitInterview, alice: Person
) -> None:
    later = interview.left_on + datetime.timedelta(days=9)
    Employee.objects.filter(pk=alice.employee.pk).update(left_on=later)
    follow_leavers()
    assert Obligation.objects.get(kind=ANSWER_EXIT).due_on == later

    Employee.objects.filter(pk=alice.employee.pk).update(left_on=None)
    follow_leavers()

    interview.refresh_from_db()
    assert interview.status == ExitStatus.LAPSED
    assert not Obligation.objects.filter(kind=ANSWER_EXIT, status=ObligationStatus.OPEN).exists()


def test_whoever_has_left_is_asked_by_hr_in_a_conversation(
    interview: ExitInterview, alice: Person, adam: Person, hana: Person
) -> None:
    end_employment(actor=adam.member, employee=alice.employee, left_on=timezone.localdate(), kind=LeavingKind.VOLUNTARY)

    interview.refresh_from_db()
    answered = answer_exit_interview(actor=hana.member, interview=interview, **SAID)

    assert Obligation.objects.get(kind=HOLD_EXIT).status == ObligationStatus.FULFILLED
    assert Obligation.objects.get(kind=ANSWER_EXIT).status == ObligationStatus.WITHDRAWN
    assert answered.conducted_by == hana.member
    assert follow_leavers() == 0


def test_it_is_answered_once(interview: ExitInterview, alice: Person) -> None:
    answer_exit_interview(actor=alice.member, interview=interview, **SAID)

    with pytest.raises(DomainError, match="answered or over"):
        answer_exit_interview(actor=alice.member, interview=interview, **{**SAID, "worked": "Nothing."})
    interview.refresh_from_db()
    assert (interview.worked, interview.conducted_by) == ("The team.", None)


@pytest.mark.parametrize("who", ["bob", "carol", "adam", "eve", "ines"])
def test_managers_and_everybody_but_hr_in_scope_find_nothing(
    interview: ExitInterview, request: pytest.FixtureRequest, who: str
) -> None:
    with pytest.raises(Http404):
        exit_for(request.getfixturevalue(who).member, interview.pk)


def test_a_manager_who_becomes_hr_partner_after_the_leaving_still_reads_nothing(
    interview: ExitInterview, alice: Person, bob: Person, hana: Person
) -> None:
    answer_exit_interview(actor=alice.member, interview=interview, **SAID)
    Employee.objects.filter(pk=alice.employee.pk).update(manager=None, status=EmployeeStatus.LEFT)
    rebuild_reporting_lines()
    Membership.objects.filter(pk=bob.member.pk).update(roles=[Role.HR_PARTNER.value])
    bob.member.refresh_from_db()

    assert not exits_visible_to(bob.member).exists()
    assert exits_visible_to(hana.member).get() == interview
    with pytest.raises(PermissionDenied):
        answer_exit_interview(actor=bob.member, interview=open_again(interview), **SAID)


def open_again(interview: ExitInterview) -> ExitInterview:
    """Return a second interview of the same leaver that still waits, with the same people kept out."""
    return ExitInterview.objects.create(
        employee=interview.employee, left_on=timezone.localdate(), hidden_from=interview.hidden_from
    )


def _answered(number: int, reason: str, on: datetime.date, recommends: int = 9) -> None:
    for _place in range(number):
        ExitInterview.objects.create(
            employee=EmployeeFactory.create(),
            left_on=on,
            status=ExitStatus.ANSWERED,
            answered_on=on,
            **{**SAID, "reason": reason, "recommends": recommends},
        )


def test_themes_are_shown_of_half_years_that_are_over_from_five_people_on(harbor_context: Organization) -> None:
    _answered(6, "pay", datetime.date(2026, 3, 1))
    _answered(5, "growth", datetime.date(2026, 4, 1), recommends=2)
    _answered(2, "work", datetime.date(2026, 5, 1))
    _answered(4, "work", datetime.date(2025, 11, 1))
    _answered(9, "pay", datetime.date(2026, 8, 1))

    (found,) = themes_by_period(today=datetime.date(2026, 9, 1))

    assert (found.starts_on, found.ends_on) == (datetime.date(2026, 1, 1), datetime.date(2026, 6, 30))
    assert (found.people, found.recommends) == (13, 23)
    assert found.reasons == [("Pay and benefits", 6)]  # the five are left out with the two, or both were told apart
    assert found.other_reasons == 7


def test_a_half_year_that_is_over_never_changes(harbor_context: Organization) -> None:
    _answered(5, "pay", datetime.date(2026, 6, 30))
    before = themes_by_period(today=datetime.date(2026, 7, 1))

    _answered(1, "work", datetime.date(2026, 7, 1))

    assert themes_by_period(today=datetime.date(2026, 7, 2)) == before
    assert half_year_of(datetime.date(2026, 12, 31)) == datetime.date(2026, 7, 1)


def test_leaving_long_ago_opens_nothing_and_time_ends_what_was_not_held(
    interview: ExitInterview, alice: Person, bob: Person
) -> None:
    long_ago = timezone.localdate() - datetime.timedelta(days=40)
    Employee.objects.filter(pk=bob.employee.pk).update(left_on=long_ago)
    ExitInterview.objects.update(left_on=long_ago)
    Employee.objects.filter(pk=alice.employee.pk).update(left_on=long_ago)

    assert follow_leavers() == 1
    assert list(ExitInterview.objects.values_list("status", flat=True)) == [ExitStatus.LAPSED]
    assert open_exit_interview(employee=Employee.objects.get(pk=alice.employee.pk)) is None
