"""The list of check-ins: what it costs, sorted, remembered, narrowed, downloaded, and seen from above."""

import csv
import datetime
import io
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from feedback.models import CheckIn, CheckInSeries
from feedback.services.actions import add_action
from feedback.services.agenda import add_item, mark_talked
from feedback.services.check_ins import record_check_in
from feedback.services.series import end_series, start_series
from tests.cast import Person, make_person
from tests.feedback.conftest import NEXT_WEEK, TODAY
from tests.feedback.views.conftest import CHECK_INS, HTMX, IN_THREE_WEEKS, At, ClientOf, page


def _three(bob: Person, alice: Person, stage: At) -> None:
    """Give Bob two more reports with a held and a missed check-in each."""
    for given in ("Dora", "Emil"):
        person = make_person(bob.organization, given, "Drew", manager=bob)
        series = start_series(actor=bob.member, other=person.employee, every_weeks=1, first_on=NEXT_WEEK)
        first = CheckIn.objects.select_related("series__employee", "series__leader").get(series=series)
        stage(NEXT_WEEK)
        record_check_in(actor=bob.member, check_in=first, held_on=NEXT_WEEK)
        stage(TODAY)
        add_action(actor=bob.member, series=series, title="x", owner=bob.employee, due_on=NEXT_WEEK)


def test_the_list_costs_the_same_for_one_row_and_for_three(
    browse: ClientOf, series: CheckInSeries, alice: Person, bob: Person, stage: At,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client = browse(bob)
    client.get(CHECK_INS)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(CHECK_INS)
    _three(bob, alice, stage)
    with django_assert_num_queries(LIST_QUERIES):
        answer = client.get(CHECK_INS)
    assert answer.text.count("<tr>") == 4


LIST_QUERIES = 8


SERIES_QUERIES = 14


MEETING_QUERIES = 25


def test_the_pages_cost_the_same_for_one_line_and_for_three(
    browse: ClientOf, check_in: CheckIn, alice: Person, bob: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client, series = browse(bob), check_in.series

    def one_more(number: int) -> None:
        add_item(actor=alice.member, series=series, title=f"Point {number}")
        mark_talked(actor=bob.member, item=add_item(actor=bob.member, series=series, title=f"Said {number}"))
        add_action(actor=bob.member, series=series, title=f"Do {number}", owner=bob.employee, due_on=NEXT_WEEK)

    one_more(1)
    of_series, of_meeting = page(series), page(check_in)
    client.get(of_series)
    for lines in (1, 3):
        with django_assert_num_queries(SERIES_QUERIES, info=f"{lines} lines"):
            client.get(of_series)
        with django_assert_num_queries(MEETING_QUERIES, info=f"{lines} lines"):
            client.get(of_meeting)
        one_more(2)
        one_more(3)


@pytest.mark.parametrize(
    ("sort", "first"),
    [("who", "Alice Archer"), ("-who", "Emil Drew"), ("rhythm", "Dora Drew"), ("-actions", "Dora Drew")],
)
def test_the_list_is_sorted(
    sort: str, first: str, browse: ClientOf, series: CheckInSeries, alice: Person, bob: Person, stage: At
) -> None:
    _three(bob, alice, stage)

    rows: Any = browse(bob).get(f"{CHECK_INS}?sort={sort}").context["rows"]

    assert rows[0]["other"].full_name == first


def test_the_list_remembers_how_it_was_left_and_answers_in_part(
    browse: ClientOf, series: CheckInSeries, bob: Person
) -> None:
    client = browse(bob)
    client.get(f"{CHECK_INS}?state=ended")

    assert client.get(CHECK_INS)["Location"] == f"{CHECK_INS}?state=ended"
    part = client.get(f"{CHECK_INS}?state=every", headers=HTMX)
    assert ("<main" in part.text, "Alice Archer" in part.text) == (False, True)


def test_the_list_is_narrowed(
    browse: ClientOf, series: CheckInSeries, alice: Person, bob: Person, carol: Person, stage: At
) -> None:
    above = start_series(actor=bob.member, other=carol.employee, every_weeks=4, first_on=NEXT_WEEK)
    end_series(actor=bob.member, series=above)
    stage(NEXT_WEEK + datetime.timedelta(days=1))

    def found(person: Person, query: str) -> list[int]:
        return [row["series"].pk for row in browse(person).get(f"{CHECK_INS}?{query}").context["rows"]]

    assert found(bob, "state=every") == [series.pk, above.pk]
    assert found(bob, "state=ended") == [above.pk]
    assert found(bob, "state=overdue") == [series.pk]
    assert found(bob, "q=archer+al") == [series.pk]
    assert found(bob, "q=nobody") == []
    assert found(carol, "whose=followed") == [series.pk]


def test_the_list_is_downloaded_as_dates_and_counts(
    browse: ClientOf, check_in: CheckIn, alice: Person, bob: Person, stage: At
) -> None:
    stage(NEXT_WEEK)
    record_check_in(actor=bob.member, check_in=check_in, held_on=NEXT_WEEK)

    answer = browse(bob).get(f"{CHECK_INS}export/")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1] == [
        alice.employee.number, "Alice Archer", "Bob Bailey", "2", "Active", IN_THREE_WEEKS.isoformat(),
        NEXT_WEEK.isoformat(), "0",
    ]  # fmt: skip


def test_the_team_list_shows_those_above_the_dates_of_others(
    browse: ClientOf, series: CheckInSeries, alice: Person, bob: Person, carol: Person
) -> None:
    team = f"{CHECK_INS}team/"
    page_of_carol = browse(carol).get(team)

    assert "with Bob Bailey" in page_of_carol.text
    assert f"{CHECK_INS}export/?whose=followed" in page_of_carol.text
    assert [row["is_own"] for row in browse(bob).get(team).context["rows"]] == [True]
    assert browse(alice).get(team).status_code == 403
    assert browse(carol).get(f"{team}?q=nobody").context["rows"] == []
