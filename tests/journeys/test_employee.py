"""The employee's journey: from the mail to the plan, its PDF and its proof, an answer to each meeting."""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pypdf

from documents.models import Document
from pips.models import Plan
from pips.services.progress import record_check_in, record_milestone
from tests.cast import Person
from tests.journeys.conftest import PastStage, Visitor, Welcome

WRITTEN = (
    "Reliable delivery",
    "The April figures came eight days late.",
    "Two sessions on estimating",
    "Tracker, filter Due",
)


def download(visitor: Visitor, tmp_path: Path) -> bytes:
    """Download the plan's document through its link."""
    with visitor.page.expect_download() as started:
        visitor.page.get_by_role("link", name="PDF").first.click()
    path = tmp_path / "plan.pdf"
    started.value.save_as(path)
    return path.read_bytes()


def test_the_employee_reads_proves_acknowledges_and_answers(
    welcome: Welcome,
    stage: PastStage,
    alice: Person,
    bob: Person,
    tmp_path: Path,
    link_in_mail: Callable[[Person, str], str],
) -> None:
    plan = stage.issued()
    path = link_in_mail(alice, "acknowledgement")

    visitor = welcome(alice)
    visitor.open("/o/harbor/")
    visitor.sees("Acknowledge")
    visitor.open(path)
    visitor.sees("The April figures came eight days late.")
    visitor.sees("Who can see this")

    content = download(visitor, tmp_path)
    document = Document.objects.get()
    assert hashlib.sha256(content).hexdigest() == document.sha256
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    said = " ".join(text.split())
    assert [words for words in WRITTEN if words not in said] == []

    _prove(welcome(None), document, tmp_path / "plan.pdf")
    _acknowledge(visitor, plan)
    _answer(visitor, plan, bob, stage)


def _prove(stranger: Visitor, document: Document, path: Path) -> None:
    stranger.open(f"/verify/{document.pk}/")
    stranger.sees_not("Alice")
    stranger.page.locator("input[type=file]").set_input_files(path)
    stranger.press("Check")
    stranger.sees("It matches")
    path.write_bytes(path.read_bytes() + b"\n")
    stranger.open(f"/verify/{document.pk}/")
    stranger.page.locator("input[type=file]").set_input_files(path)
    stranger.press("Check")
    stranger.sees("It does not match")


def _acknowledge(visitor: Visitor, plan: Plan) -> None:
    visitor.open(f"/o/harbor/plans/{plan.pk}/")
    visitor.follow("Acknowledge receipt")
    visitor.sees("does not mean")
    visitor.page.locator("[name=kind][value=received_with_comment]").check()
    visitor.page.locator("[name=comment]").fill("Received. I ask that the training comes first. ✔")
    visitor.press("Acknowledge receipt")
    visitor.sees("I ask that the training comes first. ✔")


def _answer(visitor: Visitor, plan: Plan, bob: Person, stage: PastStage) -> None:
    check_in, milestone = plan.check_ins.first(), plan.milestones.get(day=30)
    assert check_in is not None
    assert milestone.due_on is not None
    for meeting, path in ((check_in, "check-ins"), (milestone, "milestones")):
        stage.to(meeting.due_on or milestone.due_on)
        if meeting is check_in:
            record_check_in(
                actor=bob.member,
                check_in=check_in,
                held_on=check_in.due_on,
                track_status="on_track",
                manager_view="Well.",
            )
        else:
            record_milestone(
                actor=bob.member,
                milestone=milestone,
                held_on=milestone.due_on,
                track_status="on_track",
                manager_view="Well.",
                readings={},
            )
        visitor.open(f"/o/harbor/plans/{plan.pk}/{path}/{meeting.pk}/")
        visitor.page.locator("[name=employee_view]").fill("I see it too, Mondays are still too full.")
        visitor.press("Put it on the record")
        visitor.sees("Mondays are still too full.")
