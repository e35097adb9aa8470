"""Milestones: years, goals met, and successes only by choice; nothing of whoever would rather not appear."""

import datetime
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from development.models import ShownSuccess
from development.selectors.milestones import milestones_of
from development.services.milestones import hide_success, show_success
from development.timeline import timeline
from feedback.registry import talking_points
from feedback.services.recognition import set_opted_out
from people.models import Employee
from pips.enums import PlanStatus
from pips.models import Plan
from tests.cast import Person
from tests.development.conftest import At
from tests.tenancy.world import make_world

MILESTONES = "/o/harbor/development/milestones/"
ClientOf = Callable[[Person], Client]


@pytest.fixture
def success(stage: At, alice: Person, bob: Person) -> Plan:
    """A plan of Alice that ended well."""
    return make_world(alice.organization, alice.employee, bob.employee, PlanStatus.DECIDED).plan


def titles(reader: Person, about: Person) -> list[str]:
    """Return what the reader sees, latest first."""
    return [milestone.title for milestone in milestones_of(reader.member, about.employee)]


def test_years_are_marked_from_the_day_of_hiring(stage: At, alice: Person, bob: Person) -> None:
    assert titles(bob, alice) == ["5 years here", "3 years here", "1 year here"]


def test_a_success_is_shown_by_choice_only_and_in_own_words(success: Plan, alice: Person, bob: Person) -> None:
    assert "Kept every date" not in titles(bob, alice)

    show_success(actor=alice.member, plan=success, words="Kept every date")
    assert "Kept every date" in titles(bob, alice)

    hide_success(actor=alice.member, plan=success)
    assert "Kept every date" not in titles(bob, alice)


@pytest.mark.parametrize("who", ["bob", "hana", "adam"])
def test_nobody_else_shows_or_hides_it(who: str, success: Plan, alice: Person, request: pytest.FixtureRequest) -> None:
    show_success(actor=alice.member, plan=success, words="Kept every date")
    member = request.getfixturevalue(who).member

    with pytest.raises(PermissionDenied):
        show_success(actor=member, plan=success, words="Hers")
    with pytest.raises(PermissionDenied):
        hide_success(actor=member, plan=success)
    assert ShownSuccess.objects.get().words == "Kept every date"


def test_whoever_does_not_want_to_appear_has_none_for_anybody(success: Plan, alice: Person, bob: Person) -> None:
    show_success(actor=alice.member, plan=success, words="Kept every date")

    set_opted_out(actor=alice.member, is_opted_out=True)

    assert titles(bob, alice) == titles(alice, alice) == []
    assert [event for event in timeline(bob.member, alice.employee, None, None) if event.kind == "employment"] == []


def test_the_case_file_tells_the_years(stage: At, alice: Person, bob: Person) -> None:
    told = [event.title for event in timeline(bob.member, alice.employee, None, None)]

    assert told == ["1 year here", "3 years here", "5 years here"]


def test_a_near_anniversary_is_worth_a_word_in_a_check_in(stage: At, alice: Person, bob: Person) -> None:
    def points() -> list[str]:
        return [str(point.title) for point in talking_points(bob.member, alice.employee) if "here" in str(point.title)]

    assert points() == []
    Employee.objects.filter(pk=alice.employee.pk).update(hired_on=datetime.date(2021, 5, 4))
    alice.employee.refresh_from_db()
    assert points() == ["5 years here"]


def test_the_person_chooses_on_their_page(success: Plan, alice: Person, client_of: ClientOf) -> None:
    client = client_of(alice)
    assert "Nobody sees these as a milestone unless you choose" in client.get(MILESTONES).text

    empty = client.post(f"{MILESTONES}{success.pk}/", {"words": " "}, follow=True)
    shown = client.post(f"{MILESTONES}{success.pk}/", {"words": "Kept every date"}, follow=True)
    hidden = client.post(f"{MILESTONES}{success.pk}/", {"hide": "1"}, follow=True)

    assert "Say in a few words of your own" in empty.text
    assert "“Kept every date”" in shown.text
    assert "“Kept every date”" not in hidden.text


def test_somebody_else_s_success_is_not_found(success: Plan, bob: Person, client_of: ClientOf) -> None:
    assert client_of(bob).post(f"{MILESTONES}{success.pk}/", {"words": "Mine"}).status_code == 404


def test_the_page_says_where_appearing_is_decided(stage: At, alice: Person, client_of: ClientOf) -> None:
    set_opted_out(actor=alice.member, is_opted_out=True)

    text = client_of(alice).get(MILESTONES).text

    assert "You do not appear" in text
    assert 'href="/o/harbor/recognition/appearing/"' in text


def test_the_profile_shows_milestones_to_those_who_open_it(
    stage: At, alice: Person, bob: Person, client_of: ClientOf
) -> None:
    profile = f"/o/harbor/people/{alice.employee.pk}/"

    assert "5 years here" in client_of(bob).get(profile).text
    set_opted_out(actor=alice.member, is_opted_out=True)
    assert "5 years here" not in client_of(bob).get(profile).text
