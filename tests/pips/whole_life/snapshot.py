"""Every row of a plan's life as the database has it, read anew after each step."""

import hashlib
from typing import Any

from django.apps import apps

from documents.models import Document

type Row = dict[str, Any]
type Rows = dict[Any, Row]
type Snapshot = dict[str, Rows]

#: What is read after each step; a document's bytes are read once, when it is new.
MODELS = (
    "pips.Plan",
    "pips.Concern",
    "pips.Expectation",
    "pips.Milestone",
    "pips.MilestoneReading",
    "pips.PlanCheckIn",
    "pips.SupportCommitment",
    "pips.FollowUp",
    "pips.PlanNote",
    "pips.PlanTransition",
    "pips.GateAnswer",
    "pips.EquitySnapshot",
    "pips.LegalReview",
    "pips.Amendment",
    "pips.LeaveProposal",
    "pips.DateShift",
    "pips.ExpectationResult",
    "pips.PlanDecision",
    "pips.VoiceEntry",
    "pips.DataCheck",
    "pips.AccommodationRequest",
    "pips.Appeal",
    "documents.Document",
    "documents.Acknowledgement",
    "people.Leave",
    "reminders.Obligation",
    "reminders.OutboxMessage",
)

#: Rows of these are written once and never change or go.
FINAL = (
    "pips.PlanNote",
    "pips.PlanTransition",
    "pips.GateAnswer",
    "pips.EquitySnapshot",
    "pips.DateShift",
    "pips.ExpectationResult",
    "pips.PlanDecision",
    "pips.VoiceEntry",
    "documents.Document",
    "documents.Acknowledgement",
)

#: The history beside the rows: it only grows.
HISTORIES = ("pips.PlanEvent", "pips.MilestoneEvent", "pips.SupportCommitmentEvent", "pips.PlanCheckInEvent")


def take() -> Snapshot:
    """Read every row."""
    return {label: _rows(label) for label in MODELS}


def history_lengths() -> list[int]:
    return [apps.get_model(label)._default_manager.count() for label in HISTORIES]


def is_sealed_right(document_id: Any) -> bool:
    """Return whether the document's bytes are those its hash and size speak of."""
    document = Document.objects.get(pk=document_id)
    content = bytes(document.content)
    return hashlib.sha256(content).hexdigest() == document.sha256 and len(content) == document.size


def changes(before: Snapshot, after: Snapshot, *, but: frozenset[str] = frozenset()) -> list[str]:
    """Name what differs between two snapshots, for a message that tells what happened."""
    return [
        f"{label} {key}: {before[label].get(key)} > {after[label].get(key)}"
        for label in MODELS
        if label not in but
        for key in before[label].keys() | after[label].keys()
        if before[label].get(key) != after[label].get(key)
    ]


def _rows(label: str) -> Rows:
    model = apps.get_model(label)
    fields = [field.attname for field in model._meta.concrete_fields if field.name != "content"]
    return {row["id"]: row for row in model._default_manager.order_by("pk").values(*fields)}
