"""The pages of check-ins, through the browser's own requests."""

import datetime

import pytest

from feedback.check_in_enums import ActionStatus, Attendance, CheckInStatus
from feedback.models import ActionItem, AgendaItem, CheckIn, CheckInSeries
from feedback.registry import TalkingPoint, register_talking_points, unregister_talking_points
from feedback.services.actions import add_action
from feedback.services.agenda import add_item
from feedback.services.check_ins import skip_check_in
from feedback.services.notes import save_shared_notes
from feedback.services.series import start_series
from people.models import Employee, Membership
from tests.cast import Person
from tests.feedback.conftest import NEXT_WEEK
from tests.feedback.views.conftest import CHECK_INS, HTMX, IN_THREE_WEEKS, At, ClientOf, page


def test_an_employee_sets_check_ins_up_with_their_manager(browse: ClientOf, alice: Person, bob: Person) -> None:
    client = browse(alice)
    assert "Bob Bailey" in client.get(f"{CHECK_INS}new/").text

    answer = client.post(
        f"{CHECK_INS}new/", {"other": bob.employee.pk, "every_weeks": "2", "first_on": NEXT_WEEK.isoformat()}
    )

    series = CheckInSeries.objects.get()
    assert answer["Location"] == page(series)
    assert (series.leader, series.every_weeks) == (bob.employee, 2)


def test_the_form_proposes_a_day_that_suits_and_keeps_what_was_typed(
    browse: ClientOf, alice: Person, bob: Person
) -> None:
    client = browse(bob)
    assert f'value="{NEXT_WEEK.isoformat()}"' in client.get(f"{CHECK_INS}new/?with={alice.employee.pk}").text

    answer = client.post(f"{CHECK_INS}new/", {"other": alice.employee.pk, "every_weeks": "4", "first_on": "2026-05-09"})

    assert answer.status_code == 409
    assert "Sat 9 May is not a working day for Alice Archer" in answer.text
    assert 'value="2026-05-09"' in answer.text


def test_somebody_out_of_reach_cannot_be_chosen(browse: ClientOf, alice: Person, hana: Person) -> None:
    answer = browse(alice).post(
        f"{CHECK_INS}new/", {"other": hana.employee.pk, "every_weeks": "2", "first_on": NEXT_WEEK.isoformat()}
    )

    assert answer.status_code == 422
    assert not CheckInSeries.objects.exists()


def test_the_series_shows_everything_to_its_two(
    browse: ClientOf, series: CheckInSeries, alice: Person, bob: Person
) -> None:
    add_item(actor=alice.member, series=series, title="Two quiet afternoons")
    add_action(actor=bob.member, series=series, title="Ask finance", owner=bob.employee, due_on=NEXT_WEEK)

    text = browse(alice).get(page(series)).text

    shown = ("Check-ins with Bob Bailey", "Two quiet afternoons", "Ask finance")
    assert [words for words in shown if words not in text] == []


@pytest.mark.parametrize("who", ["carol", "hana"])
def test_whoever_follows_the_employee_sees_the_dates_and_no_word(
    who: str, browse: ClientOf, check_in: CheckIn, alice: Person, bob: Person, stage: At, request: pytest.FixtureRequest
) -> None:
    add_item(actor=alice.member, series=check_in.series, title="Two quiet afternoons")
    add_action(actor=bob.member, series=check_in.series, title="Ask finance", owner=bob.employee, due_on=NEXT_WEEK)
    save_shared_notes(actor=bob.member, check_in=check_in, body="Said in confidence.", base="")
    stage(NEXT_WEEK)
    skip_check_in(actor=bob.member, check_in=check_in, reason="A family matter.")

    client = browse(request.getfixturevalue(who))
    text = client.get(page(check_in.series)).text

    assert "Did not take place" in text
    said = ("Two quiet afternoons", "Ask finance", "Said in confidence.", "A family matter.")
    assert [words for words in said if words in text] == []
    assert client.get(page(check_in)).status_code == 404
    assert [words for words in said if words in client.get(f"{CHECK_INS}export/?whose=followed&state=every").text] == []


@pytest.mark.parametrize("who", ["adam", "eve", "ines"])
def test_others_find_no_series(
    who: str, browse: ClientOf, series: CheckInSeries, request: pytest.FixtureRequest
) -> None:
    assert browse(request.getfixturevalue(who)).get(page(series)).status_code == 404


