"""Agenda, action items and notes of a check-in."""

import datetime
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from feedback.check_in_enums import ActionStatus
from feedback.check_in_obligations import ABOUT_ACTION, Owed
from feedback.models import ActionItem, AgendaItem, CheckIn, CheckInSeries
from feedback.selectors.check_ins import open_agenda
from feedback.selectors.private_notes import private_note_of
from feedback.services import actions, agenda
from feedback.services.check_ins import record_check_in
from feedback.services.notes import save_private_note, save_shared_notes
from pipcycle.errors import DomainError
from reminders.enums import ObligationStatus
from reminders.models import Obligation
from reminders.selectors import obligations_overdue_below
from tests.cast import Person
from tests.feedback.conftest import NEXT_WEEK

At = Callable[[datetime.date], None]


def titles(series: CheckInSeries) -> list[str]:
    """Return the open agenda in order."""
    return [item.title for item in open_agenda(series)]


@pytest.fixture
def items(series: CheckInSeries, alice: Person, bob: Person) -> list[AgendaItem]:
    """Three points of both."""
    return [
        agenda.add_item(actor=person.member, series=series, title=title)
        for person, title in ((alice, "One"), (bob, "Two"), (alice, "Three"))
    ]


def test_both_add_in_order_and_spaces_are_tidied(series: CheckInSeries, items: list[AgendaItem], bob: Person) -> None:
    agenda.add_item(actor=bob.member, series=series, title="  Four \n and  more ")

    assert titles(series) == ["One", "Two", "Three", "Four and more"]


def test_an_empty_point_is_refused(series: CheckInSeries, bob: Person) -> None:
    with pytest.raises(DomainError, match="in a few words"):
        agenda.add_item(actor=bob.member, series=series, title=" \n ")


@pytest.mark.parametrize(
    ("place", "by", "expected"),
    [
        (0, 1, ["Two", "One", "Three"]),
        (2, -1, ["One", "Three", "Two"]),
        (0, -1, ["One", "Two", "Three"]),
        (2, 1, ["One", "Two", "Three"]),
    ],
)
def test_points_are_put_in_order(
    place: int, by: int, expected: list[str], series: CheckInSeries, items: list[AgendaItem], bob: Person
) -> None:
    agenda.shift_item(actor=bob.member, item=items[place], by=by)

    assert titles(series) == expected


def test_what_was_talked_about_stays_with_its_check_in_and_the_rest_goes_on(
    series: CheckInSeries, items: list[AgendaItem], check_in: CheckIn, bob: Person, stage: At
) -> None:
    agenda.mark_talked(actor=bob.member, item=items[0])
    stage(NEXT_WEEK)
    record_check_in(actor=bob.member, check_in=check_in, held_on=NEXT_WEEK)

    assert titles(series) == ["Two", "Three"]
    assert [item.title for item in check_in.agenda_talked.all()] == ["One"]


def test_a_mark_is_taken_back(series: CheckInSeries, items: list[AgendaItem], bob: Person) -> None:
    agenda.mark_talked(actor=bob.member, item=items[1])

    agenda.take_mark_back(actor=bob.member, item=items[1])

    assert titles(series) == ["One", "Two", "Three"]


def test_only_who_put_it_there_takes_it_off_before_it_was_talked_about(
    series: CheckInSeries, items: list[AgendaItem], alice: Person, bob: Person
) -> None:
    with pytest.raises(PermissionDenied):
        agenda.remove_item(actor=bob.member, item=items[0])
    agenda.mark_talked(actor=bob.member, item=items[2])
    with pytest.raises(DomainError, match="stays on the record"):
        agenda.remove_item(actor=alice.member, item=items[2])

    agenda.remove_item(actor=alice.member, item=items[0])

    assert titles(series) == ["Two"]


def test_an_action_item_is_owed_by_who_does_it_and_never_shown_above(
    series: CheckInSeries, alice: Person, bob: Person, carol: Person, stage: At
) -> None:
    action = actions.add_action(
        actor=bob.member, series=series, title="Try the form", owner=alice.employee, due_on=NEXT_WEEK
    )

    owed = Obligation.objects.get(about_type=ABOUT_ACTION, about_id=action.pk)
    assert (owed.kind, owed.owner, owed.due_on) == (Owed.DO_ACTION, alice.employee, NEXT_WEEK)
    stage(NEXT_WEEK + datetime.timedelta(days=60))
    assert not obligations_overdue_below(bob.member).filter(kind=Owed.DO_ACTION).exists()
    assert not obligations_overdue_below(carol.member).filter(kind=Owed.DO_ACTION).exists()


