"""Browsers in which somebody is signed in, and what they type."""

from collections.abc import Callable

import pytest
from django.test import Client

from development.models import DevelopmentPlan
from people.models import Competency
from tests.cast import Person
from tests.development.conftest import At, days

ROOT = "/o/harbor/development/"
NEW = f"{ROOT}plans/new/"
HTMX = {"HX-Request": "true"}
ClientOf = Callable[[Person], Client]


@pytest.fixture
def browse(stage: At, client_of: ClientOf) -> ClientOf:
    """Return a function that makes a browser in which the person is signed in."""
    return client_of


def page(plan: DevelopmentPlan, name: str = "") -> str:
    """Return the address of a page of the plan."""
    root = f"{ROOT}plans/{plan.pk}/"
    return f"{root}{name}/" if name else root


def typed(alice: Person, **changes: str) -> dict[str, str]:
    """Return a whole plan as a browser sends it: one gap, one action."""
    competency = Competency.objects.get(name="Writing")
    return {
        "aspiration": "I want to lead the reports.", "strengths": "Accuracy", "aim": "",
        "starts_on": days(0).isoformat(), "ends_on": days(180).isoformat(),
        "gaps-TOTAL_FORMS": "1", "gaps-INITIAL_FORMS": "0", "gaps-0-competency": str(competency.pk),
        "gaps-0-current_level": "2", "gaps-0-target_level": "4",
        "actions-TOTAL_FORMS": "1", "actions-INITIAL_FORMS": "0", "actions-0-title": "Write the weekly report",
        "actions-0-kind": "experience", "actions-0-competency": str(competency.pk),
        "actions-0-owner": str(alice.employee.pk), "actions-0-starts_on": days(0).isoformat(),
        "actions-0-due_on": days(60).isoformat(), "actions-0-measure": "Nobody asks back.", "actions-0-resources": "",
        "then": "keep", **changes,
    }  # fmt: skip
