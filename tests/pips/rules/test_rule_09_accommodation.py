"""Rule 9: an accommodation may be asked for at any time; HR answers in time, and nobody fails meanwhile."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from people.enums import ProtectedActivityKind
from people.models import ProtectedActivity
from pipcycle.errors import DomainError
from pips.enums import AccommodationStatus, Outcome, PlanStatus, Step
from pips.models import AccommodationRequest, Plan
from pips.rules import findings
from pips.services.accommodations import decide_accommodation, request_accommodation
from pips.services.policy import change_policy
from reminders.models import Obligation
from reminders.registry import kind_for
from tests.cast import Person
from tests.pips.conftest import START, Stage

WORDS = "My back: I cannot sit for more than an hour."


def ask(stage: Stage, plan: Plan) -> AccommodationRequest:
    return request_accommodation(actor=stage.alice.member, plan=plan, words=WORDS)


def grant(stage: Stage, request: AccommodationRequest) -> None:
    decide_accommodation(
        actor=stage.hana.member,
        request=request,
        is_granted=True,
        granted="A standing desk and a break each hour.",
        restrictions="No shift of more than four hours at a desk.",
        starts_on=START,
        reason="Agreed in the talk of today.",
    )


@pytest.mark.parametrize("state", ["issued", "running", "ended", "decided"])
def test_the_employee_may_ask_whatever_the_plan_has_come_to(stage: Stage, state: str) -> None:
    plan: Plan = getattr(stage, state)()

    assert ask(stage, plan).status == AccommodationStatus.OPEN


def test_a_request_is_an_activity_the_law_protects(stage: Stage) -> None:
    request = ask(stage, stage.running())

    activity = ProtectedActivity.objects.get(employee=stage.alice.employee)
    assert (activity.kind, activity.occurred_on) == (ProtectedActivityKind.ACCOMMODATION, START)
    assert (activity.about_type, activity.about_id) == ("accommodation_request", request.pk)
    assert "back" not in activity.note


def test_hr_owes_the_answer_within_the_days_the_organization_settled(stage: Stage, adam: Person) -> None:
    change_policy(actor=adam.member, accommodation_response_days=3)

    request = ask(stage, stage.running())

    owed = Obligation.objects.get(about_type="accommodation_request", about_id=request.pk)
    assert (owed.owner_role, owed.due_on) == ("hr_partner", START + datetime.timedelta(days=3))
    assert kind_for(owed.kind).escalate_after_days is None


def test_nobody_fails_while_the_answer_is_owed(stage: Stage) -> None:
    plan = stage.ended()
    request = ask(stage, plan)
    found = findings(plan, Step.DECIDE, outcome=Outcome.UNSUCCESSFUL)
    assert [one.gate.code for one in found] == ["accommodation_answered"]

    grant(stage, request)

    assert findings(plan, Step.DECIDE, outcome=Outcome.UNSUCCESSFUL) == []


def test_standards_are_not_lowered_by_a_grant(stage: Stage) -> None:
    plan = stage.running()
    before = list(plan.expectations.values_list("target", flat=True))

    grant(stage, ask(stage, plan))

    assert list(plan.expectations.values_list("target", flat=True)) == before
    assert Plan.objects.get(pk=plan.pk).status == PlanStatus.ACTIVE


def test_one_request_at_a_time_and_another_after_the_answer(stage: Stage) -> None:
    plan = stage.running()
    request = ask(stage, plan)
    with pytest.raises(DomainError, match="asked already"):
        ask(stage, plan)

    decide_accommodation(actor=stage.hana.member, request=request, is_granted=False, reason="Talked through.")

    assert ask(stage, plan).pk != request.pk
    with pytest.raises(DomainError, match="answered already"):
        grant(stage, request)


def test_a_grant_says_what_and_from_when_a_refusal_says_why(stage: Stage) -> None:
    request = ask(stage, stage.running())

    with pytest.raises(DomainError, match="what is granted"):
        decide_accommodation(actor=stage.hana.member, request=request, is_granted=True, reason="Yes.")
    with pytest.raises(DomainError, match="from when"):
        decide_accommodation(actor=stage.hana.member, request=request, is_granted=True, granted="A desk", reason="Yes.")
    with pytest.raises(DomainError, match="reasons"):
        decide_accommodation(actor=stage.hana.member, request=request, is_granted=False, reason=" ")


def test_only_the_employee_asks_and_no_manager_answers(stage: Stage, carol: Person) -> None:
    plan = stage.running()
    for other in (stage.bob, stage.hana, carol):
        with pytest.raises(PermissionDenied):
            request_accommodation(actor=other.member, plan=plan, words="Help.")
    request = ask(stage, plan)
    for other in (stage.bob, carol, stage.alice):
        with pytest.raises(PermissionDenied):
            decide_accommodation(actor=other.member, request=request, is_granted=False, reason="No.")
