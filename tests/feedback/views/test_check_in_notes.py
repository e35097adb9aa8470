"""The shared notes of a check-in: saved while one writes, both kept when two write, shown as they were typed."""

import pytest

from feedback.models import CheckIn
from feedback.services.notes import save_shared_notes
from tests.cast import Person
from tests.feedback.views.conftest import HTMX, ClientOf, page


def test_notes_save_themselves_and_say_when(browse: ClientOf, check_in: CheckIn, bob: Person) -> None:
    part = browse(bob).post(page(check_in, "notes"), {"body": "Steady.", "base": ""}, headers=HTMX)

    check_in.refresh_from_db()
    assert check_in.notes == "Steady."
    assert ("Saved at 12:00" in part.text, 'hx-swap-oob="true"' in part.text) == (True, True)


def test_notes_of_both_are_kept_and_the_reader_is_told(
    browse: ClientOf, check_in: CheckIn, alice: Person, bob: Person
) -> None:
    save_shared_notes(actor=alice.member, check_in=check_in, body="From Alice", base="")

    part = browse(bob).post(page(check_in, "notes"), {"body": "From Bob", "base": ""}, headers=HTMX)

    check_in.refresh_from_db()
    assert check_in.notes == "From Alice\nFrom Bob"
    assert "both texts are kept" in part.text


def test_notes_work_without_javascript(browse: ClientOf, check_in: CheckIn, bob: Person) -> None:
    client = browse(bob)

    shared = client.post(page(check_in, "notes"), {"body": "Steady.", "base": ""})
    private = client.post(page(check_in, "private"), {"body": "Only mine.", "base": ""})

    assert (shared["Location"], private["Location"]) == (f"{page(check_in)}#notes", f"{page(check_in)}#private")
    text = client.get(page(check_in)).text
    assert ("Steady." in text, "Only mine." in text) == (True, True)


@pytest.mark.parametrize("name", ["notes", "private"])
def test_notes_too_long_come_back_as_they_were_typed(
    name: str, browse: ClientOf, check_in: CheckIn, bob: Person
) -> None:
    client, body = browse(bob), "long " * 10_001
    plain = client.post(page(check_in, name), {"body": body, "base": ""})
    part = client.post(page(check_in, name), {"body": body, "base": ""}, headers=HTMX)

    assert (plain.status_code, part.status_code) == (409, 409)
    assert body.strip()[:200] in plain.text
    assert "longer than 50,000" in part.text


def test_text_of_any_script_and_hidden_markup_is_shown_as_typed(
    browse: ClientOf, check_in: CheckIn, bob: Person
) -> None:
    words = "<script>alert(1)</script> 👩‍💻 שלום é"
    client = browse(bob)
    client.post(page(check_in, "notes"), {"body": words, "base": ""})

    text = client.get(page(check_in)).text

    assert "<script>alert(1)</script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 👩‍💻 שלום é" in text
