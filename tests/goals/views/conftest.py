"""Browsers of those who have to do with a goal, its addresses and its form as it is sent."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from goals.models import Cycle, Goal
from people.models import Organization, Responsibility
from tests.cast import Person

GOALS = "/o/harbor/goals/"
ClientOf = Callable[[Person], Client]


@pytest.fixture
def browse(harbor_context: Organization, client_of: ClientOf) -> Callable[[Person], Client]:
    """Return a function that makes a browser in which the person is signed in."""
    return client_of


def page(goal: Goal, name: str = "") -> str:
    """Return the address of a page of the goal."""
    return f"{GOALS}{goal.pk}/{name}/" if name else f"{GOALS}{goal.pk}/"


def typed(cycle: Cycle, anchor: Responsibility, **changes: Any) -> dict[str, Any]:
    """Return the form as a browser sends it."""
    today = timezone.localdate()
    return {
        "title": "Answer 45 cases a day",
        "why": "The queue grows.",
        "measure": "number",
        "baseline": "38",
        "target": "45",
        "unit": "cases",
        "direction": "higher",
        "responsibility": str(anchor.pk),
        "cycle": str(cycle.pk),
        "purpose": "performance",
        "weight": "2",
        "visibility": "private",
        "starts_on": today.isoformat(),
        "due_on": (today + datetime.timedelta(days=60)).isoformat(),
        "steps-TOTAL_FORMS": "0",
        "steps-INITIAL_FORMS": "0",
        **changes,
    }
