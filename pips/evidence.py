"""What plans give to a bundle of evidence: content, moves, notes, history, readers; what HR alone knows is withheld."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from documents.evidence.contents import as_json
from documents.evidence.lines import json_lines
from documents.registry import BundlePart, BundleSubject
from people.models import AccessRecord, Employee, Membership
from pips.gates.equity import EQUITY_GATES
from pips.models import Appeal, EquitySnapshot, GateAnswer, LegalReview, Plan
from pips.obligations import About
from pips.rules_voice import can_read_accommodation_detail
from pips.selectors.plans import plans_about
from pips.snapshots import snapshot_of


def subjects(member: Membership, employee: Employee) -> Iterator[BundleSubject]:
    """Yield the plans a bundle can be about."""
    for plan in plans_about(member, employee):
        yield BundleSubject(about_type=About.PLAN, about_id=plan.pk, title=_("Plan: %(plan)s") % {"plan": plan.title})


#: Rules whose answers compare the employee with colleagues: HR's own.
_OF_OTHER_PEOPLE = sorted({gate.rule for gate in EQUITY_GATES})


def parts(member: Membership, employee: Employee) -> Iterator[BundlePart]:
    """Yield the files about each plan the member may read."""
    for plan in plans_about(member, employee):
        about = (str(About.PLAN), plan.pk)
        folder = f"plans/{plan.pk}-{slugify(plan.title)[:60].strip('-') or 'plan'}"
        content = as_json({"title": plan.title, "status": plan.status, "version": plan.version, **snapshot_of(plan)})
        yield BundlePart(path=f"{folder}/plan.json", title=plan.title, content=content, about=about)
        for name, title, rows in _records(plan):
            lines = json_lines(rows)
            yield BundlePart(path=f"{folder}/{name}.jsonl", title=title, content=lines, about=about)
        yield from _withheld(plan, about)
        if can_read_accommodation_detail(member, plan):
            yield _withheld_requests(plan, about)


def _records(plan: Plan) -> Iterator[tuple[str, str, QuerySet[Any, Any]]]:
    moves = plan.transitions.values("source", "target", "reason", "at", by=F("actor__user__full_name"))
    yield "transitions", _("Moves of the plan"), moves
    yield "notes", _("Notes"), plan.notes.values("kind", "body", "at", by=F("author__user__full_name"))
    answers = GateAnswer.objects.filter(plan=plan).exclude(rule__in=_OF_OTHER_PEOPLE)
    columns = ("step", "code", "rule", "message", "reason", "at")
    yield "gate_answers", _("Reasons given"), answers.values(*columns, by=F("author__user__full_name"))
    changes = plan.amendments.values(
        "kind", "status", "base_version", "version", "reason", "reason_kind", "more_days", "before", "proposal",
        "after",
        "proposed_at", "decided_at", "decision_reason",
        proposer=F("proposed_by__user__full_name"), decider=F("decided_by__user__full_name"),
    )  # fmt: skip
    yield "changes", _("Changes and versions"), changes
    yield "moved_dates", _("Dates that moved"), plan.date_shifts.values("day", "old_on", "new_on", "reason", "at")
    words = plan.voice_entries.values("kind", "body", "document", "at", by=F("author__user__full_name"))
    yield "words", _("The employee’s own words"), words
    checked = ("challenged_value", "words", "status", "opened_at", "answer", "corrected_value", "answered_at")
    yield "data_checks", _("Checks of readings"), plan.data_checks.values("expectation__title", *checked)
    appealed = ("words", "status", "outcome", "outcome_reason", "filed_at", "reasons", "decided_at")
    yield "appeal", _("Appeal"), Appeal.objects.filter(plan=plan).values(*appealed, by=F("reviewer__user__full_name"))
    events: Any = plan.events
    yield "history", _("Every change of the plan’s row"), events.order_by("pgh_id").values()
    reads = AccessRecord.objects.filter(about_type=About.PLAN, about_id=str(plan.pk)).order_by("at", "pk")
    yield "reads", _("Who has read the plan"), reads.values("at", "action", by=F("member__user__full_name"))


def _withheld_requests(plan: Plan, about: tuple[str, int]) -> BundlePart:
    """Return that requests for an accommodation are left out; only who may know of them is told (rule 10)."""
    return BundlePart(
        is_withheld=True,
        kind=_("Requests for an accommodation"),
        count=plan.accommodation_requests.count(),
        reason=_("Medical: kept apart, seen by HR alone."),
        about=about,
    )


def _withheld(plan: Plan, about: tuple[str, int]) -> Iterator[BundlePart]:
    yield BundlePart(
        is_withheld=True,
        kind=_("HR reviews and their reasons"),
        count=LegalReview.objects.filter(plan=plan).count(),
        reason=_("Privileged: prepared for legal advice, seen by HR alone."),
        about=about,
    )
    yield BundlePart(
        is_withheld=True,
        kind=_("Comparisons with colleagues"),
        count=EquitySnapshot.objects.filter(plan=plan).count()
        + GateAnswer.objects.filter(plan=plan, rule__in=_OF_OTHER_PEOPLE).count(),
        reason=_("They are about other people and seen by HR alone."),
        about=about,
    )
