"""Writing the draft. Rows are added and removed by plain buttons; nothing typed is lost on the way."""

import hashlib
import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.http import TenantRequest
from pipcycle.errors import DomainError
from pips.enums import PlanStatus, Step
from pips.forms.draft import FREE_ROWS, DraftForms, saved_draft, typed_draft
from pips.models import Plan
from pips.rules import can_edit_plan, can_take_back_to_draft, findings
from pips.selectors import plan_for
from pips.services.plan import revise_draft, take_back_to_draft
from pips.views.choices import support_owners
from pips.views.stepping import plan_url, step_is_over

_EDITABLE = frozenset({PlanStatus.DRAFT, PlanStatus.CHANGES_REQUESTED})


@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Show the draft, change its rows, or save it."""
    plan = plan_for(request.member, plan_id)
    if plan.status not in _EDITABLE:
        return step_is_over(request, plan)
    if not (can_edit_plan(request.member, plan) or can_take_back_to_draft(request.member, plan)):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, plan, _saved_forms(plan))
    if "save" not in request.POST:
        return _change_rows(request, plan)
    return _save(request, plan)


def fingerprint(plan: Plan) -> str:
    """Return a short digest of the saved draft, to notice that somebody else has saved it in the meantime."""
    saved = json.dumps(saved_draft(plan), cls=DjangoJSONEncoder, sort_keys=True, default=str)
    return hashlib.sha256(saved.encode()).hexdigest()[:16]


def _save(request: TenantRequest, plan: Plan) -> HttpResponse:
    initial, rows = saved_draft(plan)
    forms = DraftForms(initial=initial, rows=rows, owners=support_owners(plan), data=request.POST)
    if not forms.is_valid():
        return _page(request, plan, forms, status=422)
    if request.POST.get("seen") != fingerprint(plan):
        forms.add_error(
            _(
                "Somebody else has saved this draft since you opened it. Your words are below and not saved yet: "
                "compare them with the saved draft in a second tab, then save again to replace it."
            )
        )
        return _page(request, plan, forms, status=409)
    try:
        if plan.status == PlanStatus.CHANGES_REQUESTED:
            take_back_to_draft(actor=request.member, plan=plan)
        revise_draft(actor=request.member, plan=plan, **forms.revision())
    except DomainError as error:
        forms.add_error(str(error))
        return _page(request, plan, forms, status=409)
    messages.success(request, _("Draft saved."))
    return HttpResponseRedirect(plan_url(request, plan, "pips:plan_edit"))


def _change_rows(request: TenantRequest, plan: Plan) -> HttpResponse:
    """Add or remove one row, or follow a new length; everything typed stays as it is."""
    initial, rows = typed_draft(request.POST)
    added = request.POST.get("add", "")
    if added in FREE_ROWS:
        rows[added].append({})
    name, _dash, index = request.POST.get("remove", "").partition("-")
    if name in FREE_ROWS and index.isdigit() and int(index) < len(rows[name]):
        del rows[name][int(index)]
    forms = DraftForms(initial=initial, rows=rows, owners=support_owners(plan), focus=added)
    return _page(request, plan, forms, is_typed=True)


def _saved_forms(plan: Plan) -> DraftForms:
    initial, rows = saved_draft(plan)
    return DraftForms(initial=initial, rows=rows, owners=support_owners(plan))


def _page(
    request: TenantRequest, plan: Plan, forms: DraftForms, *, status: int = 200, is_typed: bool = False
) -> HttpResponse:
    found = findings(plan, Step.SUBMIT)
    context: dict[str, Any] = {
        "plan": plan,
        "forms": forms,
        "findings": found,
        "is_ready": not any(finding.is_blocking for finding in found),
        "is_typed": is_typed or status != 200,
        "seen": fingerprint(plan) if status in (200, 409) and not is_typed else request.POST.get("seen", ""),
        "changes": plan_changes(plan),
    }
    template = "pips/plan_edit.html#form" if request.htmx and not request.htmx.boosted else "pips/plan_edit.html"
    return render(request, template, context, status=status)


def plan_changes(plan: Plan) -> Any:
    """Return what HR asked for last, if the draft comes back from review."""
    asked = [note for note in plan.notes.all() if note.kind == "changes_requested"]
    return max(asked, key=lambda note: note.at, default=None)
