"""Somebody beside the employee, from the invitation to the decision on the appeal."""

from collections.abc import Callable

import pytest
from django_rls_tenants import tenant_context

from pips.enums import Outcome
from pips.models import Plan, PlanCompanion
from pips.services.outcome import decide_plan
from tests.cast import PASSWORD, Person, make_person
from tests.journeys.conftest import PastStage, Visitor, Welcome
from tests.journeys.test_discipline import record_every_milestone


@pytest.fixture
def nora(stage: PastStage) -> Person:
    """A manager of another team."""
    nora = make_person(stage.alice.organization, "Nora", "North")
    make_person(stage.alice.organization, "Oleg", "Olsen", manager=nora)
    return nora


def come_in(outsider: Visitor, link: str) -> None:
    """Choose the password the invitation asks for, and sign in."""
    outsider.open(link)
    for field in outsider.page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    outsider.press("Save the new password")
    outsider.sign_in()


def test_a_representative_from_outside_stands_by_until_the_appeal_is_decided(
    stage: PastStage,
    welcome: Welcome,
    alice: Person,
    hana: Person,
    nora: Person,
    link_in_mail: Callable[[Person, str], str],
) -> None:
    plan = stage.active()
    path = f"/o/harbor/plans/{plan.pk}/"
    employee, representative = welcome(alice), welcome(None)

    employee.open(f"{path}voice/companions/new/")
    employee.page.get_by_label("Their e-mail address").fill("uma@union.example")
    employee.page.get_by_label("Their name").fill("Uma Unger")
    employee.page.get_by_label("Representative").check()
    employee.press("Let them read it")
    employee.sees("Uma Unger")

    guest = PlanCompanion.objects.get(plan=plan).member
    representative.person = Person(guest.user, guest)
    come_in(representative, link_in_mail(representative.person, "Your access to Harbor"))
    representative.sees("Work is delivered on the agreed day")
    for closed in ("plans/", "search/", f"people/{alice.employee.pk}/"):
        representative.open(f"/o/harbor/{closed}", status=404)
    representative.follow("Back to what is open to me")
    representative.sees("Work is delivered on the agreed day")

    stage.deliver(plan)
    record_every_milestone(stage, plan)
    decide_plan(actor=hana.member, plan=plan, **stage.decision(plan, Outcome.UNSUCCESSFUL))

    employee.open(f"{path}appeal/")
    employee.page.get_by_label("Why the outcome is wrong").fill("The last readings count the audit twice.")
    employee.press("Appeal")
    hr = welcome(hana)
    hr.open(f"{path}appeal/")
    hr.page.get_by_label("E-mail address of a manager").fill(nora.email)
    hr.press("Ask them to look at it")

    judge = welcome(nora)
    judge.open(f"{path}appeal/")
    judge.sees("The last readings count the audit twice.")
    judge.page.get_by_label("The outcome is withdrawn").check()
    judge.page.get_by_label("Reasons").fill("They do: the audit is in both months.")
    judge.press("Decide the appeal")

    representative.open(path)
    representative.sees("Withdrawn")
    judge.open(path, status=404)
    with tenant_context(alice.organization.pk):
        assert Plan.objects.get(pk=plan.pk).outcome == Outcome.WITHDRAWN
