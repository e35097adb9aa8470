"""The wizard, page by page, as the HR admin walks it and others may not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_rls_tenants import tenant_context

from people.enums import ImportStatus
from people.models import ColumnMapping, Employee, ImportBatch, Organization
from people.services import imports
from tests.cast import Person
from tests.people.imports.dirty_file import as_csv, dirty_file, person

pytestmark = pytest.mark.django_db

ROOT = "/o/harbor/people/import/"


@pytest.fixture
def admin(adam: Person, client_of: Callable[[Person], Client]) -> Client:
    """Return Adam's browser."""
    return client_of(adam)


def upload(client: Client, content: bytes, name: str = "people.csv") -> Any:
    """Send a file to the wizard."""
    return client.post(ROOT, {"upload": SimpleUploadedFile(name, content)})


def newest(organization: Organization) -> ImportBatch:
    """Return the organization's latest import."""
    with tenant_context(organization.pk):
        return ImportBatch.objects.select_related("organization").latest("pk")


def choice_of(client: Client, batch: ImportBatch) -> dict[str, str]:
    """Return what the columns page would send unchanged."""
    form = client.get(f"{ROOT}{batch.pk}/columns/").context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def work(batch: ImportBatch) -> None:
    """Do what the worker would."""
    with tenant_context(batch.organization_id):
        assert imports.run_import(batch_id=batch.pk)


def checked(client: Client, organization: Organization, content: bytes) -> ImportBatch:
    """Upload a file and have it checked with the columns as guessed."""
    upload(client, content)
    batch = newest(organization)
    client.post(f"{ROOT}{batch.pk}/columns/", choice_of(client, batch))
    work(batch)
    return newest(organization)


def test_wizard_leads_from_upload_to_report(admin: Client, harbor: Organization) -> None:
    answer = upload(admin, dirty_file())
    batch = newest(harbor)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{ROOT}{batch.pk}/columns/")

    answer = admin.post(f"{ROOT}{batch.pk}/columns/", choice_of(admin, batch))
    assert answer.headers["Location"] == f"{ROOT}{batch.pk}/"
    assert "Waiting for a free worker" in admin.get(f"{ROOT}{batch.pk}/").content.decode()

    work(batch)
    page = admin.get(f"{ROOT}{batch.pk}/")
    assert [count for _value, _label, count in page.context["outcomes"]] == [12, 0, 0, 0]
    with tenant_context(harbor.pk):
        assert Employee.objects.filter(number="20001").count() == 0

    assert "Write 12 people" in admin.get(f"{ROOT}{batch.pk}/application/").content.decode()
    answer = admin.post(f"{ROOT}{batch.pk}/application/")
    assert answer.headers["Location"] == f"{ROOT}{batch.pk}/"
    work(batch)

    page = admin.get(f"{ROOT}{batch.pk}/")
    assert "Import report" in page.content.decode()
    with tenant_context(harbor.pk):
        assert Employee.objects.filter(number__startswith="200").count() == 12


def test_list_of_imports_shows_the_latest(admin: Client, harbor: Organization) -> None:
    assert "No import yet" in admin.get(ROOT).content.decode()

    upload(admin, dirty_file())

    page = admin.get(ROOT).content.decode()
    assert "people.csv" in page
    assert "No import yet" not in page
