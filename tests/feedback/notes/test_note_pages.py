"""The pages of feedback through the browser's own requests: lists, asking, giving, a note and its life."""

import datetime

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from feedback.models import FeedbackNote, FeedbackRequest
from feedback.note_enums import Readers, RequestStatus
from tests.cast import Person, make_person
from tests.feedback.notes.conftest import FEEDBACK, ClientOf, GiveNote


def test_a_colleague_is_found_by_name_and_written_to(
    browse: ClientOf, alice: Person, dora: Person, bob: Person
) -> None:
    client = browse(dora)
    answer = client.get(f"{FEEDBACK}give/?who=alice++archer")
    assert answer.headers["Location"] == f"{FEEDBACK}give/?to={alice.employee.pk}"
    form = client.get(answer.headers["Location"]).text
    assert "Alice Archer and Bob Bailey, who manages them" in form
    assert "No manager and nobody in HR." in form
    assert "nobody writes anonymously" in form

    sent = client.post(answer.headers["Location"], {"text": "You asked first.", "readers": "both"})

    note = FeedbackNote.objects.get()
    assert sent.headers["Location"] == f"{FEEDBACK}{note.pk}/"
    assert (note.author, note.about, note.manager, note.readers) == (
        dora.employee, alice.employee, bob.employee, Readers.BOTH,
    )  # fmt: skip


def test_of_several_with_one_name_the_writer_chooses(browse: ClientOf, alice: Person, dora: Person) -> None:
    other = make_person(alice.organization, "Alina", "Archer")
    other.employee.given_name = "Alice"
    other.employee.save(update_fields=["given_name"])

    answer = browse(dora).get(f"{FEEDBACK}give/?who=Alice+Archer")

    assert answer.status_code == 422
    assert f"?to={other.employee.pk}" in answer.text
    assert f"?to={alice.employee.pk}" in answer.text


def test_a_name_nobody_has_keeps_what_was_typed(browse: ClientOf, dora: Person) -> None:
    answer = browse(dora).get(f"{FEEDBACK}give/?who=Zaphod")

    assert answer.status_code == 422
    assert 'value="Zaphod"' in answer.text


def test_nobody_writes_to_themself_or_across_organizations(browse: ClientOf, dora: Person, mallory: Person) -> None:
    client = browse(dora)

    for key in (dora.employee.pk, mallory.employee.pk, 999999999, "x", "9" * 30):
        assert client.get(f"{FEEDBACK}give/?to={key}").status_code == 404


def test_a_note_without_readers_keeps_the_words(browse: ClientOf, alice: Person, dora: Person) -> None:
    answer = browse(dora).post(f"{FEEDBACK}give/?to={alice.employee.pk}", {"text": "Words to keep."})

    assert answer.status_code == 422
    assert "Words to keep." in answer.text
    assert not FeedbackNote.objects.exists()


def test_readers_that_are_not_offered_are_refused(browse: ClientOf, alice: Person, bob: Person) -> None:
    answer = browse(bob).post(
        f"{FEEDBACK}give/?to={alice.employee.pk}", {"text": "Words to keep.", "readers": "manager"}
    )

    assert answer.status_code == 422
    assert not FeedbackNote.objects.exists()


def test_any_script_is_kept_as_it_was_typed(browse: ClientOf, alice: Person, dora: Person) -> None:
    words = "שלום 👩🏽‍💻 <b>bold</b>\nمرحبا"

    answer = browse(dora).post(
        f"{FEEDBACK}give/?to={alice.employee.pk}", {"text": words, "readers": "receiver"}, follow=True
    )

    assert FeedbackNote.objects.get().text == words
    assert "&lt;b&gt;bold&lt;/b&gt;" in answer.text


def test_a_text_as_long_as_a_book_is_refused_and_kept(browse: ClientOf, alice: Person, dora: Person) -> None:
    words = "so long " * 25_000

    answer = browse(dora).post(f"{FEEDBACK}give/?to={alice.employee.pk}", {"text": words, "readers": "receiver"})

    assert answer.status_code == 422
    assert words.strip() in answer.text


