"""Rules 14 and 16: receipt is not agreement; a comment at any time, and a rebuttal that is attached for good."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from documents.selectors import documents_about
from pipcycle.errors import DomainError
from pips.enums import VoiceKind
from pips.models import Plan, VoiceEntry
from pips.selectors.voice import rebuttals_of
from pips.services.voice import add_comment, add_rebuttal
from reminders.models import OutboxMessage
from tests.cast import Person
from tests.pips.conftest import Stage
from tests.pips.views.conftest import ClientOf, path_of


@pytest.mark.parametrize("state", ["issued", "running", "decided"])
def test_the_employee_comments_whatever_the_plan_has_come_to(stage: Stage, state: str) -> None:
    plan: Plan = getattr(stage, state)()

    entry = add_comment(actor=stage.alice.member, plan=plan, body=" I see it otherwise. ")

    assert (entry.kind, entry.body, entry.document) == (VoiceKind.COMMENT, "I see it otherwise.", None)


def test_a_rebuttal_is_attached_to_the_sealed_document_and_shown_with_it(stage: Stage, client_of: ClientOf) -> None:
    plan = stage.active()
    document = documents_about("plan", plan.pk)[0]

    add_rebuttal(actor=stage.alice.member, plan=plan, body="The October figures were another team’s.")

    assert [entry.document_id for entry in rebuttals_of(plan)] == [document.pk]
    body = client_of(stage.bob).get(path_of(plan)).content.decode()
    with_document = body.split('id="documents"')[1].split('id="history"')[0]
    assert "The October figures were another team’s." in with_document
    assert "never be removed" in body


@pytest.mark.parametrize("kind", [VoiceKind.COMMENT, VoiceKind.REBUTTAL])
def test_neither_changes_nor_goes_in_the_database_itself(stage: Stage, kind: str) -> None:
    plan = stage.running()
    add = add_comment if kind == VoiceKind.COMMENT else add_rebuttal
    entry = add(actor=stage.alice.member, plan=plan, body="My words.")

    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        VoiceEntry.objects.filter(pk=entry.pk).update(body="Other words.")
    with pytest.raises(DatabaseError, match="removed"), transaction.atomic():
        VoiceEntry.objects.filter(pk=entry.pk).delete()


def test_receipt_does_not_stand_in_the_way_of_a_rebuttal(stage: Stage) -> None:
    plan = stage.active()
    assert plan.acknowledged_at is not None

    assert add_rebuttal(actor=stage.alice.member, plan=plan, body="Received, not agreed.").pk


def test_words_are_needed_and_the_employee_alone_has_them(stage: Stage, carol: Person) -> None:
    plan = stage.running()
    with pytest.raises(DomainError, match="your words"):
        add_comment(actor=stage.alice.member, plan=plan, body="  ")
    for other in (stage.bob, stage.hana, carol):
        with pytest.raises(PermissionDenied):
            add_rebuttal(actor=other.member, plan=plan, body="Mine.")


def test_before_the_issue_there_is_nothing_to_answer(stage: Stage) -> None:
    with pytest.raises(PermissionDenied):
        add_comment(actor=stage.alice.member, plan=stage.approved(), body="What is this?")


def test_the_mail_to_the_manager_carries_no_word_of_it(stage: Stage) -> None:
    add_comment(actor=stage.alice.member, plan=stage.running(), body="The queue view was new to me.")

    message = OutboxMessage.objects.get(employee=stage.bob.employee, subject__contains="was added")
    assert "queue" not in message.text_body
    assert "Alice" not in message.subject