def test_points_are_added_ticked_and_moved_in_place(
    browse: ClientOf, check_in: CheckIn, alice: Person, bob: Person
) -> None:
    client, series = browse(alice), check_in.series
    here = {"check_in": check_in.pk}
    part = client.post(page(series, "agenda"), {"do": "add", "title": "One", **here}, headers=HTMX)
    client.post(page(series, "agenda"), {"do": "add", "title": "Two", **here}, headers=HTMX)
    first, second = AgendaItem.objects.order_by("position")

    client.post(page(series, "agenda"), {"do": f"down:{first.pk}", **here}, headers=HTMX)
    ticked = client.post(page(series, "agenda"), {"do": f"talked:{second.pk}", **here}, headers=HTMX)

    assert part.text.strip().startswith('<section class="section" id="agenda"')
    assert "Talked about" in ticked.text
    second.refresh_from_db()
    assert second.talked_in == check_in
    client.post(page(series, "agenda"), {"do": f"open:{second.pk}", **here}, headers=HTMX)
    client.post(page(series, "agenda"), {"do": f"remove:{first.pk}", **here}, headers=HTMX)
    assert [item.title for item in AgendaItem.objects.filter(talked_at__isnull=True)] == ["Two"]


def test_without_javascript_the_agenda_leads_back_to_where_one_was(
    browse: ClientOf, check_in: CheckIn, alice: Person
) -> None:
    client, series = browse(alice), check_in.series

    from_series = client.post(page(series, "agenda"), {"do": "add", "title": "One"})
    from_meeting = client.post(page(series, "agenda"), {"do": "add", "title": "Two", "check_in": check_in.pk})
    empty = client.post(page(series, "agenda"), {"do": "add", "title": " "}, follow=True)

    assert from_series["Location"] == f"{page(series)}#agenda"
    assert from_meeting["Location"] == f"{page(check_in)}#agenda"
    assert "This field is required." in empty.text


def test_an_empty_point_says_so_in_place(browse: ClientOf, series: CheckInSeries, alice: Person) -> None:
    answer = browse(alice).post(page(series, "agenda"), {"do": "add", "title": ""}, headers=HTMX)

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize("do", ["", "fly:1", "talked:0", "talked:x", "up"])
def test_a_button_nobody_drew_is_not_found(do: str, browse: ClientOf, series: CheckInSeries, alice: Person) -> None:
    client = browse(alice)

    assert client.post(page(series, "agenda"), {"do": do}).status_code == 404
    assert client.post(page(series, "actions"), {"do": do}).status_code == 404


def test_a_point_of_another_series_is_not_found(
    browse: ClientOf, series: CheckInSeries, alice: Person, carol: Person
) -> None:
    other = start_series(actor=alice.member, other=carol.employee, every_weeks=4, first_on=NEXT_WEEK)
    item = add_item(actor=alice.member, series=other, title="One")
    action = add_action(actor=alice.member, series=other, title="x", owner=alice.employee, due_on=NEXT_WEEK)
    client = browse(alice)

    assert client.post(page(series, "agenda"), {"do": f"talked:{item.pk}"}).status_code == 404
    assert client.post(page(series, "actions"), {"do": f"done:{action.pk}"}).status_code == 404


def test_action_items_are_added_done_and_opened_again(browse: ClientOf, check_in: CheckIn, alice: Person) -> None:
    client, series = browse(alice), check_in.series
    typed = {"do": "add", "title": "Ask finance", "owner": str(alice.employee.pk), "due_on": NEXT_WEEK.isoformat()}

    part = client.post(page(series, "actions"), {**typed, "check_in": check_in.pk}, headers=HTMX)
    action = ActionItem.objects.get()
    assert "Ask finance" in part.text
    assert action.agreed_in == check_in

    for do, status in (("done", ActionStatus.DONE), ("reopen", ActionStatus.OPEN), ("drop", ActionStatus.DROPPED)):
        client.post(page(series, "actions"), {"do": f"{do}:{action.pk}"}, headers=HTMX)
        action.refresh_from_db()
        assert action.status == status
    assert client.post(page(series, "actions"), {**typed, "due_on": ""}, headers=HTMX).status_code == 422


def test_an_action_item_has_a_page_of_its_own(
    browse: ClientOf, series: CheckInSeries, alice: Person, bob: Person
) -> None:
    action = add_action(actor=bob.member, series=series, title="Ask", owner=bob.employee, due_on=NEXT_WEEK)
    client = browse(bob)
    address = f"{CHECK_INS}actions/{action.pk}/"
    assert "It is done" in client.get(address).text

    answer = client.post(
        address, {"title": "Ask finance", "owner": str(alice.employee.pk), "due_on": IN_THREE_WEEKS.isoformat()}
    )

    action.refresh_from_db()
    assert answer["Location"] == page(series)
    assert (action.title, action.owner, action.due_on) == ("Ask finance", alice.employee, IN_THREE_WEEKS)


