"""Series: begun by either, ended, handed on with the reporting line; what is open comes along."""

import datetime
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from feedback.check_in_enums import ActionStatus, CheckInStatus, SeriesStatus
from feedback.check_in_obligations import Owed
from feedback.models import ActionItem, AgendaItem, CheckIn, CheckInSeries
from feedback.services.actions import add_action
from feedback.services.agenda import add_item, mark_talked
from feedback.services.check_ins import record_check_in
from feedback.services.series import change_series, end_series, follow_the_people, start_series
from feedback.tasks import follow_reporting_lines
from people.enums import LeavingKind
from people.services.employees import change_manager, end_employment
from pipcycle.errors import DomainError
from reminders.enums import ObligationStatus
from reminders.models import Obligation, OutboxMessage
from tests.cast import Person, make_person
from tests.feedback.conftest import NEXT_WEEK, TODAY

At = Callable[[datetime.date], None]
ONE_DAY = datetime.timedelta(days=1)


def planned_days(series: CheckInSeries) -> list[datetime.date]:
    """Return the days still planned in the series."""
    return list(CheckIn.objects.filter(series=series, status="planned").values_list("planned_on", flat=True))


@pytest.mark.parametrize(("starter", "other"), [("alice", "bob"), ("bob", "alice")])
def test_whoever_begins_the_manager_leads(
    starter: str, other: str, stage: At, alice: Person, bob: Person, request: pytest.FixtureRequest
) -> None:
    one, two = request.getfixturevalue(starter), request.getfixturevalue(other)

    series = start_series(actor=one.member, other=two.employee, every_weeks=1, first_on=NEXT_WEEK)

    assert (series.employee, series.leader, series.is_with_manager) == (alice.employee, bob.employee, True)
    assert planned_days(series) == [NEXT_WEEK]
    assert list(OutboxMessage.objects.values_list("recipient", flat=True)) == [two.email]


def test_a_skip_level_is_led_by_the_one_above_and_no_manager_change_touches_it(
    stage: At, alice: Person, carol: Person
) -> None:
    series = start_series(actor=alice.member, other=carol.employee, every_weeks=4, first_on=NEXT_WEEK)

    assert (series.leader, series.is_with_manager) == (carol.employee, False)
    assert follow_the_people() == 0


def test_colleagues_are_led_by_whoever_begins(stage: At, harbor: object, alice: Person, bob: Person) -> None:
    dan = make_person(alice.organization, "Dan", "Drew", manager=bob)

    series = start_series(actor=alice.member, other=dan.employee, every_weeks=4, first_on=NEXT_WEEK)

    assert (series.leader, series.employee) == (alice.employee, dan.employee)
    with pytest.raises(DomainError, match="have regular check-ins already"):
        start_series(actor=dan.member, other=alice.employee, every_weeks=4, first_on=NEXT_WEEK)


def test_strangers_do_not_begin_check_ins(stage: At, alice: Person, hana: Person, ines: Person) -> None:
    for actor in (hana, ines):
        with pytest.raises(PermissionDenied):
            start_series(actor=actor.member, other=alice.employee, every_weeks=1, first_on=NEXT_WEEK)


def test_a_first_day_on_a_weekend_is_refused_and_nothing_begins(stage: At, alice: Person, bob: Person) -> None:
    with pytest.raises(DomainError, match="not a working day"):
        start_series(actor=bob.member, other=alice.employee, every_weeks=1, first_on=datetime.date(2026, 5, 2))

    assert not CheckInSeries.objects.exists()


def test_a_new_rhythm_counts_from_the_next_date(series: CheckInSeries, bob: Person, stage: At) -> None:
    thursday = NEXT_WEEK + ONE_DAY
    change_series(actor=bob.member, series=series, every_weeks=1, next_on=thursday)
    stage(thursday)

    check_in = CheckIn.objects.select_related("series__employee", "series__leader").get(series=series)
    following = record_check_in(actor=bob.member, check_in=check_in, held_on=thursday)

    assert (check_in.planned_on, following.planned_on) == (thursday, thursday + datetime.timedelta(weeks=1))


