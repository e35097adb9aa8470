"""Rule 19: where a works council must agree first, a plan waits for HR's review until its agreement is recorded."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django_rls_tenants import tenant_context

from people.models import Location, Organization
from pipcycle.errors import DomainError
from pips.enums import Step, WorksCouncil
from pips.gates.catalogue import findings
from pips.models import Plan, PlanPolicy
from pips.services.legal import decide_legal_review
from pips.services.plan import approve_plan
from pips.services.policy import change_policy
from tests.cast import Person
from tests.pips.conftest import CONFIRMED, Stage
from tests.pips.views.conftest import ClientOf

PATH = "/o/harbor/plans/policy/"


def work_in(stage: Stage, country: str) -> None:
    place = Location.objects.create(name=f"Site in {country}", country=country, time_zone="Europe/Berlin")
    stage.alice.employee.location = place
    stage.alice.employee.save(update_fields=["location"])


def asked_by(plan: Plan) -> list[tuple[int, str]]:
    return [(seen["rule"], seen["kind"]) for review in plan.legal_reviews.all() for seen in review.triggers_seen]


@pytest.mark.parametrize(
    ("country", "said", "is_asked"),
    [
        ("US", "", False),
        ("US", WorksCouncil.NONE, False),
        ("US", WorksCouncil.MISSING, True),
        ("DE", "", True),
        ("DE", WorksCouncil.MISSING, True),
        ("DE", WorksCouncil.NONE, False),
        ("DE", WorksCouncil.AGREED, False),
    ],
)
def test_a_plan_goes_to_a_legal_review_until_the_agreement_is_settled(
    stage: Stage, adam: Person, country: str, said: str, is_asked: bool
) -> None:
    work_in(stage, country)
    agreement = "Agreement of 1 March 2026" if said == WorksCouncil.AGREED else ""
    change_policy(actor=adam.member, employee_representation=said, representation_agreement=agreement)

    plan = stage.in_review()

    assert asked_by(plan) == ([(19, "works_council")] if is_asked else [])


def test_without_a_place_of_work_the_organizations_country_counts(stage: Stage) -> None:
    stage.alice.employee.location = None
    stage.alice.employee.save(update_fields=["location"])
    Organization.objects.filter(pk=stage.alice.organization.pk).update(country="DE")

    plan = Plan.objects.get(pk=stage.in_review().pk)

    assert asked_by(plan) == [(19, "works_council")]


def test_the_manager_hears_no_reason_and_hr_decides_with_one(stage: Stage) -> None:
    work_in(stage, "DE")
    plan = stage.in_review()

    [finding] = findings(plan, Step.APPROVE)
    with pytest.raises(DomainError, match="HR review required"):
        approve_plan(actor=stage.hana.member, plan=plan, confirmations=CONFIRMED)
    decide_legal_review(
        actor=stage.hana.member, review=plan.legal_reviews.get(), may_go_on=True, reasons="The council was heard."
    )
    approve_plan(actor=stage.hana.member, plan=plan, confirmations=CONFIRMED)

    assert (finding.kind, str(finding.message)) == ("route", "HR review required.")
    assert plan.legal_reviews.count() == 1  # what was looked at once does not ask again


def test_hr_reads_what_asked_for_it(stage: Stage, hana: Person, client_of: ClientOf) -> None:
    work_in(stage, "DE")
    review = stage.in_review().legal_reviews.get()

    body = client_of(hana).get(f"/o/harbor/plans/hr-reviews/{review.pk}/").content.decode()

    assert "No agreement of the works council is on record" in body
    assert "Rule 19" in body


def test_the_hr_admin_records_the_agreement_and_the_warning_goes(
    stage: Stage, adam: Person, client_of: ClientOf
) -> None:
    work_in(stage, "DE")
    client = client_of(adam)
    page = client.get(PATH)
    values = {**page.context["form"].initial, "employee_representation": "agreed"}

    unnamed = client.post(PATH, {**values, "representation_agreement": " "})
    named = client.post(PATH, {**values, "representation_agreement": "Agreement of 1 March 2026"})

    assert "No agreement of a works council is on record" in page.content.decode()
    assert (unnamed.status_code, named.status_code) == (422, 200)
    assert "Name the agreement" in unnamed.content.decode()
    assert "No agreement of a works council is on record" not in named.content.decode()
    with tenant_context(adam.organization.pk):
        assert PlanPolicy.objects.get().representation_agreement == "Agreement of 1 March 2026"


def test_an_agreement_has_a_name_and_only_the_hr_admin_records_it(stage: Stage, adam: Person, hana: Person) -> None:
    with pytest.raises(PermissionDenied):
        change_policy(actor=hana.member, employee_representation=WorksCouncil.NONE)
    with pytest.raises(IntegrityError, match="pips_planpolicy_names_the_agreement"), transaction.atomic():
        change_policy(actor=adam.member, employee_representation=WorksCouncil.AGREED)


def test_the_policy_warns_nobody_elsewhere(stage: Stage, adam: Person, client_of: ClientOf) -> None:
    assert "No agreement of a works council" not in client_of(adam).get(PATH).content.decode()
