"""Rule 17: somebody beside the employee reads this one plan and nothing else, until sent off or it is closed."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from documents.rules import can_read_document
from documents.selectors import documents_about
from people.enums import Role
from people.models import AccessRecord, PartnerScope
from pipcycle.errors import DomainError
from pips.models import Plan, PlanCompanion
from pips.rules import Standing, can_decide_plan, can_edit_plan, can_record_progress, can_view_plan, standing_in
from pips.rules_voice import can_revoke_companion, can_speak
from pips.selectors.legal import legal_reviews_visible_to
from pips.selectors.plans import plan_for, plans_visible_to, running_plans_visible_to
from pips.services.companions import invite_companion, revoke_companion
from pips.services.legal import require_legal_review
from pips.services.outcome import close_plan, record_follow_up
from pips.services.voice import add_comment
from reminders.models import OutboxMessage
from tests.cast import DepartmentFactory, Person, make_person
from tests.pips.conftest import Stage


@pytest.fixture
def rita(stage: Stage) -> Person:
    """A colleague of another team."""
    return make_person(stage.bob.organization, "Rita", "Reed")


def invite(stage: Stage, plan: Plan, person: Person) -> PlanCompanion:
    return invite_companion(actor=stage.alice.member, plan=plan, email=person.email.upper())


def test_a_representative_reads_the_one_plan_and_its_documents(stage: Stage, rita: Person) -> None:
    plan = stage.active()
    document = documents_about("plan", plan.pk)[0]
    assert not can_read_document(rita.member, document)

    invite(stage, plan, rita)

    assert standing_in(rita.member, plan) == {Standing.REPRESENTATIVE}
    assert can_read_document(rita.member, document)
    assert list(plans_visible_to(rita.member)) == [plan]
    assert list(running_plans_visible_to(rita.member)) == []


def test_a_representative_does_nothing_on_the_plan(stage: Stage, rita: Person) -> None:
    plan = stage.running()
    invite(stage, plan, rita)

    for rule in (can_edit_plan, can_record_progress, can_decide_plan, can_speak):
        assert not rule(rita.member, plan)
    with pytest.raises(PermissionDenied):
        add_comment(actor=rita.member, plan=plan, body="Mine.")


def test_each_reading_and_the_invitation_are_on_record(stage: Stage, rita: Person) -> None:
    plan = stage.running()
    invite(stage, plan, rita)

    plan_for(rita.member, plan.pk)

    records = AccessRecord.objects.filter(about_type="plan", about_id=str(plan.pk)).order_by("pk")
    assert [(record.member, record.action) for record in records] == [
        (stage.alice.member, "invited"),
        (rita.member, "read"),
    ]
    assert plan.notes.filter(kind="voice", body__contains="Rita Reed was asked in").exists()


def test_taken_back_the_access_ends_at_once(stage: Stage, rita: Person) -> None:
    plan = stage.running()
    companion = invite(stage, plan, rita)

    revoke_companion(actor=stage.alice.member, companion=companion)

    with pytest.raises(Http404):
        plan_for(rita.member, plan.pk)
    with pytest.raises(DomainError, match="taken back already"):
        revoke_companion(actor=stage.alice.member, companion=companion)
    assert invite(stage, plan, rita).pk != companion.pk


def test_it_ends_when_the_plan_is_closed(stage: Stage, rita: Person) -> None:
    plan = stage.decided()
    invite(stage, plan, rita)
    first = plan.follow_ups.order_by("day")[0]
    stage.clock.to(first.due_on)
    record_follow_up(actor=stage.bob.member, follow_up=first, held_on=first.due_on, is_sustained=True, note="Held.")

    close_plan(actor=stage.hana.member, plan=plan)

    assert not can_view_plan(rita.member, Plan.objects.get(pk=plan.pk))
    assert list(plans_visible_to(rita.member)) == []


def test_no_manager_asks_somebody_in_or_sends_them_off(stage: Stage, rita: Person) -> None:
    plan = stage.running()
    companion = invite(stage, plan, rita)

    with pytest.raises(PermissionDenied):
        invite_companion(actor=stage.bob.member, plan=plan, email="other@union.example", name="Uma Unger")
    with pytest.raises(PermissionDenied):
        revoke_companion(actor=stage.bob.member, companion=companion)


def test_hr_asks_for_the_employee_who_hears_of_it_and_has_the_last_word(stage: Stage, rita: Person) -> None:
    plan = stage.running()

    companion = invite_companion(actor=stage.hana.member, plan=plan, email=rita.email)

    told = OutboxMessage.objects.get(employee=stage.alice.employee, subject="Somebody was asked in for you")
    assert "Rita" not in told.subject + told.text_body
    assert can_revoke_companion(stage.hana.member, companion)
    revoke_companion(actor=stage.alice.member, companion=companion)
    assert not can_revoke_companion(stage.hana.member, invite(stage, plan, rita))


def test_an_unknown_address_and_somebody_who_reads_it_anyway_are_refused(
    stage: Stage, rita: Person, mallory: Person
) -> None:
    plan = stage.running()
    invite(stage, plan, rita)

    for email in ("nobody@elsewhere.example", mallory.email):
        with pytest.raises(DomainError, match="Nobody of your organization"):
            invite_companion(actor=stage.alice.member, plan=plan, email=email)
    for person in (rita, stage.bob, stage.hana, stage.alice):
        with pytest.raises(DomainError, match="can read this plan already"):
            invite(stage, plan, person)


def test_a_representative_who_is_hr_elsewhere_learns_of_no_legal_review(stage: Stage, rita: Person) -> None:
    rita.member.roles = [Role.HR_PARTNER.value]
    rita.member.save(update_fields=["roles"])
    PartnerScope.objects.create(membership=rita.member, department=DepartmentFactory.create(name="Elsewhere"))
    plan = stage.draft(employment_effects=["adds_duties"])
    require_legal_review(plan=plan)
    plan = stage.running_from(plan)

    invite(stage, plan, rita)

    assert list(plans_visible_to(rita.member)) == [plan]
    assert list(legal_reviews_visible_to(rita.member)) == []


def test_the_mail_says_neither_whose_plan_nor_that_it_is_one(stage: Stage, rita: Person) -> None:
    invite(stage, stage.running(), rita)

    message = OutboxMessage.objects.get(employee=rita.employee)
    assert "Alice" not in message.subject + message.text_body
    assert "plan" not in message.subject
