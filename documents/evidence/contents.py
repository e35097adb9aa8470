"""What a bundle holds: what every room gives, the line of time, who has read what, and how to check all of it."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from documents.evidence.lines import json_lines
from documents.models import Acknowledgement, Document, EvidenceBundle
from documents.registry import BundlePart, bundle_part_providers
from documents.selectors import documents_of
from people.models import AccessRecord, Employee, Leave, Membership, ProtectedActivity
from people.registry import TimelineEvent
from people.selectors.case_file import CASE_FILE, timeline_of
from people.views.case_file import by_month, timeline_row
from pipcycle.exports import harmless_cell

VERIFIER = settings.BASE_DIR / "scripts" / "verify_bundle.py"
type Withheld = list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class BundleFile:
    """A file to write; ``read`` returns its content when its turn has come."""

    path: str
    title: str
    read: Callable[[], bytes]


def gathered(actor: Membership, bundle: EvidenceBundle) -> list[BundlePart]:
    """Return what every room gives to this bundle, each by its own rules for whoever asked."""
    about = about_of(bundle)
    parts = [part for provider in bundle_part_providers() for part in provider(actor, bundle.employee)]
    events = timeline_of(actor, bundle.employee)
    if about is not None:
        parts = [part for part in parts if part.about == about or (part.is_withheld and part.about is None)]
        events = [event for event in events if event.about == about]
    return [*parts, *_timeline_parts(bundle, events), *_read_parts(bundle, parts)]


def about_of(bundle: EvidenceBundle) -> tuple[str, int] | None:
    """Return the one thing the bundle is about, or None for the whole case file."""
    return (bundle.about_type, bundle.about_id) if bundle.about_type else None


def withheld_of(parts: list[BundlePart]) -> Withheld:
    """Return what is left out: kind, how many, and why; never what it says."""
    counted: Counter[tuple[str, str]] = Counter()
    for part in parts:
        if part.is_withheld and part.count:
            counted[str(part.kind), str(part.reason)] += part.count
    return [{"kind": kind, "count": count, "reason": reason} for (kind, reason), count in sorted(counted.items())]


def files_of(bundle: EvidenceBundle, parts: list[BundlePart], withheld: Withheld) -> Iterator[BundleFile]:
    """Yield the files in the order they are written."""
    readme = render_to_string("documents/evidence/readme.txt", {"bundle": bundle, "withheld": withheld})
    yield BundleFile(path="README.txt", title=_("What this is and how to check it"), read=readme.encode)
    for part in parts:
        if part.document is not None:
            yield BundleFile(path=part.path, title=part.title, read=partial(_sealed, part.document))
        elif part.content is not None:
            yield BundleFile(path=part.path, title=part.title, read=partial(bytes, part.content))
    yield BundleFile(path=VERIFIER.name, title=_("Checks the bundle"), read=VERIFIER.read_bytes)


def facts_of(bundle: EvidenceBundle, withheld: Withheld) -> dict[str, Any]:
    """Return what the manifest says besides the files."""
    return {
        "organization": bundle.organization.name,
        "employee": {"name": bundle.employee.full_name, "number": bundle.employee.number},
        "about": bundle.title,
        "purpose": bundle.purpose,
        "requested_by": str(bundle.requested_by),
        "requested_at": bundle.requested_at.isoformat(),
        "built_at": timezone.now().isoformat(),
        "hash": "SHA-256",
        "withheld": withheld,
    }


def own_parts(member: Membership, employee: Employee) -> Iterator[BundlePart]:
    """Yield what this room and the people room have: sealed documents, receipts, and what of the person is withheld."""
    for document in documents_of(member, employee):
        about = (document.about_type, document.about_id)
        name = f"documents/{document.sealed_at:%Y-%m-%d}-{_slug(document.title)}-v{document.version}-{document.pk}"
        yield BundlePart(path=f"{name}.pdf", title=str(document), document=document, about=about)
        receipts = Acknowledgement.objects.filter(document=document)
        rows = receipts.values("kind", "statement", "comment", "sha256", "recorded_at")
        facts = {"document": str(document.pk), "sealed_sha256": document.sha256, "receipt": list(rows)}
        content = json_lines([facts])
        yield BundlePart(path=f"{name}.receipt.json", title=_("Seal and receipt"), content=content, about=about)
    yield BundlePart(
        is_withheld=True,
        kind=_("Reasons of leave"),
        count=Leave.objects.filter(employee=employee).count(),
        reason=_("Medical and family detail is kept apart and never leaves HR; the dates are in the timeline."),
    )
    yield BundlePart(
        is_withheld=True,
        kind=_("Records of protected activity"),
        count=ProtectedActivity.objects.filter(employee=employee).count(),
        reason=_("Privileged: kept by HR alone."),
    )


def _timeline_parts(bundle: EvidenceBundle, events: list[TimelineEvent]) -> Iterator[BundlePart]:
    told = [event for event in events if not (event.is_privileged or event.is_personal)]
    yield BundlePart(path="timeline.csv", title=_("The timeline as a table"), content=_as_csv(told))
    context = {"bundle": bundle, "employee": bundle.employee, "months": by_month(told), "count": len(told)}
    page = render_to_string("documents/evidence/timeline.html", context).encode()
    yield BundlePart(path="timeline.html", title=_("The timeline to read"), content=page)
    yield BundlePart(
        is_withheld=True,
        kind=_("Entries of the timeline for HR alone"),
        count=sum(event.is_privileged for event in events),
        reason=_("Privileged: the reviews of HR and their reasons."),
    )
    yield BundlePart(
        is_withheld=True,
        kind=_("Feedback and talks of whoever asked"),
        count=sum(event.is_personal for event in events),
        reason=_("Written for the people in it and not for HR; whoever asked reads them for a part of their own."),
    )


def _as_csv(events: list[TimelineEvent]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_("When"), _("Kind"), _("What"), _("Details"), _("By")])
    writer.writerows([harmless_cell(cell) for cell in timeline_row(event)] for event in events)
    return text.getvalue().encode("utf-8-sig")


def _read_parts(bundle: EvidenceBundle, parts: list[BundlePart]) -> Iterator[BundlePart]:
    documents = [str(part.document.pk) for part in parts if part.document is not None]
    records = AccessRecord.objects.filter(about_type="document", about_id__in=documents)
    if not bundle.about_type:
        records |= AccessRecord.objects.filter(about_type=CASE_FILE, about_id=str(bundle.employee_id))
    rows = records.order_by("at", "pk").values(
        "at", "action", "about_type", "about_id", by=F("member__user__full_name")
    )
    yield BundlePart(path="audit/reads.jsonl", title=_("Who has read what"), content=json_lines(rows))


def _sealed(document: Document) -> bytes:
    return bytes(Document.objects.values_list("content", flat=True).get(pk=document.pk))


def _slug(words: str) -> str:
    return slugify(words)[:60].strip("-") or "document"


def as_json(facts: Any) -> bytes:
    """Return facts as a JSON file to read."""
    return json.dumps(facts, ensure_ascii=False, indent=2, default=str).encode() + b"\n"
