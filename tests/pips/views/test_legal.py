"""HR's queue of legal reviews, the page of what the law protects, the policy, and the readiness as typed."""

import datetime
import re

import pytest
from django.test import Client
from django_rls_tenants import tenant_context
from pytest_django import DjangoAssertNumQueries

from people.models import AccessRecord, ProtectedActivity
from people.services.protected import record_protected_activity
from pips.enums import Step
from pips.gates.catalogue import findings, unanswered
from pips.models import GateAnswer, LegalReview, Plan, PlanPolicy
from pips.services.plan import draft_plan
from tests.cast import Person, make_person
from tests.pips.conftest import MONDAY, Stage
from tests.pips.views.conftest import ClientOf, path_of
from tests.pips.views.test_draft import consequences, frame

QUEUE = "/o/harbor/plans/hr-reviews/"
LIST_QUERIES = 8


@pytest.fixture
def review(stage: Stage) -> LegalReview:
    """Alice complained ten days before Bob submitted a plan for her."""
    record_protected_activity(
        actor=stage.hana.member,
        employee=stage.alice.employee,
        kind="complaint",
        occurred_on=MONDAY.date() - datetime.timedelta(days=10),
        note="About the tone in meetings.",
    )
    made: LegalReview = stage.in_review().legal_reviews.get()
    return made


def page_of(review: LegalReview) -> str:
    return f"{QUEUE}{review.pk}/"


def test_hr_sees_the_queue_and_why(review: LegalReview, hana: Person, client_of: ClientOf) -> None:
    client = client_of(hana)

    assert "Alice" in client.get(QUEUE).content.decode()
    body = client.get(page_of(review)).content.decode()
    assert "Complaint" in body
    assert "About the tone in meetings." in body
    with tenant_context(hana.organization.pk):
        assert AccessRecord.objects.filter(about_type="legal_review", about_id=str(review.pk)).count() == 1


def test_nobody_else_learns_that_there_is_a_review(
    review: LegalReview, alice: Person, bob: Person, carol: Person, adam: Person, client_of: ClientOf
) -> None:
    for person in (alice, bob, carol, adam):
        client = client_of(person)
        assert (client.get(QUEUE).status_code, client.get(page_of(review)).status_code) == (403, 404)
    for tail in ("", "review/"):
        body = client_of(bob).get(path_of(review.plan, tail)).content.decode()
        assert "omplaint" not in body
        assert "hr-reviews" not in body


def test_hr_decides_and_the_words_stay_when_a_reason_is_missing(
    review: LegalReview, hana: Person, client_of: ClientOf
) -> None:
    client = client_of(hana)

    refused = client.post(page_of(review), {"may_go_on": "yes", "reasons": ""})
    decided = client.post(page_of(review), {"may_go_on": "yes", "reasons": "The figures came first."})
    again = client.post(page_of(review), {"may_go_on": "no", "reasons": "On second thought."})

    assert (refused.status_code, decided.status_code, again.status_code) == (422, 302, 403)
    with tenant_context(hana.organization.pk):
        assert LegalReview.objects.get(pk=review.pk).status == "cleared"
    assert "The figures came first." in client.get(page_of(review)).content.decode()


