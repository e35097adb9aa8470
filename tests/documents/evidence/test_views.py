"""The pages of bundles: asking, watching, downloading, each for uninvolved HR partners alone."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django_rls_tenants import tenant_context
from pytest_django import DjangoAssertNumQueries

from documents.evidence.progress import set_position
from documents.evidence.services import build_bundle
from documents.models import EvidenceBundle
from people.models import Organization
from pips.models import Plan
from tests.cast import Person
from tests.documents.evidence.conftest import asked_for, built, opened
from tests.tenancy.rows import make_object

ClientOf = Callable[[Person], Client]
LIST_QUERIES = 14


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


def list_path(plan: Plan) -> str:
    return f"/o/harbor/documents/evidence/of/{plan.employee_id}/"


def bundle_path(bundle: EvidenceBundle, end: str = "") -> str:
    return f"/o/harbor/documents/evidence/{bundle.pk}/{end}"


@pytest.fixture
def waiting(plan: Plan, hana: Person) -> EvidenceBundle:
    """A bundle nobody has begun to build."""
    with tenant_context(plan.organization_id):
        return asked_for(hana, plan)


@pytest.fixture
def ready(plan: Plan, hana: Person) -> EvidenceBundle:
    """A bundle that can be downloaded."""
    with tenant_context(plan.organization_id):
        return built(hana, plan)


def test_hr_asks_for_a_bundle_and_is_taken_to_it(plan: Plan, hana: Person, client_of: ClientOf) -> None:
    client = client_of(hana)
    assert "Plan: Reports on time" in client.get(list_path(plan)).content.decode()

    response = client.post(list_path(plan), {"subject": f"plan:{plan.pk}", "purpose": "Hearing"})

    with tenant_context(plan.organization_id):
        bundle = EvidenceBundle.objects.get()
    assert response["Location"] == bundle_path(bundle)
    assert (bundle.about_type, bundle.about_id, bundle.purpose) == ("plan", plan.pk, "Hearing")
    assert "Waiting for a free worker" in client.get(bundle_path(bundle)).content.decode()


def test_what_it_is_for_must_be_said_and_the_choice_stays(plan: Plan, hana: Person, client_of: ClientOf) -> None:
    response = client_of(hana).post(list_path(plan), {"subject": f"plan:{plan.pk}", "purpose": " "})

    assert response.status_code == 422
    assert f'value="plan:{plan.pk}" selected' in response.content.decode()


@pytest.mark.parametrize(
    ("person", "status"), [("alice", 403), ("bob", 403), ("adam", 403), ("eve", 404), ("mallory", 404)]
)
def test_nobody_else_asks_or_sees(
    request: pytest.FixtureRequest,
    plan: Plan,
    ready: EvidenceBundle,
    client_of: ClientOf,
    person: str,
    status: int,
) -> None:
    client = client_of(request.getfixturevalue(person))

    assert client.get(list_path(plan)).status_code == status
    assert client.post(list_path(plan), {"purpose": "Curious"}).status_code == status
    assert client.get(bundle_path(ready)).status_code == 404
    assert client.get(bundle_path(ready, "file/")).status_code == 404


def test_anonymous_visitors_sign_in(plan: Plan, ready: EvidenceBundle, client: Client) -> None:
    for path in (list_path(plan), bundle_path(ready), bundle_path(ready, "file/")):
        assert client.get(path)["Location"].startswith("/accounts/login/")


def test_pages_that_read_are_only_read(ready: EvidenceBundle, hana: Person, client_of: ClientOf) -> None:
    assert client_of(hana).post(bundle_path(ready)).status_code == 405
    assert client_of(hana).post(bundle_path(ready, "file/")).status_code == 405


def test_progress_is_told_and_the_page_turns_when_it_is_done(
    waiting: EvidenceBundle, hana: Person, client_of: ClientOf, harbor: Organization
) -> None:
    client = client_of(hana)
    htmx = {"HX-Request": "true", "HX-Target": "bundle-progress"}
    set_position(waiting, 3, 12)

    part = client.get(bundle_path(waiting), headers=htmx).content.decode()
    assert "3 of 12 files" in part
    assert "<html" not in part
    with tenant_context(harbor.pk):
        build_bundle(bundle_id=waiting.pk)
    assert client.get(bundle_path(waiting), headers=htmx)["HX-Refresh"] == "true"


def test_an_unfinished_bundle_has_no_file(waiting: EvidenceBundle, hana: Person, client_of: ClientOf) -> None:
    assert client_of(hana).get(bundle_path(waiting, "file/")).status_code == 404


def test_a_ready_bundle_shows_its_hashes_and_what_is_withheld(
    ready: EvidenceBundle, hana: Person, client_of: ClientOf
) -> None:
    found = client_of(hana).get(bundle_path(ready)).content.decode()

    assert ready.manifest_sha256 in found
    assert "HR reviews and their reasons" in found
    assert f"verify_bundle.py evidence.zip --manifest-sha256 {ready.manifest_sha256}" in found


def test_the_file_is_a_zip_to_keep(ready: EvidenceBundle, hana: Person, client_of: ClientOf) -> None:
    response = client_of(hana).get(bundle_path(ready, "file/"))

    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a file response
    assert "manifest.json" in opened(content)
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("status", "words"), [("failed", "Ask for it once more"), ("expired", "The file is erased")])
def test_what_cannot_be_had_says_what_to_do(
    waiting: EvidenceBundle, hana: Person, client_of: ClientOf, status: str, words: str
) -> None:
    with tenant_context(waiting.organization_id):
        EvidenceBundle.objects.update(status=status, error="It broke.")

    assert words in client_of(hana).get(bundle_path(waiting)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_the_same_statements_however_long(
    plan: Plan, hana: Person, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    with tenant_context(plan.organization_id):
        for number in range(count):
            make_object(
                EvidenceBundle, employee=plan.employee, requested_by=hana.member, status="failed", title=f"No. {number}"
            )
    client = client_of(hana)
    client.get(list_path(plan))

    with django_assert_num_queries(LIST_QUERIES):
        client.get(list_path(plan))


def test_the_profile_lists_documents_for_those_who_may_read_them(
    plan: Plan, alice: Person, bob: Person, adam: Person, client_of: ClientOf
) -> None:
    path = f"/o/harbor/people/{plan.employee_id}/"

    for reader in (alice, bob):
        assert 'id="documents"' in client_of(reader).get(path).content.decode()
    assert 'id="documents"' not in client_of(adam).get(path).content.decode()
