"""What 360 feedback asks: behaviour that can be seen, how often, and two questions in words. Knows no database.

An answer reads ``{"behaviours": {"listens": 4, "helps": 0}, "comments": {"goes_on": "…"}}``; 0 means not observed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.questions import AskedOf, QuestionsContent
from reviews.enums import FormRole

type Rating = Mapping[str, Any]

NOT_OBSERVED = 0
LONGEST_COMMENT = 2000
FREQUENCIES: Mapping[int, str | Promise] = {
    1: _("Never"),
    2: _("Seldom"),
    3: _("Sometimes"),
    4: _("Often"),
    5: _("Always"),
    NOT_OBSERVED: _("Not observed"),
}


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """Something others can see somebody do; ``for_managers`` is asked of direct reports only."""

    key: str
    text: str | Promise
    for_managers: bool = False


#: What the product ships; each organization words its own in the questions of a review (``documents.questions``).
BEHAVIOURS: tuple[Behaviour, ...] = (
    Behaviour(key="keeps_word", text=_("Does what was promised, or says early that it will not work out.")),
    Behaviour(key="listens", text=_("Listens until the other has finished, and asks before judging.")),
    Behaviour(key="shares", text=_("Shares what others need to do their work without being asked.")),
    Behaviour(key="helps", text=_("Helps when somebody is stuck.")),
    Behaviour(key="admits", text=_("Says openly what went wrong, and what was learned from it.")),
    Behaviour(key="respects", text=_("Treats everybody with the same respect, also under pressure.")),
    Behaviour(key="clear_aims", text=_("Makes clear what is expected and why."), for_managers=True),
    Behaviour(key="feeds_back", text=_("Tells people soon and in private what to do differently."), for_managers=True),
    Behaviour(key="clears_way", text=_("Removes what stands in the way of the team."), for_managers=True),
    Behaviour(key="safe", text=_("Can be told bad news without it falling back on the teller."), for_managers=True),
)
COMMENTS: Mapping[str, str | Promise] = {
    "goes_on": _("What should this person go on doing?"),
    "differently": _("What should they do differently?"),
}
OWN_COMMENTS: Mapping[str, str | Promise] = {}


def behaviours_in(content: QuestionsContent) -> tuple[Behaviour, ...]:
    """Return the behaviours the questions of a cycle word; the product's own where they word none."""
    own = (
        Behaviour(key=one.key, text=one.text, for_managers=one.asked_of == AskedOf.REPORTS)
        for one in content.behaviours
    )
    return tuple(own) or BEHAVIOURS


def behaviours_for(role: str, *, manages: bool, content: QuestionsContent) -> tuple[Behaviour, ...]:
    """Return what whoever has that role is asked; the one reviewed is asked about all that others are."""
    with_managers = role == FormRole.UPWARD or (role == FormRole.OWN_VIEW and manages)
    return tuple(one for one in behaviours_in(content) if with_managers or not one.for_managers)


def comments_for(role: str) -> Mapping[str, str | Promise]:
    """Return what the role is asked in words."""
    return OWN_COMMENTS if role == FormRole.OWN_VIEW else COMMENTS


def cleaned_rating(answer: Rating, asked: tuple[Behaviour, ...] = BEHAVIOURS) -> dict[str, dict[str, Any]]:
    """Return the answer without what says nothing or was never asked."""
    known = {one.key for one in asked}
    behaviours = {
        key: level for key, level in answer.get("behaviours", {}).items() if key in known and level in FREQUENCIES
    }
    texts = {
        key: str(answer.get("comments", {}).get(key, "")).replace("\x00", "").strip()[:LONGEST_COMMENT]
        for key in COMMENTS
    }
    return {"behaviours": behaviours, "comments": {key: text for key, text in texts.items() if text}}


def unanswered(answer: Rating, asked: tuple[Behaviour, ...]) -> list[Behaviour]:
    """Return what is asked and not answered; "not observed" is an answer."""
    given = answer.get("behaviours", {})
    return [one for one in asked if one.key not in given]