def test_the_review_page_of_the_plan_leads_hr_to_the_legal_review(
    review: LegalReview, hana: Person, client_of: ClientOf
) -> None:
    body = client_of(hana).get(path_of(review.plan, "review/")).content.decode()

    assert "HR review required." in body
    assert page_of(review) in body


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same_for_one_and_for_three(
    count: int,
    review: LegalReview,
    stage: Stage,
    hana: Person,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with tenant_context(hana.organization.pk):
        for number in range(1, count):
            person = make_person(hana.organization, f"Person{number}", "Plan", manager=stage.bob)
            plan = draft_plan(actor=stage.bob.member, employee=person.employee, template_key="delivery")
            LegalReview.objects.create(plan=plan)
    client = client_of(hana)
    client.get(QUEUE)

    with django_assert_num_queries(LIST_QUERIES):
        response = client.get(QUEUE)

    assert len(response.context["page"]) == count


def test_hr_records_a_protected_activity_and_its_reading_is_recorded(
    alice: Person, hana: Person, client_of: ClientOf
) -> None:
    client, path = client_of(hana), f"/o/harbor/people/{alice.employee.pk}/protected/"

    refused = client.post(path, {"kind": "injury", "occurred_on": "2999-01-01", "note": "Fell."})
    done = client.post(path, {"kind": "injury", "occurred_on": "2026-05-04", "note": "Fell from a ladder."})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "Fell." in refused.content.decode()
    assert "Fell from a ladder." in client.get(path).content.decode()
    with tenant_context(hana.organization.pk):
        assert ProtectedActivity.objects.get().kind == "injury"
        assert AccessRecord.objects.filter(about_type="protected_activity").count() == 2


def test_the_profile_leads_only_hr_to_what_is_protected(
    alice: Person, bob: Person, hana: Person, adam: Person, client_of: ClientOf
) -> None:
    profile = f"/o/harbor/people/{alice.employee.pk}/"

    shown = {person: "Protected activity" in client_of(person).get(profile).content.decode()
             for person in (alice, bob, hana, adam)}  # fmt: skip

    assert shown == {alice: False, bob: False, hana: True, adam: False}


def test_the_hr_admin_changes_the_policy(adam: Person, bob: Person, client_of: ClientOf) -> None:
    path = "/o/harbor/plans/policy/"
    client = client_of(adam)
    values = client.get(path).context["form"].initial

    wrong = client.post(path, {**values, "extra_lengths": "45, many"})
    right = client.post(path, {**values, "extra_lengths": "120, 45", "appeal_days": 21})

    assert client_of(bob).get(path).status_code == 403
    assert (wrong.status_code, right.status_code) == (422, 200)
    assert "45, many" in wrong.content.decode()
    with tenant_context(adam.organization.pk):
        policy = PlanPolicy.objects.get()
    assert (policy.extra_lengths, policy.appeal_days) == ([45, 120], 21)


def readiness_of(client: Client, plan: Plan, data: dict[str, str]) -> str:
    response = client.post(path_of(plan, "draft/readiness/"), data, HTTP_HX_REQUEST="true")
    assert response.status_code == 200
    return response.content.decode()


def test_the_readiness_follows_what_is_typed_and_saves_nothing(stage: Stage, bob: Person, client_of: ClientOf) -> None:
    plan = stage.draft(rights="")
    client = client_of(bob)

    live = readiness_of(client, plan, consequences(step="consequences"))
    worse = readiness_of(client, plan, consequences(step="consequences", rights="", failure_consequence=""))
    unfinished = readiness_of(client, plan, frame(plan, step="frame", title=""))

    assert "Nothing blocks the submission" in live
    assert "The plan does not tell the employee their rights." in worse
    assert "The plan does not say what follows from both outcomes." in worse
    assert "A field is not filled in" in unfinished
    with tenant_context(bob.organization.pk):
        assert Plan.objects.get(pk=plan.pk).rights == ""


def test_readiness_is_for_who_writes_the_draft(stage: Stage, alice: Person, hana: Person, client_of: ClientOf) -> None:
    plan = stage.draft()

    for person, status in ((hana, 403), (alice, 404)):
        assert (
            client_of(person).post(path_of(plan, "draft/readiness/"), consequences(step="frame")).status_code == status
        )


def test_the_submission_asks_for_the_reason_of_each_warning(stage: Stage, bob: Person, client_of: ClientOf) -> None:
    plan = stage.draft(job_description=None)
    client = client_of(bob)

    without = client.post(path_of(plan, "submission/"), {"note": "Hello."})
    given = client.post(path_of(plan, "submission/"), {"note": "", "reason-job_description": "The job is new."})

    assert (without.status_code, given.status_code) == (409, 302)
    assert "Hello." in without.content.decode()
    with tenant_context(bob.organization.pk):
        assert GateAnswer.objects.get().reason == "The job is new."


def test_hr_reads_the_reasons_beside_what_they_answer(
    stage: Stage, bob: Person, hana: Person, client_of: ClientOf
) -> None:
    plan = stage.draft(job_description=None, root_cause="Her attitude towards dates.")
    asked = unanswered(findings(plan, Step.SUBMIT))
    reasons = {f"reason-{finding.code}": f"Because of {finding.gate.code}." for finding in asked}
    client_of(bob).post(path_of(plan, "submission/"), {"note": "", **reasons})

    page = client_of(hana).get(path_of(plan, "review/")).content.decode()

    assert sorted(re.findall("“Because of ([a-z_]+).”", page)) == ["job_description", "wording_subjective"]
    assert "Needs a reason" not in page


def test_a_reason_answers_the_warning_it_was_written_for_and_no_other(
    stage: Stage, bob: Person, client_of: ClientOf
) -> None:
    plan = stage.draft(job_description=None)

    moved = client_of(bob).post(path_of(plan, "submission/"), {"note": "", "reason-words": "They are a quotation."})

    assert moved.status_code == 409
    with tenant_context(bob.organization.pk):
        assert not GateAnswer.objects.exists()
