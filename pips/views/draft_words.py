"""Words beside the draft: what a writer typed against what somebody saved meanwhile, and the draft as it would read."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.renderers import RenderersBusyError
from documents.services.drafts import render_draft
from documents.throttle import is_too_often
from people.http import TenantRequest
from pipcycle.errors import DomainError
from pips.comparing import choices, chosen, typed_of
from pips.drafts import STEPS, fingerprint
from pips.forms.draft import StepForms, saved_step
from pips.models import DraftAutosave, Plan
from pips.rules import can_edit_plan, can_take_back_to_draft
from pips.selectors.autosave import kept_words_for
from pips.selectors.plans import plan_for
from pips.services.autosave import forget_typed, keep_typed, save_step
from pips.services.sealing import PLAN_TEMPLATE, version_context
from pips.views.choices import row_choices
from pips.views.draft import as_data, step_url
from pips.views.page import expectation_rows
from pips.views.promised import support_rows

#: Previews one member may have rendered within a minute: each takes about a second of the web process.
MOST_PREVIEWS = 6


@require_http_methods(["GET", "HEAD", "POST"])
def kept_words_page(request: TenantRequest, plan_id: int, kept_id: int) -> HttpResponse:
    """Show what the writer typed beside what is saved, and save the draft as they choose, field by field."""
    plan = _written_by(request, plan_id)
    kept = kept_words_for(request.member, plan, kept_id)
    offered = row_choices(plan, kept.step)
    saved = typed_of(StepForms(kept.step, held=saved_step(plan, kept.step), offered=offered))
    if request.method == "POST" and "drop" in request.POST:
        forget_typed(actor=request.member, kept=kept)
        messages.success(request, _("Your words are thrown away; the saved draft stays as it is."))
        return redirect(step_url(request, plan, kept.step))
    if request.method == "POST":
        typed = chosen(kept.step, mine=kept.typed or {}, saved=saved, wanted=request.POST.dict())
        return _settle(request, plan, kept, typed)
    context = {
        "plan": plan,
        "kept": kept,
        "step_label": STEPS[kept.step],
        "choices": choices(kept.step, mine=kept.typed or {}, saved=saved, offered=offered),
        "seen": fingerprint(plan, kept.step),
    }
    return render(request, "pips/draft_kept.html", context)


@require_safe
def preview(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Show the draft as the employee would read it."""
    plan = _written_by(request, plan_id)
    context = {
        "plan": plan,
        "expectation_rows": expectation_rows(plan),
        "support_rows": support_rows(request.member, plan),
    }
    return render(request, "pips/draft_preview.html", context)


@require_safe
def preview_pdf(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Render the draft as a PDF marked as such; it is neither sealed nor kept."""
    plan = _written_by(request, plan_id)
    if is_too_often(request, action=f"preview-{request.member.pk}", limit=MOST_PREVIEWS, seconds=60):
        messages.error(request, _("Many previews in a short time. Wait a minute, then ask for the PDF again."))
        return redirect("pips:plan_preview", organization_slug=request.organization.slug, plan_id=plan.pk)
    try:
        content = render_draft(
            title=plan.title,
            employee=plan.employee,
            template=PLAN_TEMPLATE,
            context=version_context(plan),
            at=timezone.now(),
        )
    except RenderersBusyError as busy:
        messages.error(request, str(busy))
        return redirect("pips:plan_preview", organization_slug=request.organization.slug, plan_id=plan.pk)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="draft.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


def _written_by(request: TenantRequest, plan_id: int) -> Plan:
    plan = plan_for(request.member, plan_id)
    if not (can_edit_plan(request.member, plan) or can_take_back_to_draft(request.member, plan)):
        raise PermissionDenied
    return plan


def _settle(request: TenantRequest, plan: Plan, kept: DraftAutosave, typed: dict[str, list[str]]) -> HttpResponse:
    """Save the chosen words, or keep them where they cannot be saved; then show the step."""
    forms = StepForms(kept.step, offered=row_choices(plan, kept.step), data=as_data(typed))
    seen = request.POST.get("seen", "")
    there = redirect(step_url(request, plan, kept.step))
    if not forms.is_valid():
        keep_typed(actor=request.member, plan=plan, step=kept.step, tab=kept.tab, typed=typed, seen=seen)
        messages.warning(request, _("As chosen, something is not finished yet. Complete it, then save."))
        return there
    try:
        save_step(actor=request.member, plan=plan, step=kept.step, part=forms.part(), seen=seen, tab=kept.tab)
    except DomainError as error:
        messages.error(request, _("%(why)s Nothing is lost: compare again.") % {"why": error})
        return redirect(request.path)
    messages.success(request, _("Draft saved as you chose."))
    return there
