"""Writing the draft in short steps. It saves itself; what cannot be saved is kept as typed, and no word is lost."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.http import TenantRequest, wants_part
from pipcycle.errors import DomainError
from pips.drafts import CHECK, STEPS, before, fingerprint, following, work_left
from pips.enums import PlanStatus, Step
from pips.forms.draft import Held, StepForms, saved_step, typed_step
from pips.looking import one_look
from pips.models import DraftAutosave, Plan
from pips.rules import can_edit_plan, can_take_back_to_draft, findings
from pips.selectors.autosave import kept_words
from pips.selectors.plans import plan_for
from pips.selectors.templates import template_of
from pips.services.autosave import DraftConflictError, keep_typed, save_step
from pips.suggestions import suggestions_for
from pips.views.choices import row_choices
from pips.views.stepping import plan_url, step_is_over
from pips.views.wording import readiness_context, wording_context

_EDITABLE = frozenset({PlanStatus.DRAFT, PlanStatus.CHANGES_REQUESTED})
_OURS = frozenset({"csrfmiddlewaretoken", "seen", "tab", "step", "autosave", "save", "next", "to"})


@require_safe
def plan_edit(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Go to the first step in which something is left to do."""
    plan = _editable(request, plan_id)
    if isinstance(plan, HttpResponse):
        return plan
    left = work_left(plan, findings(plan, Step.SUBMIT))
    first = next((step for step, number in left.items() if number), CHECK)
    return redirect(step_url(request, plan, first))


@require_http_methods(["GET", "HEAD", "POST"])
def plan_step(request: TenantRequest, plan_id: int, step: str) -> HttpResponse:
    """Show one step of the draft, change its rows, or save it."""
    if step not in STEPS:
        raise Http404
    plan = _editable(request, plan_id)
    if isinstance(plan, HttpResponse):
        return plan
    if request.method != "POST" or step == CHECK:
        return _saved_page(request, plan, step)
    if "autosave" in request.POST:
        return _autosave(request, plan, step)
    if _asks_for_rows(request.POST):
        return _change_rows(request, plan, step)
    return _save(request, plan, step)


