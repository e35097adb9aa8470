"""The rail: five sections by what a person does, filled by the rooms in their ``AppConfig.ready``.

register(NavigationItem(section=Section.TEAM, label=_("My team"), url_name="people:team", visible=is_manager))
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise


class Section(Enum):
    """The five parts of the rail, in order."""

    MY_WORK = "my-work"
    TEAM = "team"
    PLANS = "plans"
    ORGANIZATION = "organization"
    SETTINGS = "settings"


SECTION_LABELS: dict[Section, Label] = {
    Section.MY_WORK: _("My work"),
    Section.TEAM: _("Team"),
    Section.PLANS: _("Plans"),
    Section.ORGANIZATION: _("Organization"),
    Section.SETTINGS: _("Settings"),
}
SECTION_ICONS: dict[Section, str] = {
    Section.MY_WORK: "list-checks",
    Section.TEAM: "users",
    Section.PLANS: "milestone",
    Section.ORGANIZATION: "building-2",
    Section.SETTINGS: "settings",
}


def everyone(_member: Any) -> bool:
    """Return True: the item is shown to each member."""
    return True


@dataclass(frozen=True, kw_only=True)
class NavigationItem:
    """One page of the rail; ``visible`` gets the member of the request, ``order`` sorts inside the section."""

    section: Section
    label: Label
    url_name: str
    visible: Callable[[Any], bool] = everyone
    order: int = 50


@dataclass(frozen=True)
class NavigationLink:
    """An item as one member sees it on one page."""

    label: Label
    url: str
    is_current: bool


@dataclass(frozen=True)
class NavigationSection:
    """A section as one member sees it; ``links`` is never empty."""

    label: Label
    icon: str
    links: Sequence[NavigationLink] = field(default_factory=tuple)

    @property
    def url(self) -> str:
        """Return the address of the first page."""
        return self.links[0].url

    @property
    def is_current(self) -> bool:
        """Return whether the page shown belongs here."""
        return any(link.is_current for link in self.links)

    @property
    def has_several(self) -> bool:
        """Return whether there is more than one page."""
        return len(self.links) > 1

    @property
    def has_second_level(self) -> bool:
        """Return whether the section's own name says too little about what is in it."""
        return self.has_several or str(self.label).casefold() not in str(self.links[0].label).casefold()


_items: dict[str, NavigationItem] = {}


def register(item: NavigationItem) -> None:
    """Put a page on the rail; registering the same address again replaces it."""
    _items[item.url_name] = item
    _ordered.cache_clear()


def unregister(url_name: str) -> None:
    """Take a page off the rail."""
    _items.pop(url_name, None)
    _ordered.cache_clear()


@cache
def _ordered() -> tuple[NavigationItem, ...]:
    sections = list(Section)
    return tuple(sorted(_items.values(), key=lambda item: (sections.index(item.section), item.order)))


def navigation_for(*, member: Any, organization_slug: str, path: str) -> list[NavigationSection]:
    """Return the sections the member sees, with the page at ``path`` marked: the longest address that leads to it."""
    visible = [
        (item, reverse(item.url_name, kwargs={"organization_slug": organization_slug}))
        for item in _ordered()
        if item.visible(member)
    ]
    home = reverse("reminders:home", kwargs={"organization_slug": organization_slug}) if visible else ""
    leading = [url for _item, url in visible if path == url or (url != home and path.startswith(url))]
    current = max(leading, key=len, default="")
    sections: list[NavigationSection] = []
    for section in Section:
        links = tuple(
            NavigationLink(label=item.label, url=url, is_current=url == current)
            for item, url in visible
            if item.section is section
        )
        if links:
            sections.append(NavigationSection(SECTION_LABELS[section], SECTION_ICONS[section], links))
    return sections
