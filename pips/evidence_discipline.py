"""What disciplinary actions give to a bundle of evidence; the legal review of one is withheld."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from documents.evidence.contents import as_json
from documents.evidence.lines import json_lines
from documents.registry import BundlePart, BundleSubject
from people.models import AccessRecord, Employee, Membership
from pips.models import DisciplinaryAction
from pips.models.discipline import CONTENT_FIELDS
from pips.obligations import About
from pips.selectors.discipline import actions_about

#: Privileged columns of an action: prepared for legal advice.
_PRIVILEGED = ("legal_reason", "legal_reviewed_by_id", "legal_reviewed_at")


def subjects(member: Membership, employee: Employee) -> Iterator[BundleSubject]:
    """Yield the actions a bundle can be about."""
    for action in actions_about(member, employee):
        yield BundleSubject(about_type=About.ACTION, about_id=action.pk, title=action.title)


def parts(member: Membership, employee: Employee) -> Iterator[BundlePart]:
    """Yield the files about each action the member may read."""
    for action in actions_about(member, employee):
        about = (str(About.ACTION), action.pk)
        folder = f"discipline/{action.pk}-{slugify(action.title)[:60].strip('-') or 'action'}"
        for name, title, content in _files(action):
            yield BundlePart(path=f"{folder}/{name}", title=title, content=content, about=about)
        yield BundlePart(
            is_withheld=True,
            kind=_("HR reviews and their reasons"),
            count=1 if action.legal_reason else 0,
            reason=_("Privileged: prepared for legal advice, seen by HR alone."),
            about=about,
        )


def _files(action: DisciplinaryAction) -> Iterator[tuple[str, str, bytes]]:
    facts = {name: getattr(action, name) for name in ("status", "issued_at", "expires_on", *CONTENT_FIELDS)}
    yield "action.json", action.title, as_json(facts)
    moves = action.moves.values("source", "target", "reason", "at", by=F("actor__user__full_name"))
    yield "moves.jsonl", _("Moves of the action"), json_lines(moves)
    events: Any = action.events
    rows = [
        {key: value for key, value in row.items() if key not in _PRIVILEGED}
        for row in events.order_by("pgh_id").values()
    ]
    yield "history.jsonl", _("Every change of the action’s row"), json_lines(rows)
    reads = AccessRecord.objects.filter(about_type=About.ACTION, about_id=str(action.pk)).order_by("at", "pk")
    rows_of_reads = reads.values("at", "action", by=F("member__user__full_name"))
    yield "reads.jsonl", _("Who has read the action"), json_lines(rows_of_reads)