def test_a_question_is_asked_answered_and_read(browse: ClientOf, alice: Person, dora: Person) -> None:
    due = timezone.localdate() + datetime.timedelta(days=5)
    asked = {"who": "Dora Dale", "about": alice.employee.pk, "question": "What helps you?", "due_on": due.isoformat()}
    browse(alice).post(f"{FEEDBACK}ask/", asked)
    request = FeedbackRequest.objects.get()
    client, path = browse(dora), f"{FEEDBACK}questions/{request.pk}/"
    assert "Give feedback, or decline" in client.get("/o/harbor/").text
    assert "What helps you?" in client.get(path).text

    client.post(f"{path}answer/", {"text": "Your lists.", "readers": "receiver"})

    note = FeedbackNote.objects.get()
    assert f"{FEEDBACK}{note.pk}/" in browse(alice).get(path).text
    assert "Your lists." in browse(alice).get(f"{FEEDBACK}{note.pk}/").text
    assert client.get(f"{path}answer/").headers["Location"] == path


def test_a_name_nobody_has_keeps_the_question(browse: ClientOf, alice: Person, dora: Person) -> None:
    due = timezone.localdate() + datetime.timedelta(days=5)
    asked = {"who": "Zaphod", "about": alice.employee.pk, "question": "Words to keep.", "due_on": due.isoformat()}

    answer = browse(alice).post(f"{FEEDBACK}ask/", asked)

    assert answer.status_code == 409
    assert "Words to keep." in answer.text


def test_an_employee_asks_about_nobody_else(browse: ClientOf, alice: Person, bob: Person, dora: Person) -> None:
    due = timezone.localdate() + datetime.timedelta(days=5)
    asked = {"who": "Bob Bailey", "about": dora.employee.pk, "question": "How is she?", "due_on": due.isoformat()}

    assert browse(alice).post(f"{FEEDBACK}ask/", asked).status_code == 422
    assert not FeedbackRequest.objects.exists()


def test_declining_is_one_click(browse: ClientOf, question: FeedbackRequest, alice: Person, dora: Person) -> None:
    path = f"{FEEDBACK}questions/{question.pk}/"

    browse(dora).post(f"{path}declining/", {"words": ""})

    question.refresh_from_db()
    assert question.status == RequestStatus.DECLINED
    assert "none is needed" in browse(alice).get(path).text


def test_a_question_is_taken_back(browse: ClientOf, question: FeedbackRequest, alice: Person, dora: Person) -> None:
    path = f"{FEEDBACK}questions/{question.pk}/"
    assert browse(dora).post(f"{path}withdrawal/").status_code == 403

    browse(alice).post(f"{path}withdrawal/")

    question.refresh_from_db()
    assert question.status == RequestStatus.WITHDRAWN
    again = browse(dora).post(f"{path}answer/", {"text": "Words to keep.", "readers": "receiver"})
    assert again.status_code == 409
    assert "Words to keep." in again.text


@pytest.mark.parametrize("who", ["bob", "carol", "hana", "adam", "eve", "ines"])
def test_others_do_not_find_what_is_not_theirs(
    who: str, browse: ClientOf, give: GiveNote, question: FeedbackRequest, request: pytest.FixtureRequest
) -> None:
    client, note = browse(request.getfixturevalue(who)), give()

    assert client.get(f"{FEEDBACK}{note.pk}/").status_code == 404
    assert client.get(f"{FEEDBACK}questions/{question.pk}/").status_code == 404
    for name in ("reply", "file", "showing", "correction", "withdrawal"):
        assert client.post(f"{FEEDBACK}{note.pk}/{name}/").status_code == 404


def test_the_page_of_a_note_says_who_reads_it_to_each_who_does(
    browse: ClientOf, give: GiveNote, alice: Person, bob: Person, dora: Person, hana: Person
) -> None:
    note = give(Readers.HR)

    for person in (alice, bob, dora, hana):
        assert "Alice Archer, Bob Bailey and the HR partners" in browse(person).get(f"{FEEDBACK}{note.pk}/").text


