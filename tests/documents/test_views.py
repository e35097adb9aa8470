"""Downloading a document, and verifying one as a stranger."""

import uuid
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_rls_tenants import tenant_context

from documents.models import Document
from documents.views import sealed as views
from people.models import AccessRecord, Organization
from tests.cast import Person

ClientOf = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def download_path(document: Document, slug: str = "harbor") -> str:
    return f"/o/{slug}/documents/{document.pk}/"


def test_a_reader_downloads_exactly_what_was_sealed(document: Document, alice: Person, client_of: ClientOf) -> None:
    response = client_of(alice).get(download_path(document))

    assert response.status_code == 200
    assert response.content == bytes(document.content)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="a-note-for-the-record-v1.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_each_download_is_on_the_record(
    document: Document, bob: Person, client_of: ClientOf, harbor: Organization
) -> None:
    client_of(bob).get(download_path(document))

    with tenant_context(harbor.pk):
        record = AccessRecord.objects.get(about_type="document")
    assert (record.member, record.about_id, record.action) == (bob.member, str(document.pk), "download")


@pytest.mark.parametrize("stranger", ["hana", "adam", "eve"])
def test_who_may_not_see_it_finds_nothing(
    request: pytest.FixtureRequest, document: Document, client_of: ClientOf, stranger: str
) -> None:
    response = client_of(request.getfixturevalue(stranger)).get(download_path(document))

    assert response.status_code == 404


def test_another_organization_finds_nothing(document: Document, mallory: Person, client_of: ClientOf) -> None:
    client = client_of(mallory)

    assert client.get(download_path(document)).status_code == 404
    assert client.get(download_path(document, slug="alder")).status_code == 404


def test_anonymous_visitors_are_sent_to_sign_in(document: Document, client: Client) -> None:
    response = client.get(download_path(document))

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_a_download_is_only_read(document: Document, alice: Person, client_of: ClientOf) -> None:
    assert client_of(alice).post(download_path(document)).status_code == 405


def verify_path(document_id: uuid.UUID) -> str:
    return f"/verify/{document_id}/"


def test_a_stranger_verifies_the_file_they_hold(document: Document, client: Client) -> None:
    file = SimpleUploadedFile("anything.pdf", bytes(document.content))

    response = client.post(verify_path(document.pk), {"file": file})

    body = response.content.decode()
    assert response.status_code == 200
    assert "It matches" in body
    assert "Alice" not in body
    assert "Harbor" not in body


def test_a_stranger_verifies_a_pasted_hash(document: Document, client: Client) -> None:
    spaced = " ".join([document.sha256[:32], document.sha256[32:].upper()])

    response = client.post(verify_path(document.pk), {"sha256": spaced})

    assert "It matches" in response.content.decode()


def test_a_changed_file_does_not_match(document: Document, client: Client) -> None:
    file = SimpleUploadedFile("anything.pdf", bytes(document.content) + b" ")

    response = client.post(verify_path(document.pk), {"file": file})

    assert "It does not match" in response.content.decode()


def test_an_unknown_document_answers_as_a_wrong_file_does(document: Document, client: Client) -> None:
    def words(document_id: uuid.UUID) -> str:
        answer = client.post(verify_path(document_id), {"sha256": "0" * 64}).content.decode()
        return answer[answer.index("<h1>") : answer.index("<form")]

    assert words(uuid.uuid4()) == words(document.pk)


@pytest.mark.parametrize(
    ("posted", "message"),
    [
        ({}, "Choose the file, or paste its SHA-256."),
        ({"sha256": "abc"}, "A SHA-256 has 64 characters, each 0–9 or a–f. Copy it again."),
    ],
)
def test_what_cannot_be_checked_is_explained(
    document: Document, client: Client, posted: dict[str, str], message: str
) -> None:
    response = client.post(verify_path(document.pk), posted)

    assert response.status_code == 422
    assert message in response.content.decode()


def test_a_file_too_large_is_refused(document: Document, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.forms.MAX_UPLOAD_BYTES", 10)

    response = client.post(verify_path(document.pk), {"file": SimpleUploadedFile("a.pdf", b"more than ten")})

    assert response.status_code == 422
    assert "This file is larger than 20 MB." in response.content.decode()


def test_guessing_is_slowed_down(document: Document, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "VERIFY_LIMIT", 2)
    statuses = [client.post(verify_path(document.pk), {"sha256": "0" * 64}).status_code for _ in range(3)]

    assert statuses == [200, 200, 429]


def test_looking_at_the_page_is_never_limited(document: Document, client: Client) -> None:
    assert [client.get(verify_path(document.pk)).status_code for _ in range(3)] == [200, 200, 200]
