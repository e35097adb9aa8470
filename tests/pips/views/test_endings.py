"""The ends of a plan through the pages: outcome and letter, departure, conversion, a relapse cited."""

import datetime
import re

import pgtrigger
import pytest

from people.models import Employee
from pips.enums import Outcome, PlanStatus
from pips.models import DisciplinaryAction, ExpectationResult, Plan
from tests.cast import Person
from tests.pips.conftest import Stage
from tests.pips.views.conftest import ClientOf, Named, path_of
from tests.pips.views.test_steps import status_of


def handed_in(plan: Plan, verdict: str = "met", **given: str) -> dict[str, str]:
    """Return a decision as a browser sends it."""
    typed = {"outcome": "successful", "reason": "Both targets are met.", "step": "", **given}
    for one in plan.expectations.all():
        typed |= {f"verdict-{one.pk}": verdict, f"value-{one.pk}": "91.5", f"note-{one.pk}": "Held for a month."}
    return typed


def test_the_form_begins_with_the_last_readings_and_keeps_the_results(
    stage: Stage, client_of: ClientOf, hana: Person
) -> None:
    plan = stage.ended()
    client = client_of(hana)

    page = client.get(path_of(plan, "outcome/")).content.decode()
    response = client.post(path_of(plan, "outcome/"), handed_in(plan))

    assert len(re.findall(r'name="value-\d+" value="80', page)) == 2
    assert response["Location"] == path_of(plan) + "#outcome"
    assert set(ExpectationResult.objects.values_list("verdict", "note")) == {("met", "Held for a month.")}
    body = client.get(path_of(plan)).content.decode()
    for words in ("91.5%", "Announced in the plan", "Back to normal reviews.", "open until 2 October 2027"):
        assert words in body


def test_a_missing_result_is_asked_for_beside_its_expectation(stage: Stage, client_of: ClientOf, hana: Person) -> None:
    plan = stage.ended()

    response = client_of(hana).post(path_of(plan, "outcome/"), handed_in(plan, verdict="", reason="Words that stay."))

    body = response.content.decode()
    assert response.status_code == 422
    assert "Say what became of “Few items at once”." in body
    assert "Words that stay." in body


def test_more_than_announced_is_refused_with_every_word_kept(stage: Stage, client_of: ClientOf, hana: Person) -> None:
    plan = stage.ended()
    with pgtrigger.ignore("pips.Plan:plan_is_amended_by_versions"):
        Plan.objects.filter(pk=plan.pk).update(harshest_step="other_duties")
    typed = handed_in(plan, "not_met", outcome="unsuccessful", step="termination")

    refused = client_of(hana).post(path_of(plan, "outcome/"), typed)
    client_of(hana).post(path_of(plan, "outcome/"), {**typed, "harsher_reason": "The site closes."})

    assert refused.status_code == 409
    assert "is harsher than the plan announced" in refused.content.decode()
    assert status_of(plan) == PlanStatus.DECIDED


def test_the_employee_acknowledges_the_letter(
    stage: Stage, client_of: ClientOf, alice: Person, hana: Person, carol: Person
) -> None:
    plan = stage.decided()
    client = client_of(alice)

    page = client.get(path_of(plan)).content.decode()
    asked = client.get(path_of(plan, "outcome/receipt/")).content.decode()
    client.post(path_of(plan, "outcome/receipt/"), {"kind": "received", "comment": "Thank you."})
    again = client_of(hana).post(path_of(plan, "outcome/receipt/"), {"witness": str(carol.employee.pk)})

    assert "Acknowledge the outcome letter" in page
    assert "I have received this letter." in asked
    assert again.status_code == 409
    assert "Thank you." in client.get(path_of(plan)).content.decode()


def test_a_refusal_of_the_letter_is_recorded_by_somebody_else(
    stage: Stage, client_of: ClientOf, bob: Person, carol: Person
) -> None:
    plan = stage.decided(Outcome.WITHDRAWN)

    page = client_of(bob).get(path_of(plan, "outcome/receipt/")).content.decode()
    client_of(bob).post(path_of(plan, "outcome/receipt/"), {"witness": str(carol.employee.pk), "comment": "No."})

    assert "handed the letter over in person" in page
    assert "The plan then runs" not in page
    assert "Refused, witnessed" in client_of(bob).get(path_of(plan)).content.decode()


def test_a_plan_of_somebody_who_has_left_is_closed_by_hand(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.running()
    client = client_of(bob)
    assert client.get(path_of(plan, "departure/")).status_code == 403

    Employee.objects.filter(pk=stage.alice.employee.pk).update(status="left", left_on=datetime.date(2027, 1, 5))
    assert "Close: the employee has left" in client.get(path_of(plan)).content.decode()
    client.post(path_of(plan, "departure/"))

    assert status_of(plan) == PlanStatus.CLOSED
    assert "Closed without an outcome" in client.get(path_of(plan)).content.decode()


def test_a_plan_becomes_an_action_and_both_pages_link(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    client = client_of(bob)

    without = client.post(path_of(plan, "discipline/"), {"reason": ""})
    response = client.post(path_of(plan, "discipline/"), {"reason": "The figures were changed on purpose."})

    action = DisciplinaryAction.objects.get()
    assert without.status_code == 422
    assert response["Location"] == f"/o/harbor/discipline/{action.pk}/"
    assert response["Location"] in client.get(path_of(plan)).content.decode()
    assert path_of(plan) in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize(("who", "status"), [("bob", 403), ("carol", 403), ("alice", 403), ("hana", 200), ("eve", 404)])
def test_a_running_plan_is_turned_by_hr_alone(
    stage: Stage, client_of: ClientOf, person: Named, who: str, status: int
) -> None:
    plan = stage.running()

    assert client_of(person(who)).get(path_of(plan, "discipline/")).status_code == status


def test_a_plan_in_the_window_cites_what_slipped(stage: Stage, client_of: ClientOf, bob: Person, hana: Person) -> None:
    earlier = stage.decided()
    stage.clock.to(datetime.date(2027, 9, 1))
    plan = stage.draft()
    client, first = client_of(bob), earlier.expectations.all()[0]

    page = client.get(path_of(plan)).content.decode()
    without = client.post(path_of(plan, "relapse/"), {f"slip-{first.pk}": " "})
    response = client.post(path_of(plan, "relapse/"), {f"slip-{first.pk}": "Back to 60% in two reports."})

    assert "An earlier plan must be cited" in page
    assert without.status_code == 422
    assert response["Location"] == path_of(plan) + "#relapse"
    body = client.get(path_of(plan)).content.decode()
    assert ("Back to 60% in two reports." in body, "must be cited" in body) == (True, False)
    assert client_of(hana).get(path_of(plan, "relapse/")).status_code == 403


def test_outside_the_window_there_is_nothing_to_cite(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    stage.decided()
    stage.clock.to(datetime.date(2027, 10, 3))
    plan = stage.draft()

    assert client_of(bob).get(path_of(plan, "relapse/")).status_code == 404


def test_the_draft_agrees_the_window_and_the_harshest_step(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()

    page = client_of(bob).get(path_of(plan, "draft/consequences/")).content.decode()

    assert 'name="relapse_window_days" value="180"' in page
    assert re.search(r'<option value="termination" selected', page)