def test_a_note_is_corrected_withdrawn_and_leaves_its_trace(
    browse: ClientOf, give: GiveNote, alice: Person, dora: Person
) -> None:
    note = give(text="You was quick.")
    path, client = f"{FEEDBACK}{note.pk}/", browse(dora)
    client.post(f"{path}correction/", {"text": "You were quick."})
    corrected = browse(alice).get(path).text
    assert "You were quick." in corrected
    assert "You was quick." in corrected

    client.post(f"{path}withdrawal/", {"words": "Wrong person."})

    withdrawn = browse(alice).get(path).text
    assert "took this note back" in withdrawn
    assert "Wrong person." in withdrawn
    assert "You were quick." not in withdrawn
    assert "You was quick." not in withdrawn
    assert "You were quick." in client.get(path).text
    assert client.get(f"{path}correction/").headers["Location"] == path


def test_the_receiver_thanks_and_keeps(browse: ClientOf, give: GiveNote, alice: Person, dora: Person) -> None:
    note = give()
    path, client = f"{FEEDBACK}{note.pk}/", browse(alice)
    assert "Put it into my file" in client.get(path).text

    client.post(f"{path}reply/", {"words": "I will keep the list."})
    client.post(f"{path}file/", {"keep": "yes"})

    text = browse(dora).get(path).text
    assert "I will keep the list." in text
    assert "Withdraw the note" not in text
    assert "Take it out of my file" in client.get(path).text


@pytest.mark.parametrize("words", ["x" * 2_001, "a\0b"])
def test_an_answer_that_cannot_be_taken_is_kept_on_the_page(
    words: str, browse: ClientOf, give: GiveNote, alice: Person
) -> None:
    note = give()

    answer = browse(alice).post(f"{FEEDBACK}{note.pk}/reply/", {"words": words})

    note.refresh_from_db()
    assert answer.status_code == 422
    assert words[:200] in answer.text
    assert note.thanked_at is None


def test_the_author_shows_what_only_the_manager_read(
    browse: ClientOf, give: GiveNote, alice: Person, dora: Person
) -> None:
    note = give(Readers.MANAGER)
    path = f"{FEEDBACK}{note.pk}/"
    assert browse(alice).get(path).status_code == 404

    browse(dora).post(f"{path}showing/")

    assert note.text in browse(alice).get(path).text


NOTE_QUERIES = 9


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_note_costs_the_same_with_more_versions(
    count: int, browse: ClientOf, give: GiveNote, dora: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    note = give()
    path, client = f"{FEEDBACK}{note.pk}/", browse(dora)
    for number in range(count):
        client.post(f"{path}correction/", {"text": f"Version {number}"})
    client.get(path)

    with django_assert_num_queries(NOTE_QUERIES):
        client.get(path)


def test_words_are_remarked_on_with_and_without_javascript(browse: ClientOf, dora: Person) -> None:
    client, text = browse(dora), {"text": "You never ask."}

    part = client.post(f"{FEEDBACK}words/", text, headers={"HX-Request": "true"}).text
    page = client.post(f"{FEEDBACK}words/", text).text

    assert "<mark>never</mark>" in part
    assert "<html" not in part
    assert "<mark>never</mark>" in page
    assert "Nothing is saved or sent" in page


def test_home_and_profile_show_what_is_new(
    browse: ClientOf, give: GiveNote, alice: Person, bob: Person, dora: Person
) -> None:
    note = give(Readers.BOTH, text="To both.")
    client = browse(alice)
    assert "Dora Dale has written you a note" in client.get("/o/harbor/").text
    profile = f"/o/harbor/people/{alice.employee.pk}/"
    assert "To both." in client.get(profile).text
    assert "To both." in browse(bob).get(profile).text

    client.get(f"{FEEDBACK}{note.pk}/")

    assert "Dora Dale has written you a note" not in client.get("/o/harbor/").text