def test_an_action_item_passes_to_the_other_with_its_promise(series: CheckInSeries, alice: Person, bob: Person) -> None:
    action = actions.add_action(
        actor=bob.member, series=series, title="Book it", owner=alice.employee, due_on=NEXT_WEEK
    )

    actions.change_action(
        actor=alice.member, action=action, title="Book the room", owner=bob.employee, due_on=NEXT_WEEK
    )

    owed = Obligation.objects.filter(about_type=ABOUT_ACTION, status=ObligationStatus.OPEN)
    assert [one.owner for one in owed] == [bob.employee]


@pytest.mark.parametrize(
    ("step", "status", "closed"),
    [
        (actions.finish_action, ActionStatus.DONE, ObligationStatus.FULFILLED),
        (actions.drop_action, ActionStatus.DROPPED, ObligationStatus.WITHDRAWN),
    ],
)
def test_an_action_item_ends_once_and_can_be_opened_again(
    step: Callable[..., ActionItem], status: str, closed: str, series: CheckInSeries, alice: Person
) -> None:
    action = actions.add_action(
        actor=alice.member, series=series, title="Book it", owner=alice.employee, due_on=NEXT_WEEK
    )
    step(actor=alice.member, action=action)
    assert (action.status, Obligation.objects.get(about_type=ABOUT_ACTION).status) == (status, closed)
    with pytest.raises(DomainError, match="meanwhile"):
        step(actor=alice.member, action=action)

    actions.reopen_action(actor=alice.member, action=action)

    assert Obligation.objects.filter(about_type=ABOUT_ACTION, status=ObligationStatus.OPEN).count() == 1


def test_somebody_else_does_no_action_item(series: CheckInSeries, bob: Person, carol: Person) -> None:
    with pytest.raises(DomainError, match="one of you two"):
        actions.add_action(actor=bob.member, series=series, title="x", owner=carol.employee, due_on=NEXT_WEEK)


@pytest.mark.parametrize("who", ["carol", "hana", "adam"])
def test_nobody_but_the_two_writes_anything(
    who: str, series: CheckInSeries, check_in: CheckIn, alice: Person, request: pytest.FixtureRequest
) -> None:
    actor = request.getfixturevalue(who).member
    for step in (
        lambda: agenda.add_item(actor=actor, series=series, title="x"),
        lambda: actions.add_action(actor=actor, series=series, title="x", owner=alice.employee, due_on=NEXT_WEEK),
        lambda: save_shared_notes(actor=actor, check_in=check_in, body="x", base=""),
        lambda: save_private_note(actor=actor, check_in=check_in, body="x", base=""),
    ):
        with pytest.raises(PermissionDenied):
            step()


def test_two_who_write_at_once_both_keep_their_words(check_in: CheckIn, alice: Person, bob: Person) -> None:
    save_shared_notes(actor=alice.member, check_in=check_in, body="The form works.", base="")

    saved = save_shared_notes(actor=bob.member, check_in=check_in, body="Ask finance.", base="")

    check_in.refresh_from_db()
    assert saved.is_merged
    assert check_in.notes == "The form works.\nAsk finance."
    assert check_in.notes_by == bob.member


def test_typing_on_from_what_one_has_sent_merges_quietly(check_in: CheckIn, alice: Person, bob: Person) -> None:
    save_shared_notes(actor=bob.member, check_in=check_in, body="Ask fin", base="")
    save_shared_notes(actor=alice.member, check_in=check_in, body="Ask fin\nThe form works.", base="Ask fin")

    save_shared_notes(actor=bob.member, check_in=check_in, body="Ask finance", base="Ask fin")

    check_in.refresh_from_db()
    assert check_in.notes == "Ask finance\nThe form works."


def test_two_tabs_of_one_writer_both_count(check_in: CheckIn, bob: Person) -> None:
    save_private_note(actor=bob.member, check_in=check_in, body="From one tab", base="")

    assert save_private_note(actor=bob.member, check_in=check_in, body="From the other", base="").is_merged
    assert private_note_of(bob.member, check_in) == "From one tab\nFrom the other"


def test_notes_too_long_are_refused_and_the_old_ones_stay(check_in: CheckIn, bob: Person) -> None:
    save_shared_notes(actor=bob.member, check_in=check_in, body="Short.", base="")

    with pytest.raises(DomainError, match="50,000"):
        save_shared_notes(actor=bob.member, check_in=check_in, body="x" * 50_001, base="Short.")

    check_in.refresh_from_db()
    assert check_in.notes == "Short."
