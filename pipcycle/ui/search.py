"""Search over all rooms: each room registers a provider in its ``AppConfig.ready``.

A provider gets the member and the words, and returns only what the member may see.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from pipcycle.ui.navigation import Label, navigation_for

PER_PROVIDER = 8


@dataclass(frozen=True, kw_only=True)
class SearchResult:
    """One line of the palette."""

    title: Label
    url: str
    note: Label = ""
    icon: str = "file-text"


Provider = Callable[[Any, str], Iterable[SearchResult]]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Add a room's results; registering the same name again replaces it."""
    _providers[name] = provider


def search_pages(*, member: Any, organization_slug: str, query: str) -> Iterable[SearchResult]:
    """Return the pages of the rail whose name contains the words."""
    for section in navigation_for(member=member, organization_slug=organization_slug, path=""):
        for link in section.links:
            if query.casefold() in str(link.label).casefold():
                yield SearchResult(title=link.label, url=link.url, note=section.label, icon=section.icon)


def search_everything(*, member: Any, organization_slug: str, query: str) -> list[SearchResult]:
    """Return pages first, then what each room finds; without words only the pages."""
    words = query.strip()
    found: list[Iterable[SearchResult]] = [
        search_pages(member=member, organization_slug=organization_slug, query=words)
    ]
    if words:
        found += [islice(provider(member, words), PER_PROVIDER) for provider in _providers.values()]
    return list(chain.from_iterable(found))
