"""The page of a plan: what each reader sees of it, and the sealed document behind it."""

import datetime
import io
import re

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_rls_tenants import tenant_context

from documents.selectors import documents_about
from people.enums import LeaveKind
from people.models import AccessRecord
from people.services.leave import record_leave
from pips.models import Plan
from tests.cast import Person
from tests.pips.conftest import START, Stage
from tests.pips.views.conftest import ClientOf, Named, path_of


def primary_of(body: str) -> str:
    """Return the words of the page's primary action, empty when there is none."""
    found = re.search(r'class="button button--primary"[^>]*>(?:<svg.*?</svg>)?([^<]*)</a>', body, re.DOTALL)
    return found[1].strip() if found else ""


@pytest.mark.parametrize(
    ("state", "who", "action"),
    [
        ("draft", "bob", "Submit for review"),
        ("draft", "hana", ""),
        ("in_review", "hana", "Review"),
        ("in_review", "bob", ""),
        ("changes_requested", "bob", "Revise the draft"),
        ("approved", "bob", "Issue the plan"),
        ("approved", "hana", ""),
        ("issued", "alice", "Acknowledge receipt"),
        ("issued", "bob", ""),
        ("active", "bob", "Record the check-in"),
        ("active", "alice", ""),
        ("active", "hana", ""),
        ("ended", "hana", "Decide the outcome"),
        ("ended", "alice", "Answer the milestone"),
        ("decided", "hana", ""),
    ],
)
def test_the_page_has_the_one_action_that_waits_for_the_reader(
    stage: Stage, client_of: ClientOf, person: Named, state: str, who: str, action: str
) -> None:
    plan: Plan = getattr(stage, state)()

    assert primary_of(client_of(person(who)).get(path_of(plan)).content.decode()) == action


def test_the_page_explains_every_date_that_leave_has_moved(
    stage: Stage, client_of: ClientOf, alice: Person, hana: Person
) -> None:
    plan = stage.active()
    record_leave(
        actor=hana.member,
        employee=alice.employee,
        starts_on=START + datetime.timedelta(days=6),
        ends_on=START + datetime.timedelta(days=12),
        kind=LeaveKind.MEDICAL,
    )

    body = client_of(alice).get(path_of(plan)).content.decode()

    assert "Day 30 moves from 4 February to 11 February 2027: 7 days of leave" in body
    assert "Leave: 11 Jan 2027 – 17 Jan 2027" in body


def test_a_manager_sees_the_days_of_leave_and_not_the_reason(
    stage: Stage, client_of: ClientOf, alice: Person, bob: Person, hana: Person
) -> None:
    plan = stage.active()
    record_leave(
        actor=hana.member,
        employee=alice.employee,
        starts_on=START + datetime.timedelta(days=6),
        kind=LeaveKind.MEDICAL,
        note="Knee surgery",
    )

    body = client_of(bob).get(path_of(plan)).content.decode()

    assert "Knee" not in body
    assert "medical" not in body.lower().replace("medical details", "")


def test_the_employee_does_not_read_what_was_said_before_the_issue(
    stage: Stage, client_of: ClientOf, alice: Person, bob: Person
) -> None:
    plan = stage.active()

    assert "The employee was given guidance" in client_of(bob).get(path_of(plan)).content.decode()
    assert "The employee was given guidance" not in client_of(alice).get(path_of(plan)).content.decode()


def test_the_page_names_everybody_who_can_read_it(stage: Stage, client_of: ClientOf, alice: Person) -> None:
    plan = stage.active()
    body = client_of(alice).get(path_of(plan)).content.decode()
    readers = body.split("Who can see this")[1].split("</ul>")[0]

    assert re.findall(r"<li>(\w+ \w+)", readers) == ["Alice Archer", "Bob Bailey", "Carol Castellan", "Hana Holm"]


def test_each_reading_is_on_the_record(stage: Stage, client_of: ClientOf, carol: Person) -> None:
    plan = stage.draft()

    client_of(carol).get(path_of(plan))

    with tenant_context(plan.organization_id):
        assert AccessRecord.objects.filter(about_type="plan", about_id=str(plan.pk), member=carol.member).count() == 1


def test_the_page_takes_the_same_statements_however_long_the_plan(
    stage: Stage, client_of: ClientOf, bob: Person
) -> None:
    plan = stage.active()
    client = client_of(bob)
    client.get(path_of(plan))
    with CaptureQueriesContext(connection) as short:
        client.get(path_of(plan))
    for check_in in plan.check_ins.all():
        check_in.employee_view = "A word."
        check_in.save(update_fields=["employee_view"])
    for number in range(5):
        plan.notes.create(kind="comment", body=f"Note {number}", author=bob.member)
    with CaptureQueriesContext(connection) as long:
        client.get(path_of(plan))

    assert len(short) == len(long)
    assert len(short) <= 36


def test_the_sealed_plan_says_everything_both_sides_are_held_to(stage: Stage) -> None:
    plan = stage.issued(starts_on=START)
    document = documents_about("plan", plan.pk)[0]
    reader = pypdf.PdfReader(io.BytesIO(bytes(document.content)))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))

    for words in (
        "Performance improvement plan",
        "Reliable delivery",
        "Alice Archer",
        "Bob Bailey",
        "Approved by HR Hana Holm",
        "Tuesday, 5 January 2027",
        "The October figures came eight days late.",
        "Figures are delivered on the agreed day.",
        "Work is delivered on the agreed day",
        "55%",
        "at least 90%",
        "Tracker, filter Due",
        "Day 30 Thu, 4 February 2027 Every item has a day.",
        "Support Who By Weekly half hour Bob Bailey 12 January 2027",
        "Two sessions on estimating",
        "Back to normal reviews.",
        "HR decides what follows.",
        "You may answer, be accompanied and appeal.",
        "Acknowledging confirms receipt, not agreement.",
        f"/verify/{document.pk}/",
    ):
        assert words in text


def test_the_documents_are_listed_with_their_hash_and_receipt(stage: Stage, client_of: ClientOf, alice: Person) -> None:
    plan = stage.active()
    document = documents_about("plan", plan.pk)[0]

    body = client_of(alice).get(path_of(plan)).content.decode()

    assert document.sha256 in body
    assert f"/o/harbor/documents/{document.pk}/" in body
    assert "This confirms receipt and does not mean that I agree with it." in body
