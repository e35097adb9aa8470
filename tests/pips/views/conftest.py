"""The plan's addresses, the cast by name, and rows as a browser sends them."""

from collections.abc import Callable

import pytest
from django.test import Client

from pips.models import Plan
from tests.cast import Person

ClientOf = Callable[[Person], Client]
Named = Callable[[str], Person]


def path_of(plan: Plan, tail: str = "") -> str:
    """Return the path of one of the plan's pages."""
    return f"/o/harbor/plans/{plan.pk}/{tail}"


def rows_of(prefix: str, rows: list[dict[str, str]]) -> dict[str, str]:
    """Return the rows as a browser sends them."""
    typed = {f"{prefix}-{index}-{name}": value for index, row in enumerate(rows) for name, value in row.items()}
    return {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0", **typed}


@pytest.fixture
def person(request: pytest.FixtureRequest) -> Named:
    """Return a function that brings on one of the cast by name."""

    def bring_on(name: str) -> Person:
        found: Person = request.getfixturevalue(name)
        return found

    return bring_on
