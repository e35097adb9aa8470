"""The pages of the employee's side: who may, what is kept when a form is refused, and the download of everything."""

import io
import json
import zipfile
from decimal import Decimal

import pytest

from people.models import AccessRecord, ProtectedActivity
from pips.enums import AppealStatus, Outcome, SupportAnswer
from pips.models import AccommodationRequest, Appeal, DataCheck, Plan, PlanCompanion, VoiceEntry
from pips.services.legal import require_legal_review
from pips.services.progress import deliver_support
from tests.cast import Person, make_person
from tests.pips.conftest import START, Stage
from tests.pips.views.conftest import ClientOf, path_of


@pytest.mark.parametrize("tail", ["voice/comment/", "voice/rebuttal/"])
def test_the_employee_speaks_and_nobody_for_them(stage: Stage, client_of: ClientOf, mallory: Person, tail: str) -> None:
    plan = stage.running()
    words = {"body": "The October figures were another team’s."}

    answer = client_of(stage.alice).post(path_of(plan, tail), words)

    assert (answer.status_code, answer.headers["Location"]) == (302, path_of(plan, "#voice"))
    assert VoiceEntry.objects.get(plan=plan).body == words["body"]
    assert client_of(stage.bob).post(path_of(plan, tail), words).status_code == 403
    assert client_of(mallory).post(path_of(plan, tail), words).status_code == 404


def test_an_empty_comment_is_asked_for_again(stage: Stage, client_of: ClientOf) -> None:
    plan = stage.running()

    assert client_of(stage.alice).post(path_of(plan, "voice/comment/"), {"body": ""}).status_code == 422


def test_a_reading_is_challenged_answered_and_marked(stage: Stage, client_of: ClientOf) -> None:
    plan = stage.ended()
    expectation = plan.expectations.all()[0]
    reading = plan.milestones.get(day=90).readings.get(expectation=expectation)
    page = path_of(plan, f"voice/checks/new/{expectation.pk}/")
    client = client_of(stage.alice)
    assert "Day 90: 80%" in client.get(page).content.decode()

    client.post(page, {"which": str(reading.pk), "words": "Two weeks of another team are counted."})

    check = DataCheck.objects.get(plan=plan)
    assert "Under check" in client_of(stage.bob).get(path_of(plan)).content.decode()
    answer = path_of(plan, f"voice/checks/{check.pk}/")
    assert client_of(stage.hana).post(answer, {"decision": "corrected", "answer": "Removed."}).status_code == 422
    typed = {"decision": "corrected", "corrected_value": "86", "answer": "Two weeks removed."}
    assert client_of(stage.hana).post(answer, typed).status_code == 302
    check.refresh_from_db()
    assert check.corrected_value == Decimal(86)


def test_hr_answers_a_request_on_its_page(stage: Stage, client_of: ClientOf) -> None:
    plan = stage.running()
    client_of(stage.alice).post(path_of(plan, "voice/accommodations/new/"), {"words": "A standing desk would help."})
    asked = AccommodationRequest.objects.get(plan=plan)
    page = path_of(plan, f"voice/accommodations/{asked.pk}/")
    client = client_of(stage.hana)
    assert "A standing desk would help." in client.get(page).content.decode()
    assert client.post(page, {"decision": "granted", "reason": "Agreed."}).status_code == 422

    typed = {"decision": "granted", "granted": "A standing desk.", "starts_on": "2027-01-11", "reason": "Agreed."}
    assert client.post(page, typed).status_code == 302

    asked.refresh_from_db()
    assert asked.granted == "A standing desk."
    assert client_of(stage.alice).post(page, typed).status_code == 403


def test_somebody_is_asked_in_named_to_all_and_sent_off(stage: Stage, client_of: ClientOf) -> None:
    plan = stage.running()
    rita = make_person(stage.bob.organization, "Rita", "Reed")
    client = client_of(stage.alice)
    refused = client.post(path_of(plan, "voice/companions/new/"), {"email": "no@one.example", "kind": "companion"})
    assert refused.status_code == 409
    assert "no@one.example" in refused.content.decode()

    client.post(path_of(plan, "voice/companions/new/"), {"email": rita.email, "kind": "companion"})

    readers = client_of(stage.bob).get(path_of(plan)).content.decode().split("Who can see this")[1].split("</ul>")[0]
    assert "Rita Reed" in readers
    assert client_of(rita).get(path_of(plan)).status_code == 200
    companion = PlanCompanion.objects.get(plan=plan)
    client.post(path_of(plan, f"voice/companions/{companion.pk}/revocation/"))
    assert client_of(rita).get(path_of(plan)).status_code == 404


