"""Every page of a plan: who may open it, who is refused, who finds nothing."""

from collections.abc import Callable

import pytest

from pips.models import Plan
from tests.cast import Person
from tests.pips.conftest import Stage
from tests.pips.views.conftest import ClientOf, path_of

MakePlan = Callable[[Stage], Plan]

#: tail of the path, the plan's state, who may open it, who sees the plan but may not, who sees no plan at all.
PAGES: list[tuple[str, MakePlan, str, str, str]] = [
    ("", lambda stage: stage.draft(), "bob", "", "alice"),
    ("", lambda stage: stage.active(), "alice", "", "eve"),
    ("draft/", lambda stage: stage.draft(), "bob", "hana", "alice"),
    ("draft/", lambda stage: stage.changes_requested(), "bob", "hana", "alice"),
    ("submission/", lambda stage: stage.draft(), "bob", "hana", "alice"),
    ("review/", lambda stage: stage.in_review(), "hana", "bob", "alice"),
    ("review/", lambda stage: stage.approved(), "hana", "bob", "eve"),
    ("issue/", lambda stage: stage.approved(), "bob", "hana", "alice"),
    ("acknowledgement/", lambda stage: stage.issued(), "alice", "", "eve"),
    ("acknowledgement/", lambda stage: stage.issued(), "bob", "", "adam"),
    ("outcome/", lambda stage: stage.ended(), "hana", "bob", "eve"),
    ("closure/", lambda stage: stage.decided(), "hana", "bob", "eve"),
    ("discard/", lambda stage: stage.draft(), "bob", "", "alice"),
]


@pytest.fixture
def person(request: pytest.FixtureRequest) -> Callable[[str], Person]:
    """Return a function that brings on one of the cast by name."""
    return lambda name: request.getfixturevalue(name)


@pytest.mark.parametrize(("tail", "make", "may", "_refused", "_stranger"), PAGES)
def test_who_may_opens_the_page(
    stage: Stage, client_of: ClientOf, person: Callable[[str], Person], tail: str, make: MakePlan, may: str,
    _refused: str, _stranger: str,
) -> None:  # fmt: skip
    plan = make(stage)

    response = client_of(person(may)).get(path_of(plan, tail))

    assert response.status_code == 200