@require_POST
def readiness(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Say what would stand in the way if the draft were submitted as it is typed; nothing is saved."""
    step = request.POST.get("step", "")
    if step not in STEPS:
        raise Http404
    plan = _editable(request, plan_id)
    if isinstance(plan, HttpResponse):
        return plan
    forms = _bound(plan, step, request.POST)
    context = as_typed(request, plan, forms) if forms.is_valid() else None
    context = context or {"findings": [], "is_incomplete": True, **wording_context(request.member, plan)}
    return render(request, "pips/_readiness_and_wording.html", {"plan": plan, "is_live": True, **context})


def as_typed(request: TenantRequest, plan: Plan, forms: StepForms) -> dict[str, Any] | None:
    """Save the step as typed, ask the gates and the linter, take everything back; None where it cannot be saved."""
    typed = Plan.objects.select_related("employee__location", "employee__organization").get(pk=plan.pk)
    seen = fingerprint(typed, forms.step)
    with transaction.atomic():
        point = transaction.savepoint_create()
        try:
            save_step(actor=request.member, plan=typed, step=forms.step, part=forms.part(), seen=seen)
            written = Plan.objects.select_related("employee__location", "employee__organization").get(pk=plan.pk)
            with one_look(written):
                return {**readiness_context(written), **wording_context(request.member, written)}
        except DomainError:
            return None
        finally:
            transaction.savepoint_rollback(point)


def step_url(request: TenantRequest, plan: Plan, step: str) -> str:
    """Return the address of a step."""
    return f"{plan_url(request, plan, 'pips:plan_edit')}{step}/"


def as_data(typed: Mapping[str, Sequence[str]]) -> QueryDict:
    """Return kept words as a browser would send them."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, list(values))
    return data


def typed_values(data: QueryDict) -> dict[str, list[str]]:
    """Return the fields as sent, without what belongs to the page."""
    return {name: [str(value) for value in data.getlist(name)] for name in data if name not in _OURS}


def _editable(request: TenantRequest, plan_id: int) -> Plan | HttpResponse:
    plan = plan_for(request.member, plan_id)
    if plan.status not in _EDITABLE:
        return step_is_over(request, plan)
    if not (can_edit_plan(request.member, plan) or can_take_back_to_draft(request.member, plan)):
        raise PermissionDenied
    return plan


def _asks_for_rows(data: QueryDict) -> bool:
    return any(name in data for name in ("add", "remove", "suggest"))


def _bound(plan: Plan, step: str, data: QueryDict) -> StepForms:
    return StepForms(step, held=saved_step(plan, step), offered=row_choices(plan, step), data=data)


def _save(request: TenantRequest, plan: Plan, step: str) -> HttpResponse:
    """Save the step and go on; the rail leads on even where something is not finished, which is kept as typed."""
    forms = _bound(plan, step, request.POST)
    asked = request.POST.get("to", "")
    if not forms.is_valid():
        _keep(request, plan, step)
        if asked in STEPS:
            messages.warning(
                request, _("Something in “%(step)s” is not finished. It is kept as typed.") % {"step": STEPS[step]}
            )
            return HttpResponseRedirect(step_url(request, plan, asked))
        return _page(request, plan, forms, status=422)
    try:
        save_step(actor=request.member, plan=plan, step=step, part=forms.part(), **_page_state(request))
    except DraftConflictError:
        kept = _keep(request, plan, step)
        return redirect(plan_url(request, plan, "pips:plan_kept_words", kept_id=kept.pk))
    except DomainError as error:
        _keep(request, plan, step)
        forms.add_error(None, str(error))
        return _page(request, plan, forms, status=409)
    messages.success(request, _("Draft saved."))
    goes_on = following(step) if "next" in request.POST else step
    return HttpResponseRedirect(step_url(request, plan, asked if asked in STEPS else goes_on))


def _autosave(request: TenantRequest, plan: Plan, step: str) -> HttpResponse:
    """Save what can be saved, keep the rest as typed, and say which of the two was done."""
    forms = _bound(plan, step, request.POST)
    state: dict[str, Any] = {"plan": plan, "at": timezone.now(), "seen": request.POST.get("seen", "")}
    if plan.status == PlanStatus.CHANGES_REQUESTED or not forms.is_valid():
        _keep(request, plan, step)
        state["is_kept"], state["is_unfinished"] = True, plan.status == PlanStatus.DRAFT
    else:
        try:
            state["seen"] = save_step(
                actor=request.member, plan=plan, step=step, part=forms.part(), **_page_state(request)
            )
        except DraftConflictError:
            state["conflict"] = _keep(request, plan, step)
        except DomainError as error:
            state["refusal"] = str(error)
            _keep(request, plan, step)
    return render(request, "pips/_draft_state.html", state)


def _keep(request: TenantRequest, plan: Plan, step: str) -> DraftAutosave:
    typed = typed_values(request.POST)
    return keep_typed(actor=request.member, plan=plan, step=step, typed=typed, **_page_state(request))


def _page_state(request: TenantRequest) -> dict[str, str]:
    """Return which tab the page is open in, and which state of the step it was made from."""
    return {"seen": request.POST.get("seen", ""), "tab": request.POST.get("tab", "")}


def _change_rows(request: TenantRequest, plan: Plan, step: str) -> HttpResponse:
    """Add or remove one row, or take a suggestion over; everything typed stays as it is."""
    held = typed_step(request.POST, step)
    rows = [*held.rows]
    chosen = request.POST.get("suggest", "")
    rows += [one.row() for one in suggestions_for(plan) if one.key == chosen and step == "expectations"]
    added = request.POST.get("add", "") or ("expectations" if chosen else "")
    forms = StepForms(step, held=Held(held.fields, rows), offered=row_choices(plan, step), focus=added)
    return _page(request, plan, forms, is_typed=True)


def _saved_page(request: TenantRequest, plan: Plan, step: str) -> HttpResponse:
    kept = kept_words(request.member, plan).filter(step=step).first() if step != CHECK else None
    if kept is not None and kept.seen == fingerprint(plan, step):
        forms = _bound(plan, step, as_data(kept.typed or {}))
        forms.is_valid()
        return _page(request, plan, forms, kept=kept)
    return _page(
        request,
        plan,
        StepForms(
            step,
            held=saved_step(plan, step) if step != CHECK else None,
            offered=row_choices(plan, step),
        ),
    )


@dataclass(frozen=True)
class RailItem:
    """A step on the rail: where it stands and how much is left in it."""

    key: str
    label: str | Promise
    state: str
    left: int


def _rail(step: str, left: Mapping[str, int]) -> list[RailItem]:
    states = {key: "current" if key == step else "todo" if left[key] else "done" for key in STEPS}
    states[CHECK] = "current" if step == CHECK else "todo"
    return [RailItem(key, label, states[key], left[key]) for key, label in STEPS.items()]


def _page(
    request: TenantRequest,
    plan: Plan,
    forms: StepForms,
    *,
    status: int = 200,
    is_typed: bool = False,
    kept: DraftAutosave | None = None,
) -> HttpResponse:
    with one_look(plan):
        ready, wording = readiness_context(plan), wording_context(request.member, plan)
    template, step = template_of(plan), forms.step
    is_sent_back = is_typed or status != 200
    context: dict[str, Any] = {
        "plan": plan,
        "forms": forms,
        "step": step,
        "step_label": STEPS[step],
        "part": f"pips/_draft_{step}.html",
        "rail": _rail(step, work_left(plan, ready["findings"])),
        "back": before(step),
        **ready,
        "is_typed": is_sent_back or kept is not None,
        "kept": kept,
        "others_kept": [one for one in kept_words(request.member, plan) if kept is None or one.pk != kept.pk],
        "step_labels": STEPS,
        "seen": request.POST.get("seen", "") if is_sent_back else fingerprint(plan, step),
        "tab": request.POST.get("tab", "") or (kept.tab if kept else secrets.token_hex(8)),
        "plan_template": template,
        "guidance": template.guidance.get(step, "") if template else "",
        "suggestions": suggestions_for(plan) if step == "expectations" else [],
        "changes": plan_changes(plan),
        **wording,
    }
    page = "pips/plan_edit.html"
    return render(request, f"{page}#form" if wants_part(request) else page, context, status=status)


def plan_changes(plan: Plan) -> Any:
    """Return what HR asked for last, if the draft comes back from review."""
    asked = [note for note in plan.notes.all() if note.kind == "changes_requested"]
    return max(asked, key=lambda note: note.at, default=None)
