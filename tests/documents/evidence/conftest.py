"""An issued plan of Alice with a sealed document, and what HR asks for about it."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django_rls_tenants import tenant_context

from documents.evidence.access import pieces_of
from documents.evidence.services import build_bundle, request_bundle
from documents.models import Document, EvidenceBundle
from documents.registry import BundleSubject
from documents.services import seal_document
from pips.enums import LegalReviewStatus, PlanStatus
from pips.models import EquitySnapshot, GateAnswer, LegalReview, Plan, PlanNote
from tests.cast import Person
from tests.tenancy.rows import make_object
from tests.tenancy.world import bring_plan_to

PROJECT = Path(__file__).parents[3]
SCRIPT = PROJECT / "scripts" / "verify_bundle.py"

type Check = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def plan(alice: Person, bob: Person) -> Plan:
    """A running plan with its document, a note and a review only HR knows of."""
    with tenant_context(alice.organization.pk):
        plan: Plan = make_object(Plan, employee=alice.employee, manager=bob.employee, title="Reports on time")
        bring_plan_to(plan, PlanStatus.ACTIVE)
        make_object(PlanNote, plan=plan, kind="comment", body="=SUM(1) is no formula here.")
        seal(plan, bob)
        LegalReview.objects.create(
            plan=plan, status=LegalReviewStatus.CLEARED, reasons="Advice of counsel", decided_at=timezone.now()
        )
        EquitySnapshot.objects.create(plan=plan, figures={"peers": "seven colleagues"})
        make_object(GateAnswer, plan=plan, rule=23, step="approve", code="comparable_peers", reason="Unlike Nora Nye")
        make_object(GateAnswer, plan=plan, rule=2, step="submit", code="length", reason="A long project")
        return plan


def seal(plan: Plan, bob: Person, version: int = 1) -> Document:
    """Seal a small document about the plan."""
    return seal_document(
        actor=bob.member,
        kind="plan",
        about_type="plan",
        about_id=plan.pk,
        version=version,
        employee=plan.employee,
        title="Reports on time",
        template="documents/pdf/base.html",
        context={},
    )


def asked_for(person: Person, plan: Plan, *, whole: bool = True) -> EvidenceBundle:
    """Ask for a bundle about Alice, or about the plan alone, in the open tenant."""
    subject = BundleSubject(about_type="plan", about_id=plan.pk, title=f"Plan: {plan.title}")
    return request_bundle(
        actor=person.member,
        employee=plan.employee,
        purpose="Hearing in May",
        subject=None if whole else subject,
    )


def built(person: Person, plan: Plan, *, whole: bool = True) -> EvidenceBundle:
    """Ask for a bundle and build it here."""
    bundle = asked_for(person, plan, whole=whole)
    assert build_bundle(bundle_id=bundle.pk)
    bundle.refresh_from_db()
    return bundle


def content_of(person: Person, bundle: EvidenceBundle) -> bytes:
    """Return the ZIP file."""
    return b"".join(pieces_of(person.member, bundle))


def opened(content: bytes) -> dict[str, bytes]:
    """Return the files of the ZIP file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def manifest_of(content: bytes) -> dict[str, Any]:
    """Return the manifest of the ZIP file."""
    manifest: dict[str, Any] = json.loads(opened(content)["manifest.json"])
    return manifest


@pytest.fixture
def check() -> Check:
    """Return a function that runs the shipped script as a process of its own, apart from our packages."""

    def run(place: Path, *options: str, script: Path = SCRIPT) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-I", "-S", str(script), str(place), *options]
        return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")

    return run
