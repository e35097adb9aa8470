"""The demo's seed: people and plans in every state, once, and only in a demo."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client
from django_rls_tenants import tenant_context
from pytest_django.fixtures import Settings

from documents.models import Document
from metrics.models import SkillRating
from people.models import Employee, Membership, Organization
from pipcycle.ui.demo import DEMO_PASSWORD, sign_ins
from pips.enums import PlanStatus
from pips.models import Plan
from reminders.models import Obligation, OutboxMessage

EMPLOYEES = 40
STATES = {
    PlanStatus.DRAFT,
    PlanStatus.IN_REVIEW,
    PlanStatus.CHANGES_REQUESTED,
    PlanStatus.APPROVED,
    PlanStatus.ISSUED,
    PlanStatus.ACTIVE,
    PlanStatus.PAUSED,
    PlanStatus.DECIDED,
}


def seed() -> str:
    """Run the command and return what it said."""
    said = io.StringIO()
    call_command("seed_demo", employees=EMPLOYEES, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
def test_the_seed_makes_people_plans_and_sign_ins_once() -> None:
    assert seed() == "harbor: 40 people\nalder: 30 people\n"
    assert seed() == "harbor: kept as it is\nalder: kept as it is\n"

    organization = Organization.objects.get(slug="harbor")
    with tenant_context(organization.pk):
        assert Employee.objects.count() == EMPLOYEES
        assert set(Plan.objects.values_list("status", flat=True)) == STATES
        issued = Plan.objects.filter(issued_at__isnull=False)
        assert set(SkillRating.objects.values_list("rater", flat=True)) == {"self", "manager"}
        assert not SkillRating.objects.filter(rated_on__lt=F("employee__hired_on")).exists()
        assert Document.objects.count() == issued.count()
        assert Obligation.objects.filter(status="open").exists()
        assert not OutboxMessage.objects.exists()
        assert Membership.objects.filter(user__email="consultant@partners.example").exists()

    listed = [person for organization in sign_ins() for person in organization["people"]]
    assert len(listed) == 10
    assert all(Client().login(email=person["email"], password=DEMO_PASSWORD) for person in listed)


@pytest.mark.django_db
def test_the_seed_is_refused_outside_a_demo(settings: Settings) -> None:
    settings.DEMO = False
    settings.DEBUG = False

    with pytest.raises(CommandError, match="PIPCYCLE_DEMO=1"):
        seed()
    assert not Organization.objects.exists()
