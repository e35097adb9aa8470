"""The demo's seed: people and plans in every state, once, and only in a demo."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F, QuerySet
from django.test import Client
from django.utils import timezone
from django_rls_tenants import tenant_context
from pytest_django.fixtures import Settings

from development.enums import DevelopmentStatus
from development.models import DevelopmentPlan, JobStep
from documents.models import Document, EvidenceBundle
from feedback.check_in_enums import CheckInStatus
from feedback.models import AgendaItem, CheckIn, PrivateNote
from goals.models import GoalTemplate
from metrics.enums import SignalStatus
from metrics.models import ApiToken, Series, Signal, SkillRating
from people.models import Employee, ImportBatch, Membership, Organization
from pipcycle.ui.demo import DEMO_PASSWORD, sign_ins
from pips.discipline_enums import ActionStatus
from pips.enums import ClosingReason, Outcome, PlanStatus
from pips.models import Amendment, DisciplinaryAction, Plan
from reminders.models import Obligation, OutboxMessage
from reviews.models import ExitInterview, PlanReviewResult, PulseAnswer, PulseResult, PulseRound, ReviewCycle

#: Enough for people below those who report to the demo manager.
EMPLOYEES = 90
ACTION_STATES = {
    ActionStatus.DRAFTED,
    ActionStatus.IN_REVIEW,
    ActionStatus.ACKNOWLEDGED,
    ActionStatus.REDUCED,
    ActionStatus.EXPIRED,
}


def seed() -> str:
    """Run the command and return what it said."""
    said = io.StringIO()
    call_command("seed_demo", employees=EMPLOYEES, stdout=said)
    return said.getvalue()


def _words(rows: QuerySet[Any], *columns: str) -> set[Any]:
    """Return what the columns hold, each once."""
    return set(rows.values_list(*columns, flat=len(columns) == 1))


def _assert_plans_in_every_state() -> None:
    assert _words(Plan.objects.all(), "status") == set(PlanStatus)
    closed = Plan.objects.filter(status=PlanStatus.CLOSED)
    assert _words(closed, "closing_reason") == {ClosingReason.FINISHED, ClosingReason.DISCARDED}
    assert _words(Plan.objects.exclude(outcome=""), "outcome") == set(Outcome)
    versions = list(Plan.objects.filter(issued_at__isnull=False).values_list("version", flat=True))
    assert Document.objects.filter(kind="plan").count() == sum(versions) > len(versions)
    changes = {("change", "in_force"), ("extension", "in_force"), ("change", "proposed")}
    assert _words(Amendment.objects.all(), "kind", "status") == changes
    assert _words(DisciplinaryAction.objects.all(), "status") == ACTION_STATES
    assert _words(EvidenceBundle.objects.all(), "status") == {"ready"}


def _assert_talks_and_growth() -> None:
    assert _words(SkillRating.objects.all(), "rater") == {"self", "manager"}
    assert not SkillRating.objects.filter(rated_on__lt=F("employee__hired_on")).exists()
    assert _words(DevelopmentPlan.objects.all(), "status") == set(DevelopmentStatus)
    assert JobStep.objects.exists()
    assert GoalTemplate.objects.exists()
    assert _words(CheckIn.objects.all(), "status") == {CheckInStatus.HELD, CheckInStatus.SKIPPED, CheckInStatus.PLANNED}
    missed = CheckIn.objects.filter(status=CheckInStatus.PLANNED, planned_on__lt=timezone.localdate())
    assert missed.exists()
    assert AgendaItem.objects.filter(talked_at__isnull=True).exists()
    assert not PrivateNote.objects.exists()  # there are some, and they are their writers' alone


def _assert_reviews_and_pulses() -> None:
    assert _words(ReviewCycle.objects.all(), "status") == {"closed", "running", "planned"}
    assert Document.objects.filter(kind="review", acknowledgement__isnull=False).exists()
    assert PlanReviewResult.objects.exists()
    assert PulseRound.objects.filter(status="closed").count() == 6
    assert PulseRound.objects.filter(status="open").count() == 1
    assert PulseResult.objects.exists()  # in so small an organization most rounds are held back
    assert not PulseAnswer.objects.exists()
    assert ExitInterview.objects.filter(status="open").count() == 2


def _assert_figures_and_what_is_owed() -> None:
    batches = ImportBatch.objects.order_by("pk").values_list("kind", "status")
    assert list(batches) == [("observations", state) for state in ("applied", "checked", "uploaded")]
    assert ApiToken.objects.count() == 1
    assert not Series.objects.filter(is_stale=True).exists()
    assert 0 < Signal.objects.filter(status=SignalStatus.OPEN, is_improvement=False).count() < EMPLOYEES / 2
    assert Obligation.objects.filter(status="open").exists()
    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db
def test_the_seed_makes_people_plans_and_sign_ins_once() -> None:
    assert seed() == "harbor: 90 people\nalder: 30 people\n"
    assert seed() == "harbor: kept as it is\nalder: kept as it is\n"

    organization = Organization.objects.get(slug="harbor")
    with tenant_context(organization.pk):
        assert Employee.objects.count() == EMPLOYEES
        assert Membership.objects.filter(user__email="consultant@partners.example").exists()
        _assert_plans_in_every_state()
        _assert_talks_and_growth()
        _assert_reviews_and_pulses()
        _assert_figures_and_what_is_owed()

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