def test_a_check_in_is_recorded_with_the_next_date_explained(
    browse: ClientOf, check_in: CheckIn, bob: Person, stage: At
) -> None:
    stage(NEXT_WEEK)
    client = browse(bob)
    form = client.get(page(check_in, "record")).text
    assert f'value="{IN_THREE_WEEKS.isoformat()}"' in form
    assert "both of you are there" in form

    answer = client.post(
        page(check_in, "record"),
        {"attendance": "both", "held_on": NEXT_WEEK.isoformat(), "next_on": IN_THREE_WEEKS.isoformat()},
    )

    following = CheckIn.objects.get(status=CheckInStatus.PLANNED)
    assert answer["Location"] == page(following)
    check_in.refresh_from_db()
    assert check_in.status == CheckInStatus.HELD
    assert client.get(page(check_in, "record"))["Location"] == page(check_in)


def test_a_missed_check_in_says_who_waited(browse: ClientOf, check_in: CheckIn, alice: Person, stage: At) -> None:
    stage(NEXT_WEEK)
    client = browse(alice)
    refused = client.post(page(check_in, "record"), {"attendance": "nobody", "reason": ""})
    assert (refused.status_code, "why it did not take place" in refused.text) == (409, True)

    client.post(page(check_in, "record"), {"attendance": "employee"})

    check_in.refresh_from_db()
    assert (check_in.status, check_in.attendance) == (CheckInStatus.SKIPPED, Attendance.EMPLOYEE)


def test_a_meeting_needs_its_day(browse: ClientOf, check_in: CheckIn, bob: Person) -> None:
    answer = browse(bob).post(page(check_in, "record"), {"attendance": "both", "held_on": ""})

    assert answer.status_code == 422
    assert "Say on which day you met." in answer.text


def test_a_check_in_moves_and_says_so(browse: ClientOf, check_in: CheckIn, alice: Person) -> None:
    client = browse(alice)
    day = NEXT_WEEK + datetime.timedelta(days=1)
    assert client.get(page(check_in, "date")).status_code == 200

    client.post(page(check_in, "date"), {"day": day.isoformat()})

    assert "Moved from Wed 6 May by Alice Archer." in client.get(page(check_in)).text


def test_the_rhythm_changes_and_the_series_ends_after_asking(
    browse: ClientOf, series: CheckInSeries, bob: Person
) -> None:
    client = browse(bob)
    client.post(page(series, "change"), {"every_weeks": "4", "next_on": NEXT_WEEK.isoformat()})
    series.refresh_from_db()
    assert series.every_weeks == 4
    assert "End the check-ins with Alice Archer?" in client.get(page(series, "end")).text

    client.post(page(series, "end"), {"reason": "We meet in the project."})

    text = client.get(page(series)).text
    assert ("We meet in the project." in text, "Add a point" in text) == (True, False)
    for name in ("change", "end"):
        assert client.get(page(series, name))["Location"] == page(series)


def test_talking_points_come_from_every_room_and_go_on_the_agenda(
    browse: ClientOf, check_in: CheckIn, bob: Person
) -> None:
    def provider(_member: Membership, _employee: Employee) -> list[TalkingPoint]:
        return [TalkingPoint(title="Answer 45 cases a day", note="Goal, at risk", kind="warning")]

    register_talking_points(provider)
    try:
        client = browse(bob)
        assert "Goal, at risk" in client.get(page(check_in)).text
        client.post(
            page(check_in.series, "agenda"), {"do": "add", "title": "Answer 45 cases a day", "check_in": check_in.pk}
        )
        assert "On the agenda" in client.get(page(check_in)).text
    finally:
        unregister_talking_points(provider)


def test_home_shows_what_was_missed_to_the_leader_alone(
    browse: ClientOf, check_in: CheckIn, alice: Person, bob: Person, carol: Person, stage: At
) -> None:
    stage(NEXT_WEEK + datetime.timedelta(days=3))
    missing = "1 check-in is missing"

    shown = {person.email: missing in browse(person).get("/o/harbor/").text for person in (alice, bob, carol)}

    assert shown == {alice.email: False, bob.email: True, carol.email: False}


def test_home_names_who_has_no_check_ins(browse: ClientOf, alice: Person, bob: Person) -> None:
    assert "You have no regular check-ins with Alice Archer." in browse(bob).get("/o/harbor/").text


def test_a_profile_shows_dates_to_who_follows(
    browse: ClientOf, series: CheckInSeries, alice: Person, adam: Person, hana: Person
) -> None:
    address = f"/o/harbor/people/{alice.employee.pk}/"

    assert "With Bob Bailey" in browse(hana).get(address).text
    assert "With Bob Bailey" not in browse(adam).get(address).text


def test_the_search_finds_series_by_name_and_no_words_of_theirs(
    browse: ClientOf, check_in: CheckIn, bob: Person
) -> None:
    save_shared_notes(actor=bob.member, check_in=check_in, body="Zeppelin", base="")
    add_item(actor=bob.member, series=check_in.series, title="Zeppelin")
    client = browse(bob)

    assert "Check-ins with Alice Archer" in client.get("/o/harbor/search/?q=Archer").text
    assert page(check_in.series) not in client.get("/o/harbor/search/?q=Zeppelin").text
