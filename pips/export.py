"""Everything about a plan for the one it is about: one ZIP with the sealed PDFs and the record as data (rule 21).

Left out is what belongs to HR alone: legal reviews, equity checks, answers to gates, and the time before the issue.
"""

import io
import json
import zipfile
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.text import slugify
from django.utils.translation import gettext as _

from documents.models import Document
from people.models import Membership
from pips.enums import SignalVerdict, SupportAnswer
from pips.models import Milestone, Plan, PlanCheckIn, SupportCommitment
from pips.obligations import About
from pips.selectors.voice import Voice, voice_of
from pips.snapshots import snapshot_of

_ABOUT = (About.PLAN, About.OUTCOME)


def export_of(plan: Plan, member: Membership) -> bytes:
    """Return the ZIP for the employee; ``plan`` comes from ``plan_for``."""
    packed = io.BytesIO()
    documents = list(Document.objects.filter(about_type__in=_ABOUT, about_id=plan.pk).order_by("sealed_at"))
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("README.txt", _readme())
        record = json.dumps(record_of(plan, member), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        bundle.writestr("plan.json", record)
        for document in documents:
            bundle.writestr(_name(document), bytes(document.content))
    return packed.getvalue()


def record_of(plan: Plan, member: Membership) -> dict[str, Any]:
    """Return the record of the plan as its employee may have it, JSON-able."""
    return {
        "employee": plan.employee.full_name,
        "manager": plan.manager.full_name,
        "status": plan.status,
        "issued_at": plan.issued_at,
        "acknowledged_at": plan.acknowledged_at,
        "outcome": plan.outcome,
        "outcome_reason": plan.outcome_reason,
        "decided_at": plan.decided_at,
        "content": snapshot_of(plan),
        "check_ins": [_meeting(one) for one in plan.check_ins.all()],
        "milestones": [_milestone(one) for one in plan.milestones.all()],
        "support": [_support(one) for one in plan.support_commitments.all()],
        "follow_ups": [
            {"day": one.day, "due_on": one.due_on, "is_sustained": one.is_sustained, "note": one.note}
            for one in plan.follow_ups.all()
        ],
        "history": [
            {"at": note.at, "kind": note.kind, "by": str(note.author or ""), "body": note.body}
            for note in plan.notes.all()
            if plan.issued_at is not None and note.at >= plan.issued_at
        ],
        **_voice(plan, voice_of(member, plan)),
        "documents": [
            {"file": _name(one), "version": one.version, "sealed_at": one.sealed_at, "sha256": one.sha256}
            for one in Document.objects.filter(about_type__in=_ABOUT, about_id=plan.pk).defer("content")
        ],
    }


def _meeting(meeting: PlanCheckIn | Milestone) -> dict[str, Any]:
    names = ("day", "due_on", "held_on", "track_status", "manager_view", "employee_view")
    more = ("support_delivered", "obstacles", "actions") if isinstance(meeting, PlanCheckIn) else ("next_steps",)
    return {name: getattr(meeting, name) for name in (*names, *more)}


def _milestone(milestone: Milestone) -> dict[str, Any]:
    readings = [
        {
            "expectation": reading.expectation.title,
            "value": reading.value,
            "measured": reading.measured,
            "verdict": str(SignalVerdict(reading.verdict).label) if reading.verdict else "",
        }
        for reading in milestone.readings.all()
    ]
    return {**_meeting(milestone), "readings": readings}


def _support(commitment: SupportCommitment) -> dict[str, Any]:
    answer = str(SupportAnswer(commitment.answer).label) if commitment.answer else ""
    names = ("description", "due_on", "delivered_on", "delivered_note", "confirm_by", "answer_note", "resolution")
    return {"owner": commitment.owner.full_name, "answer": answer} | {name: getattr(commitment, name) for name in names}


def _voice(plan: Plan, voice: Voice) -> dict[str, Any]:
    details = {one.pk: one.detail.words for one in plan.accommodation_requests.select_related("detail")}
    appeal = voice.appeal
    return {
        "words": [
            {"at": one.at, "kind": one.kind, "body": one.body, "document": one.document_id} for one in voice.entries
        ],
        "checks": [
            {
                "expectation": one.expectation.title,
                "challenged_value": one.challenged_value,
                "words": one.words,
                "status": one.status,
                "answer": one.answer,
                "corrected_value": one.corrected_value,
            }
            for one in voice.checks
        ],
        "accommodations": [
            {
                "requested_at": one.requested_at,
                "words": details.get(one.pk, ""),
                "status": one.status,
                "granted": one.granted,
                "restrictions": one.restrictions,
                "starts_on": one.starts_on,
                "ends_on": one.ends_on,
                "reason": one.reason,
            }
            for one in voice.accommodations
        ],
        "companions": [
            {"name": str(one.member), "kind": one.kind, "invited_at": one.invited_at, "revoked_at": one.revoked_at}
            for one in plan.companions.select_related("member__user")
        ],
        "appeal": None
        if appeal is None
        else {"filed_at": appeal.filed_at, "words": appeal.words, "status": appeal.status, "reasons": appeal.reasons},
    }


def _name(document: Document) -> str:
    return f"documents/{slugify(document.title) or 'document'}-{slugify(document.kind)}-v{document.version}.pdf"


def _readme() -> str:
    return _(
        "Everything PIPCycle keeps about this plan that is yours to know.\n\n"
        "plan.json: what was agreed, every meeting with both views, readings, support, your words, history.\n"
        "documents/: the sealed PDFs; plan.json names the SHA-256 of each, and the portal verifies a copy.\n\n"
        "Not in it: HR's own legal notes, which are withheld."
    )
