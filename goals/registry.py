"""What the rooms above put on the page of a goal."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from goals.models import Goal
from people.models import Membership


@dataclass(frozen=True, kw_only=True)
class GoalLink:
    """Something a reader of the goal can do in another room; ``address`` is asked only where it is ``visible``."""

    key: str
    label: str | Promise
    visible: Callable[[Membership, Goal], bool]
    address: Callable[[Goal], str]
    order: int = 50


_links: dict[str, GoalLink] = {}


def register_goal_link(link: GoalLink) -> None:
    """Put a link on the page of a goal; registering the same key again replaces it."""
    _links[link.key] = link


def goal_links(member: Membership, goal: Goal) -> list[tuple[str | Promise, str]]:
    """Return label and address of each link the member sees on the page of the goal, in order."""
    shown = sorted(_links.values(), key=lambda link: link.order)
    return [(link.label, link.address(goal)) for link in shown if link.visible(member, goal)]