def test_an_ended_series_owes_no_meeting_but_what_was_promised(
    series: CheckInSeries, alice: Person, bob: Person
) -> None:
    action = add_action(actor=bob.member, series=series, title="Book it", owner=bob.employee, due_on=NEXT_WEEK)

    end_series(actor=alice.member, series=series, reason="We meet in the project now.")

    open_ones = Obligation.objects.filter(status=ObligationStatus.OPEN)
    assert list(open_ones.values_list("kind", "about_id")) == [(Owed.DO_ACTION, action.pk)]
    assert list(CheckIn.objects.values_list("status", flat=True)) == [CheckInStatus.CANCELLED]
    with pytest.raises(DomainError, match="have ended"):
        add_item(actor=alice.member, series=series, title="One more")


def test_a_new_manager_goes_on_with_what_is_open_and_without_what_was_said(
    series: CheckInSeries, adam: Person, alice: Person, bob: Person, carol: Person
) -> None:
    opened = add_item(actor=alice.member, series=series, title="Two quiet afternoons")
    talked = add_item(actor=bob.member, series=series, title="How it goes")
    mark_talked(actor=bob.member, item=talked)
    hers = add_action(actor=bob.member, series=series, title="Try the form", owner=alice.employee, due_on=NEXT_WEEK)
    his = add_action(actor=bob.member, series=series, title="Ask finance", owner=bob.employee, due_on=NEXT_WEEK)
    change_manager(actor=adam.member, employee=alice.employee, manager=carol.employee)

    assert (follow_the_people(), follow_the_people()) == (1, 0)

    following = CheckInSeries.objects.get(status=SeriesStatus.ACTIVE)
    assert (following.leader, following.every_weeks, following.follows) == (carol.employee, 2, series)
    assert planned_days(following) == [NEXT_WEEK]
    assert list(AgendaItem.objects.filter(series=following)) == [opened]
    assert list(ActionItem.objects.filter(series=following)) == [hers]
    series.refresh_from_db()
    assert series.status == SeriesStatus.ENDED
    assert list(ActionItem.objects.filter(series=series, status=ActionStatus.OPEN)) == [his]
    owed = Obligation.objects.filter(status=ObligationStatus.OPEN).values_list("kind", "owner")
    assert set(owed) == {
        (Owed.HOLD, carol.employee.pk),
        (Owed.DO_ACTION, alice.employee.pk),
        (Owed.DO_ACTION, bob.employee.pk),
    }


def test_a_series_the_new_manager_has_already_takes_over_what_is_open(
    series: CheckInSeries, adam: Person, alice: Person, carol: Person
) -> None:
    skip_level = start_series(actor=carol.member, other=alice.employee, every_weeks=4, first_on=NEXT_WEEK)
    item = add_item(actor=alice.member, series=series, title="Two quiet afternoons")
    change_manager(actor=adam.member, employee=alice.employee, manager=carol.employee)

    follow_the_people()

    item.refresh_from_db()
    assert item.series == skip_level
    assert list(CheckInSeries.objects.filter(status=SeriesStatus.ACTIVE)) == [skip_level]


def test_whoever_leaves_meets_nobody_any_more(series: CheckInSeries, adam: Person, alice: Person) -> None:
    end_employment(actor=adam.member, employee=alice.employee, left_on=TODAY, kind=LeavingKind.VOLUNTARY)

    assert follow_the_people() == 1

    assert not Obligation.objects.filter(kind=Owed.HOLD, status=ObligationStatus.OPEN).exists()
    series.refresh_from_db()
    assert series.ended_reason == "One of the two has left."


def test_the_task_looks_after_every_organization(
    series: CheckInSeries, adam: Person, alice: Person, carol: Person
) -> None:
    change_manager(actor=adam.member, employee=alice.employee, manager=carol.employee)

    assert follow_reporting_lines() == 1
