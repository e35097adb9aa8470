"""Every page of a plan: who may open it, who is refused, who finds nothing."""

from collections.abc import Callable

import pytest
from django.test import Client

from pips.models import Plan
from tests.cast import Person
from tests.pips.conftest import Stage
from tests.pips.views.conftest import ClientOf, Named, path_of

#: tail of the path, the state of the plan, who may open it, who sees the plan but may not, who sees no plan at all.
PAGES: list[tuple[str, str, str, str, str]] = [
    ("", "draft", "bob", "", "alice"),
    ("", "in_review", "hana", "", "adam"),
    ("", "active", "alice", "", "eve"),
    ("draft/frame/", "draft", "bob", "hana", "alice"),
    ("draft/frame/", "changes_requested", "carol", "hana", "alice"),
    ("submission/", "draft", "bob", "hana", "alice"),
    ("review/", "in_review", "hana", "bob", "alice"),
    ("review/", "approved", "hana", "bob", "eve"),
    ("issue/", "approved", "bob", "hana", "alice"),
    ("acknowledgement/", "issued", "alice", "", "eve"),
    ("acknowledgement/", "issued", "bob", "", "adam"),
    ("outcome/", "active", "hana", "bob", "eve"),
    ("outcome/", "active", "hana", "alice", "eve"),
    ("closure/", "decided", "hana", "bob", "eve"),
    ("discard/", "draft", "bob", "", "alice"),
]


def plan_in_state(stage: Stage, state: str) -> Plan:
    make: Callable[[], Plan] = getattr(stage, state)
    return make()


@pytest.mark.parametrize(("tail", "state", "may"), [page[:3] for page in PAGES])
def test_who_may_opens_the_page(
    stage: Stage, client_of: ClientOf, person: Named, tail: str, state: str, may: str
) -> None:
    plan = plan_in_state(stage, state)

    assert client_of(person(may)).get(path_of(plan, tail)).status_code == 200


@pytest.mark.parametrize(("tail", "state", "refused"), [(page[0], page[1], page[3]) for page in PAGES if page[3]])
def test_a_reader_without_the_right_is_refused(
    stage: Stage, client_of: ClientOf, person: Named, tail: str, state: str, refused: str
) -> None:
    plan = plan_in_state(stage, state)
    client = client_of(person(refused))

    assert client.get(path_of(plan, tail)).status_code == 403
    assert client.post(path_of(plan, tail), {"reason": "x"}).status_code == 403


@pytest.mark.parametrize(("tail", "state", "stranger"), [(page[0], page[1], page[4]) for page in PAGES])
def test_a_stranger_to_the_plan_finds_nothing(
    stage: Stage, client_of: ClientOf, person: Named, tail: str, state: str, stranger: str
) -> None:
    plan = plan_in_state(stage, state)

    assert client_of(person(stranger)).get(path_of(plan, tail)).status_code == 404


TAILS = sorted({page[0] for page in PAGES})


@pytest.mark.parametrize("tail", TAILS)
def test_another_organization_finds_nothing(stage: Stage, client_of: ClientOf, mallory: Person, tail: str) -> None:
    plan = stage.draft()
    client = client_of(mallory)

    assert client.get(path_of(plan, tail)).status_code == 404
    assert client.get(f"/o/alder/plans/{plan.pk}/{tail}").status_code == 404


@pytest.mark.parametrize("tail", TAILS)
def test_anonymous_visitors_are_sent_to_sign_in(stage: Stage, client: Client, tail: str) -> None:
    response = client.get(path_of(stage.draft(), tail))

    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/accounts/login/")


@pytest.mark.parametrize("tail", TAILS)
def test_other_methods_are_refused(stage: Stage, client_of: ClientOf, bob: Person, tail: str) -> None:
    assert client_of(bob).put(path_of(stage.draft(), tail)).status_code == 405


@pytest.mark.parametrize(
    ("tail", "state", "who"),
    [
        ("draft/frame/", "in_review", "bob"),
        ("submission/", "in_review", "bob"),
        ("review/", "issued", "hana"),
        ("issue/", "issued", "bob"),
        ("acknowledgement/", "active", "alice"),
        ("outcome/", "decided", "hana"),
        ("discard/", "issued", "bob"),
    ],
)
def test_a_step_left_behind_says_where_the_plan_is(
    stage: Stage, client_of: ClientOf, person: Named, tail: str, state: str, who: str
) -> None:
    plan = plan_in_state(stage, state)
    client = client_of(person(who))

    looked = client.get(path_of(plan, tail))
    wrote = client.post(path_of(plan, tail), {"reason": "some words worth keeping"})

    assert (looked.status_code, looked["Location"]) == (302, path_of(plan))
    assert wrote.status_code == 409
    assert "The plan has moved on" in wrote.content.decode()
    assert "some words worth keeping" in wrote.content.decode()


def test_a_plan_that_never_was_is_not_found(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    assert client_of(bob).get("/o/harbor/plans/999999/").status_code == 404
