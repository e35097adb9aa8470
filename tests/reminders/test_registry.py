"""The registries higher rooms fill."""

import pytest

from reminders.registry import (
    HomeSection,
    home_sections_for,
    kind_for,
    register_home_section,
    registered_kinds,
    unregister_home_section,
)
from tests.cast import Person


def section(key: str, order: int, *, visible: bool = True) -> HomeSection:
    return HomeSection(
        key=key,
        title=key,
        template="none.html",
        order=order,
        visible=lambda _member: visible,
        context=lambda _member: {},
    )


def test_kind_for_finds_what_was_registered() -> None:
    assert kind_for("test_answer").action == "Answer the check-in"
    assert kind_for("test_answer") in registered_kinds()


def test_kind_for_refuses_an_unknown_key() -> None:
    with pytest.raises(LookupError, match="unheard_of"):
        kind_for("unheard_of")


@pytest.mark.usefixtures("harbor_context")
def test_home_sections_come_in_order_and_only_if_visible(alice: Person) -> None:
    for made in (section("test-b", 2), section("test-a", 1), section("test-hidden", 3, visible=False)):
        register_home_section(made)
    try:
        keys = [found.key for found in home_sections_for(alice.member) if found.key.startswith("test-")]
        assert keys == ["test-a", "test-b"]
    finally:
        for key in ("test-a", "test-b", "test-hidden"):
            unregister_home_section(key)
