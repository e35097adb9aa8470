"""What the coach says about the goal being typed: part of the form's page, or a page without JavaScript."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from goals.coach import LETTERS, GoalDraft, letter_of, review_goal
from goals.forms.coach import TypedGoalForm, dismissal_value, dismissals_in
from goals.selectors.coach import surroundings_of
from people.http import TenantRequest, wants_part
from people.models import Employee, Membership
from people.selectors.employees import employees_followed_by
from pipcycle.writing import Dismissal, Remark, Severity, knows_language, without_dismissed

CONTEXT_LETTERS = 32
ASKS: dict[Severity, tuple[str, str | Promise]] = {
    Severity.MUST: ("warning", _("Needed")),
    Severity.SHOULD: ("info", _("Advised")),
    Severity.HINT: ("neutral", _("Hint")),
}
FIELDS: dict[str, str | Promise] = {
    "title": _("Goal"),
    "why": _("Why it matters"),
    "measure": _("Measured by"),
    "baseline": _("Today"),
    "target": _("Target"),
    "unit": _("Unit"),
    "support_needed": _("Support needed"),
    "starts_on": _("From"),
    "due_on": _("Due"),
    "weight": _("Weight"),
    "objective": _("Objective or responsibility"),
    "steps": _("Milestones"),
}


@dataclass(frozen=True, kw_only=True)
class ShownRemark:
    """A remark with the words around those it quotes, and where they are typed."""

    remark: Remark
    kind: str
    asks: str | Promise
    label: str | Promise
    target: str
    before: str
    after: str
    dismiss: str


@require_POST
def coach(request: TenantRequest) -> HttpResponse:
    """Say what is missing or vague in the goal as typed so far; nothing is saved."""
    employee = _employee_asked_for(request)
    context = coach_context(
        employee, request.POST, goal_id=_number(request.GET.get("goal")), is_part=wants_part(request)
    )
    template = "goals/_coach.html" if wants_part(request) else "goals/coach.html"
    return render(request, template, context)


def coach_context(
    employee: Employee, data: QueryDict, *, goal_id: int | None = None, is_part: bool = False
) -> dict[str, Any]:
    """Return what ``goals/_coach.html`` shows about the goal typed for the employee, whom the reader may follow."""
    form = TypedGoalForm(data)
    today = timezone.localdate()
    around = surroundings_of(employee, metric=form.chosen_metric, cycle=form.chosen_cycle, goal_id=goal_id, today=today)
    draft = form.draft(other_weights=around.other_weights, language=get_language() or "en")
    remarks = review_goal(draft, calendar=around.calendar, job_range=around.job_range, cycle=around.cycle, today=today)
    dismissed = dismissals_in(data)
    kept = without_dismissed(remarks, dismissed)
    return {
        "employee": employee,
        "goal_id": goal_id,
        "letters": _letters(draft, kept),
        "count": len(kept),
        "must_count": sum(remark.is_must for remark in kept),
        "aside_count": len(remarks) - len(kept),
        "dismissed": [dismissal_value(one) for one in dismissed],
        "knows_language": knows_language(draft.language),
        "is_part": is_part,
    }


def _employee_asked_for(request: TenantRequest) -> Employee:
    """Return the person the goal is for: one whose goals the member may read, else Http404."""
    wanted = _number(request.GET.get("employee") or request.POST.get("employee"))
    if wanted is None:
        raise Http404
    return employee_followed(request.member, wanted)


def employee_followed(member: Membership, employee_id: int) -> Employee:
    """Return the person with what the coach needs of them, else Http404."""
    rows = employees_followed_by(member).select_related("organization", "location", "job_description")
    employee: Employee = get_object_or_404(rows, pk=employee_id)
    return employee


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


def _letters(draft: GoalDraft, remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    shown: dict[str, list[ShownRemark]] = {letter: [] for letter in LETTERS}
    for remark in remarks:
        shown[letter_of(remark)].append(_shown(draft, remark))
    return [{"letter": letter, "name": name, "remarks": shown[letter]} for letter, name in LETTERS.items()]


def _shown(draft: GoalDraft, remark: Remark) -> ShownRemark:
    text = draft.text_of(remark.field)
    kind, asks = ASKS[remark.severity]
    is_whole = remark.excerpt == text.strip()
    return ShownRemark(
        remark=remark,
        kind=kind,
        asks=asks,
        label=FIELDS.get(remark.field, FIELDS["steps"]),
        target=remark.field if remark.field == "steps" else f"id_{remark.field}",
        before="" if is_whole else _cut_before(text[: remark.start]),
        after="" if is_whole else _cut_after(text[remark.end :]),
        dismiss="" if remark.is_must else dismissal_value(Dismissal.of(remark.code, remark.excerpt)),
    )


def _cut_before(text: str) -> str:
    if len(text) <= CONTEXT_LETTERS:
        return text
    kept = text[-CONTEXT_LETTERS:]
    return f"…{kept.partition(' ')[2] or kept}"


def _cut_after(text: str) -> str:
    if len(text) <= CONTEXT_LETTERS:
        return text
    kept = text[:CONTEXT_LETTERS]
    return f"{kept.rpartition(' ')[0] or kept}…"
