"""The rail: what a member may see, with the page shown marked."""

from collections.abc import Iterator

import pytest

from pipcycle.ui import navigation
from pipcycle.ui.navigation import NavigationItem, NavigationSection, Section, navigation_for

HOME = "/o/harbor/"
SEARCH = "/o/harbor/search/"


@pytest.fixture
def two_items(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A rail of the home page and one page that only ``"boss"`` sees, registered out of order."""
    monkeypatch.setattr(navigation, "_items", {})
    for item in (
        NavigationItem(
            section=Section.TEAM, label="Search", url_name="search", visible=lambda member: member == "boss"
        ),
        NavigationItem(section=Section.MY_WORK, label="To do", url_name="reminders:home"),
    ):
        navigation.register(item)
    yield
    navigation._ordered.cache_clear()


def rail(member: str, path: str) -> list[NavigationSection]:
    """Return the rail of Harbor."""
    return navigation_for(member=member, organization_slug="harbor", path=path)


@pytest.mark.usefixtures("two_items")
def test_member_sees_only_the_pages_meant_for_them() -> None:
    assert [section.label for section in rail("boss", HOME)] == ["My work", "Team"]
    assert [section.label for section in rail("anyone", HOME)] == ["My work"]


@pytest.mark.usefixtures("two_items")
def test_longest_matching_address_is_the_current_page() -> None:
    assert [section.is_current for section in rail("boss", f"{SEARCH}more/")] == [False, True]
    assert [section.is_current for section in rail("boss", HOME)] == [True, False]


@pytest.mark.usefixtures("two_items")
def test_home_is_not_current_on_pages_below_it() -> None:
    assert [section.is_current for section in rail("anyone", "/o/harbor/documents/1/")] == [False]


@pytest.mark.usefixtures("two_items")
def test_item_can_be_taken_off_again() -> None:
    navigation.unregister("search")

    assert [section.label for section in rail("boss", HOME)] == ["My work"]


@pytest.mark.usefixtures("two_items")
def test_section_leads_to_its_first_page() -> None:
    assert [(section.url, section.has_several) for section in rail("boss", HOME)] == [(HOME, False), (SEARCH, False)]
