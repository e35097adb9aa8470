"""Building a bundle: what is in it, what is left out, once only, and for nobody who may not have it."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from documents.enums import AcknowledgementKind, BundleStatus
from documents.evidence.access import pieces_of
from documents.evidence.services import KEPT_DAYS, build_bundle, request_bundle, resume_bundles
from documents.models import BundleChunk, Document, EvidenceBundle
from documents.registry import BundleSubject
from documents.services import acknowledge_document
from feedback.models import CheckIn, CheckInSeries
from feedback.note_enums import Readers
from feedback.services.feedback_notes import give_note
from people.enums import LeaveKind, ProtectedActivityKind
from people.models import AccessRecord, Leave, LeaveReason, Organization, ProtectedActivity
from pipcycle.errors import DomainError
from pips.models import Plan
from tests.cast import Person
from tests.documents.evidence.conftest import asked_for, built, content_of, manifest_of, opened, seal
from tests.tenancy.rows import make_object

pytestmark = pytest.mark.usefixtures("harbor_context")


def test_a_bundle_holds_the_sealed_files_as_they_were_sealed(plan: Plan, hana: Person) -> None:
    document = Document.objects.get()
    content = content_of(hana, built(hana, plan))

    [path] = [name for name in opened(content) if name.endswith(".pdf")]
    assert hashlib.sha256(opened(content)[path]).hexdigest() == document.sha256


def test_the_manifest_lists_every_other_file_with_its_hash(plan: Plan, hana: Person) -> None:
    bundle = built(hana, plan)
    content = content_of(hana, bundle)
    files = opened(content)

    listed = {entry["path"]: entry["sha256"] for entry in manifest_of(content)["files"]}
    assert set(files) == {*listed, "manifest.json", "manifest.sha256"}
    assert all(hashlib.sha256(files[path]).hexdigest() == digest for path, digest in listed.items())
    assert hashlib.sha256(files["manifest.json"]).hexdigest() == bundle.manifest_sha256
    assert files["manifest.sha256"].decode().split()[0] == bundle.manifest_sha256
    assert hashlib.sha256(content).hexdigest() == bundle.sha256
    assert (bundle.size, bundle.file_count) == (len(content), len(listed))


def test_receipts_moves_notes_history_and_readers_are_in_it(plan: Plan, hana: Person, alice: Person) -> None:
    acknowledge_document(
        actor=alice.member,
        document=Document.objects.get(),
        kind=AcknowledgementKind.RECEIVED_WITH_COMMENT,
        statement="Received, not agreed.",
        comment="I see it differently. \u200fكلام 🙂",
    )
    files = opened(content_of(hana, built(hana, plan)))

    def one(end: str) -> str:
        return next(files[name].decode() for name in files if name.endswith(end))

    receipt = json.loads(one(".receipt.json"))
    assert receipt["receipt"][0]["comment"] == "I see it differently. \u200fكلام 🙂"
    assert "=SUM(1) is no formula here." in one("notes.jsonl")
    assert all(json.loads(line)["status"] for line in one("history.jsonl").splitlines())
    assert "A long project" in one("gate_answers.jsonl")
    assert "Reports on time" in one("plan.json")
    assert "'=SUM(1)" not in one("notes.jsonl")
    assert "Reports on time" in files["timeline.html"].decode()


def test_what_hr_alone_knows_is_listed_and_never_told(plan: Plan, hana: Person, alice: Person) -> None:
    away = make_object(Leave, employee=alice.employee, starts_on=timezone.localdate(), ends_on=None)
    make_object(LeaveReason, leave=away, kind=LeaveKind.MEDICAL, note="Surgery")
    make_object(ProtectedActivity, employee=alice.employee, kind=ProtectedActivityKind.INJURY, note="Burned hand")
    bundle = built(hana, plan)
    content = content_of(hana, bundle)

    told = b"\n".join(opened(content).values())
    assert not [
        words for words in (b"Surgery", b"Burned hand", b"counsel", b"seven colleagues", b"Nora Nye") if words in told
    ]
    withheld = {item["kind"]: item["count"] for item in manifest_of(content)["withheld"]}
    assert withheld == {
        "Comparisons with colleagues": 2,
        "Entries of the timeline for HR alone": 2,
        "HR reviews and their reasons": 1,
        "Reasons of leave": 1,
        "Records of protected activity": 1,
    }
    assert bundle.withheld == manifest_of(content)["withheld"]
    assert "1 × Reasons of leave" in opened(content)["README.txt"].decode()


def test_a_bundle_on_one_plan_holds_nothing_of_the_other(plan: Plan, hana: Person, alice: Person, bob: Person) -> None:
    Plan.objects.filter(pk=plan.pk).update(
        status="decided", decided_at=timezone.now(), outcome="successful", outcome_reason="Reached."
    )
    other = make_object(Plan, employee=alice.employee, manager=bob.employee, title="Another matter")

    names = "\n".join(opened(content_of(hana, built(hana, plan, whole=False))))
    whole = "\n".join(opened(content_of(hana, built(hana, plan))))

    assert f"plans/{plan.pk}-" in names
    assert f"plans/{other.pk}-" not in names
    assert f"plans/{other.pk}-" in whole


@pytest.mark.parametrize("actor", ["alice", "bob", "carol", "adam", "eve"])
def test_only_hr_partners_without_a_part_in_the_case_ask_for_one(
    request: pytest.FixtureRequest, plan: Plan, actor: str
) -> None:
    with pytest.raises(PermissionDenied):
        asked_for(request.getfixturevalue(actor), plan)


def test_it_must_be_said_what_it_is_for(plan: Plan, hana: Person) -> None:
    with pytest.raises(DomainError, match="Say what the bundle is for"):
        request_bundle(actor=hana.member, employee=plan.employee, purpose="  ")


def test_a_thing_that_is_not_the_employees_cannot_be_chosen(plan: Plan, hana: Person, carol: Person) -> None:
    subject = BundleSubject(about_type="plan", about_id=plan.pk, title="x")

    with pytest.raises(DomainError, match="not there any more"):
        request_bundle(actor=hana.member, employee=carol.employee, purpose="Why", subject=subject)


def test_a_second_request_gets_the_one_under_way(plan: Plan, hana: Person) -> None:
    first, second = asked_for(hana, plan), asked_for(hana, plan)

    assert first == second
    assert asked_for(hana, plan, whole=False) != first
    assert build_bundle(bundle_id=first.pk)
    assert asked_for(hana, plan) != first


def test_building_again_does_nothing(plan: Plan, hana: Person) -> None:
    bundle = built(hana, plan)
    pieces = BundleChunk.objects.count()

    assert build_bundle(bundle_id=bundle.pk) is False
    assert BundleChunk.objects.count() == pieces


def test_nothing_of_an_unfinished_bundle_can_be_read(plan: Plan, hana: Person) -> None:
    bundle = asked_for(hana, plan)

    with pytest.raises(Http404):
        pieces_of(hana.member, bundle)


def test_a_fault_leaves_no_piece_and_says_so(
    plan: Plan, hana: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = asked_for(hana, plan)
    monkeypatch.setattr("documents.evidence.services.facts_of", lambda *given: {"broken": object()})

    with pytest.raises(TypeError):
        build_bundle(bundle_id=bundle.pk)

    bundle.refresh_from_db()
    assert bundle.status == BundleStatus.FAILED
    assert "Ask for the bundle once more" in bundle.error
    assert BundleChunk.objects.count() == 0


def test_a_bundle_broken_off_three_times_has_failed(plan: Plan, hana: Person) -> None:
    bundle = asked_for(hana, plan)
    EvidenceBundle.objects.update(attempts=3)

    assert build_bundle(bundle_id=bundle.pk) is False
    bundle.refresh_from_db()
    assert bundle.status == BundleStatus.FAILED


def test_whoever_lost_the_right_gets_nothing(plan: Plan, hana: Person, harbor: Organization) -> None:
    bundle = asked_for(hana, plan)
    type(hana.member).objects.filter(pk=hana.member.pk).update(is_active=False)

    build_bundle(bundle_id=bundle.pk)

    bundle.refresh_from_db()
    assert (bundle.status, bundle.error) == (
        BundleStatus.FAILED,
        "Whoever asked for this bundle may not have it any more.",
    )


def test_old_bundles_are_erased_and_stay_on_the_record(plan: Plan, hana: Person) -> None:
    bundle = built(hana, plan)
    assert bundle.expires_at is not None
    assert bundle.ready_at is not None
    assert bundle.expires_at - bundle.ready_at == timedelta(days=KEPT_DAYS)
    resume_bundles()
    assert BundleChunk.objects.exists()
    EvidenceBundle.objects.update(expires_at=timezone.now())

    resume_bundles()

    bundle.refresh_from_db()
    assert (bundle.status, bundle.chunks.count(), len(bundle.manifest_sha256)) == (BundleStatus.EXPIRED, 0, 64)


def test_what_waits_too_long_is_handed_out_again(plan: Plan, hana: Person) -> None:
    asked_for(hana, plan)
    assert resume_bundles() == 0
    EvidenceBundle.objects.update(queued_at=timezone.now() - timedelta(minutes=2))

    assert resume_bundles() == 1
    assert resume_bundles() == 0


def test_asking_and_downloading_are_on_the_record(plan: Plan, hana: Person) -> None:
    bundle = built(hana, plan)
    content_of(hana, bundle)

    records = AccessRecord.objects.filter(about_type="evidence_bundle", about_id=str(bundle.pk))
    assert sorted(records.values_list("action", flat=True)) == ["build", "download"]


def test_a_large_bundle_is_kept_in_pieces_of_a_megabyte(plan: Plan, hana: Person, bob: Person) -> None:
    for number in range(3):
        make_object(
            Document,
            employee=plan.employee,
            about_type="plan",
            about_id=plan.pk,
            version=number + 2,
            content=hashlib.shake_256(bytes([number])).digest(700_000),
        )
    bundle = built(hana, plan)

    sizes = [len(data) for data in bundle.chunks.values_list("data", flat=True)]
    assert sizes[:-1] == [1024 * 1024] * (len(sizes) - 1)
    assert len(sizes) >= 3
    assert sum(sizes) == bundle.size


def test_each_version_of_a_document_is_in_it(plan: Plan, hana: Person, bob: Person) -> None:
    seal(plan, bob, version=2)

    names = [name for name in opened(content_of(hana, built(hana, plan))) if name.endswith(".pdf")]
    assert sorted("-v1-" in name for name in names) == [False, True]


@pytest.mark.parametrize(("readers", "is_told"), [(Readers.RECEIVER, False), (Readers.BOTH, False), (Readers.HR, True)])
def test_a_note_is_in_the_bundle_of_its_own_author_only_if_hr_was_chosen_to_read_it(
    plan: Plan, alice: Person, hana: Person, harbor: Organization, readers: Readers, is_told: bool
) -> None:
    note = give_note(actor=hana.member, about=alice.employee, text="Between the two of us.", readers=readers)
    assert note.author == hana.employee

    content = content_of(hana, built(hana, plan))

    assert (b"Between the two of us." in b"\n".join(opened(content).values())) is is_told
    withheld = {item["kind"]: item["count"] for item in manifest_of(content)["withheld"]}
    assert withheld.get("Feedback and talks of whoever asked") == (None if is_told else 1)


def test_what_two_people_wrote_in_their_check_in_is_not_in_the_bundle_of_one_of_them(
    plan: Plan, alice: Person, hana: Person
) -> None:
    series = make_object(CheckInSeries, employee=alice.employee, leader=hana.employee)
    today = timezone.localdate()
    facts = {"planned_on": today, "wanted_on": today, "held_on": today, "attendance": "both"}
    make_object(CheckIn, series=series, status="held", closed_at=timezone.now(), notes="Said in private.", **facts)

    content = content_of(hana, built(hana, plan))

    assert b"Said in private." not in b"\n".join(opened(content).values())
    withheld = {item["kind"]: item["count"] for item in manifest_of(content)["withheld"]}
    assert withheld["Feedback and talks of whoever asked"] == 1
