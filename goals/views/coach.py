"""What the coach says about the goal being typed: part of the form's page, or a page without JavaScript."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from goals.coach import LETTERS, GoalDraft, letter_of, review_goal
from goals.forms.coach import AsideTyped, TypedGoalForm, aside_in, aside_value
from goals.models import Goal
from goals.selectors.coach import SetAsideBy, set_aside_in, surroundings_of, with_names
from goals.selectors.goals import goals_visible_to
from people.addresses import portal_url
from people.http import TenantRequest, wants_part
from people.models import Employee, Membership
from people.selectors.employees import employees_followed_by
from pipcycle.writing import Remark, SetAside, Severity, knows_language, part_set_aside, text_language

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
    value: str
    lacks_reason: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class ShownAside:
    """A remark set aside, where its words stand, and the value of the button that takes it back."""

    by: SetAsideBy
    label: str | Promise
    value: str


@require_POST
def coach(request: TenantRequest) -> HttpResponse:
    """Say what is missing or vague in the goal as typed so far; nothing is saved."""
    employee = _employee_asked_for(request)
    wanted = _number(request.GET.get("goal"))
    mine = goals_visible_to(request.member).filter(employee=employee, pk=wanted)
    goal = mine.first() if wanted else None
    context = coach_context(employee, request.POST, goal=goal, goal_id=wanted, is_part=wants_part(request))
    template = "goals/_coach.html" if wants_part(request) else "goals/coach.html"
    return render(request, template, context)


def coach_context(
    employee: Employee,
    data: QueryDict,
    *,
    goal: Goal | None = None,
    goal_id: int | None = None,
    is_part: bool = False,
) -> dict[str, Any]:
    """Return what ``goals/_coach.html`` shows about the goal typed for the employee, whom the reader may follow.

    ``aside`` are the remarks set aside that still hold, as ``keep_set_aside`` takes them.
    """
    form = TypedGoalForm(data)
    today, goal_id = timezone.localdate(), goal.pk if goal else goal_id
    around = surroundings_of(employee, metric=form.chosen_metric, cycle=form.chosen_cycle, goal_id=goal_id, today=today)
    draft = form.draft(other_weights=around.other_weights, language=text_language(get_language()))
    remarks = review_goal(draft, calendar=around.calendar, job_range=around.job_range, cycle=around.cycle, today=today)
    typed = aside_in(data, set_aside_in(goal) if goal else ())
    kept, holding = part_set_aside(remarks, typed.kept, text_of=draft.value_of)
    said = {one.code + one.field: one.message for one in remarks}
    return {
        "employee": employee,
        "goal_id": goal_id,
        "coach_url": _address(employee, goal_id),
        "letters": _letters(draft, kept, typed),
        "count": len(kept),
        "must_count": sum(remark.is_must for remark in kept),
        "aside": [replace(one, said=said.get(one.code + one.field, one.said)) for one in holding],
        "shown_aside": shown_aside(holding),
        "typed_aside": [(aside_value(one), one.reason) for one in typed.kept],
        "knows_language": knows_language(get_language() or "en"),
        "is_part": is_part,
    }


def _address(employee: Employee, goal_id: int | None) -> str:
    address = f"{portal_url(employee.organization, 'goals:coach')}?employee={employee.pk}"
    return f"{address}&goal={goal_id}" if goal_id else address


def shown_aside(aside: Sequence[SetAside]) -> list[ShownAside]:
    """Return the remarks set aside as a page lists them."""
    return [
        ShownAside(by=one, label=FIELDS.get(one.aside.field, FIELDS["steps"]), value=aside_value(one.aside))
        for one in with_names(aside)
    ]


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


def _letters(draft: GoalDraft, remarks: Sequence[Remark], typed: AsideTyped) -> list[dict[str, Any]]:
    shown: dict[str, list[ShownRemark]] = {letter: [] for letter in LETTERS}
    for remark in remarks:
        shown[letter_of(remark)].append(_shown(draft, remark, typed))
    return [{"letter": letter, "name": name, "remarks": shown[letter]} for letter, name in LETTERS.items()]


def _shown(draft: GoalDraft, remark: Remark, typed: AsideTyped) -> ShownRemark:
    text = draft.text_of(remark.field)
    kind, asks = ASKS[remark.severity]
    is_whole = remark.excerpt == text.strip()
    value = "" if remark.is_must else aside_value(SetAside.of(remark, "", text_of=draft.value_of))
    return ShownRemark(
        remark=remark,
        kind=kind,
        asks=asks,
        label=FIELDS.get(remark.field, FIELDS["steps"]),
        target=remark.field if remark.field == "steps" else f"id_{remark.field}",
        before="" if is_whole else _cut_before(text[: remark.start]),
        after="" if is_whole else _cut_after(text[remark.end :]),
        value=value,
        lacks_reason=bool(value) and value == typed.lacks_reason,
        reason=typed.begun.get(value, ""),
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