def test_a_guest_reads_nothing_from_before_the_issue(stage: Stage, client_of: ClientOf) -> None:
    plan = stage.active()
    rita = make_person(stage.bob.organization, "Rita", "Reed")
    PlanCompanion.objects.create(plan=plan, member=rita.member)

    assert "The employee was given guidance" in client_of(stage.bob).get(path_of(plan)).content.decode()
    assert "The employee was given guidance" not in client_of(rita).get(path_of(plan)).content.decode()


def test_support_is_confirmed_or_not_on_its_page(stage: Stage, client_of: ClientOf) -> None:
    plan = stage.running()
    commitment = plan.support_commitments.get(due_day=7)
    deliver_support(actor=stage.bob.member, commitment=commitment, delivered_on=START, note="Each Monday.")
    page = path_of(plan, f"support/{commitment.pk}/confirmation/")
    client = client_of(stage.alice)
    due = client.get(f"/o/harbor/plans/due/support_commitment/{commitment.pk}/")
    assert due.headers["Location"] == page

    assert client.post(page, {"answer": "not_received", "words": ""}).status_code == 422
    assert client.post(page, {"answer": "not_received", "words": "Nobody came."}).status_code == 302

    commitment.refresh_from_db()
    assert commitment.answer == SupportAnswer.NOT_RECEIVED
    assert "Nobody came." in client_of(stage.bob).get(path_of(plan)).content.decode()


def test_an_appeal_goes_its_way_on_one_page(stage: Stage, client_of: ClientOf) -> None:
    plan = stage.decided(Outcome.UNSUCCESSFUL)
    nora = make_person(stage.bob.organization, "Nora", "North")
    make_person(stage.bob.organization, "Nils", "North", manager=nora)
    page = path_of(plan, "appeal/")
    assert client_of(stage.bob).get(page).status_code == 403

    client_of(stage.alice).post(page, {"words": "The last month was not counted."})
    client_of(stage.hana).post(page, {"email": nora.email})
    assert client_of(nora).get(path_of(plan)).status_code == 200
    client_of(nora).post(page, {"decision": "changed", "reasons": "March is missing."})

    assert Appeal.objects.get(plan=plan).status == AppealStatus.CHANGED
    assert Plan.objects.get(pk=plan.pk).outcome == Outcome.WITHDRAWN
    assert client_of(nora).get(path_of(plan)).status_code == 404


def test_the_employee_downloads_everything_that_is_theirs(stage: Stage, client_of: ClientOf) -> None:
    plan = stage.active()
    client = client_of(stage.alice)
    client.post(path_of(plan, "voice/comment/"), {"body": "I see it otherwise."})
    client.post(path_of(plan, "voice/accommodations/new/"), {"words": "A standing desk would help."})
    ProtectedActivity.objects.create(employee=stage.alice.employee, kind="complaint", occurred_on=START)
    require_legal_review(plan=plan)

    answer = client.get(path_of(plan, "voice/export/"))

    with zipfile.ZipFile(io.BytesIO(answer.content)) as bundle:
        names = bundle.namelist()
        record = json.loads(bundle.read("plan.json"))
        text = bundle.read("plan.json").decode()
    assert [name for name in names if name.endswith(".pdf")] == ["documents/reliable-delivery-plan-v1.pdf"]
    assert [one["body"] for one in record["words"]] == ["I see it otherwise."]
    assert [one["words"] for one in record["accommodations"]] == ["A standing desk would help."]
    for withheld in ("legal", "equity", "The employee was given guidance"):
        assert withheld not in text
    assert AccessRecord.objects.filter(about_type="plan", action="export", member=stage.alice.member).count() == 1
    assert client_of(stage.hana).get(path_of(plan, "voice/export/")).status_code == 403
