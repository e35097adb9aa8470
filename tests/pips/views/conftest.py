"""A request as each of the cast makes it, and the plan's addresses."""

from collections.abc import Callable

import pytest
from django.test import Client

from pips.models import Plan
from tests.cast import Person

ClientOf = Callable[[Person], Client]


def path_of(plan: Plan, tail: str = "") -> str:
    """Return the path of one of the plan's pages."""
    return f"/o/harbor/plans/{plan.pk}/{tail}"


def formset(prefix: str, rows: list[dict[str, str]]) -> dict[str, str]:
    """Return the rows as a browser sends them."""
    typed = {f"{prefix}-{index}-{name}": value for index, row in enumerate(rows) for name, value in row.items()}
    return {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0", **typed}


@pytest.fixture
def browsers(client_of: ClientOf, alice: Person, bob: Person, carol: Person, hana: Person) -> dict[str, Client]:
    """A signed-in browser for each person of the plan."""
    people = {"alice": alice, "bob": bob, "carol": carol, "hana": hana}
    return {name: client_of(person) for name, person in people.items()}
