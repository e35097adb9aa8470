"""Two wordings of one form: what an overtaken tab typed is kept beside what is saved until its writer has chosen.

The page of the choice is ``templates/_two_wordings.html``.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

MINE, SAVED = "mine", "saved"
#: Tabs of one form whose overtaken words are kept; the oldest go.
MOST_TABS = 5


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A field both wordings fill differently: its name in the form, its label, and both values as people read them."""

    name: str
    label: str
    mine: str
    saved: str


def forget_oldest(kept: QuerySet[Any, Any]) -> None:
    """Drop what was kept for one form beyond its newest tabs; ``kept`` is ordered the newest first."""
    kept.filter(pk__in=kept.values_list("pk", flat=True)[MOST_TABS:]).delete()
