"""The linter on the pages: beside a draft, and on any text."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.addresses import portal_url
from people.asking import handed_in
from people.http import TenantRequest
from people.models import Membership
from pipcycle.errors import DomainError
from pipcycle.writing import Remark, SetAside, Severity
from pips.enums import Step
from pips.forms.wording import AnyTextForm, SetAsideForm, TakeBackForm
from pips.gates.catalogue import blocking, findings
from pips.linter import is_serious, remarks_on_text, rule_of
from pips.models import Plan
from pips.rules import can_edit_plan, can_take_back_to_draft
from pips.selectors.plans import plan_for
from pips.services.wording import set_remark_aside, take_remark_back
from pips.views.stepping import plan_url
from pips.wording import Written, label_in, standing_remarks, texts_in

AROUND = 40


@dataclass(frozen=True, kw_only=True)
class ShownRemark:
    """A remark with the words around it, the name of its field and its place on the page."""

    remark: Remark
    label: str
    before: str
    after: str
    rule: int
    needs_reason: bool

    @property
    def kind(self) -> str:
        """Return the kind of status component."""
        if self.needs_reason:
            return "warning"
        return "info" if self.remark.severity is Severity.SHOULD else "neutral"


def wording_context(member: Membership, plan: Plan) -> dict[str, Any]:
    """Return the linter's remarks on the plan as it stands in memory or in the database, and those set aside."""
    return remarks_context(
        plan,
        may_set_aside=can_edit_plan(member, plan) or can_take_back_to_draft(member, plan),
        address=portal_url(member.organization, "pips:plan_remark", plan_id=plan.pk),
    )


def readiness_context(plan: Plan) -> dict[str, Any]:
    """Return what stands in the way of submitting the plan."""
    found = findings(plan, Step.SUBMIT)
    return {"findings": found, "is_ready": not blocking(found)}


def remarks_context(written: Written, *, may_set_aside: bool, address: str) -> dict[str, Any]:
    """Return what the panel shows; ``address`` is where a remark is set aside and taken back."""
    texts = texts_in(written)
    wording = standing_remarks(written)
    return {
        "remarks": [_shown(one, texts.get(one.field, ""), label_in(written, one.field)) for one in wording.remarks],
        "aside": [(one, label_in(written, one.field), _name(one)) for one in wording.aside],
        "may_set_aside": may_set_aside,
        "remark_url": address,
    }


@require_POST
def remark_aside(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Set a remark aside with a reason, or let it stand again."""
    plan = plan_for(request.member, plan_id)
    return answer_remark(
        request,
        set_aside=lambda **words: set_remark_aside(actor=request.member, plan=plan, **words),
        take_back=lambda **words: take_remark_back(actor=request.member, plan=plan, **words),
        context=lambda: {
            "plan": plan,
            "readiness_panel": "pips/_readiness.html",
            **readiness_context(plan),
            **wording_context(request.member, plan),
        },
        page=plan_url(request, plan, "pips:plan_edit", fragment="wording"),
    )


def answer_remark(
    request: TenantRequest,
    *,
    set_aside: Callable[..., Any],
    take_back: Callable[..., Any],
    context: Callable[[], dict[str, Any]],
    page: str,
) -> HttpResponse:
    """Do what the panel asks for; it comes back with the list of what is in the way, without JavaScript the page does.

    ``context`` gives the remarks, the findings and the template of that list.
    """
    form = TakeBackForm(request.POST) if "take_back" in request.POST else SetAsideForm(request.POST)
    status, error = 200, ""
    if not form.is_valid():
        status, error = 422, _("Say why the words can stay as they are. HR reads it.")
    else:
        try:
            (take_back if isinstance(form, TakeBackForm) else set_aside)(**form.cleaned_data)
        except DomainError as refusal:
            status, error = 409, str(refusal.message)
    if request.htmx:
        shown = {"wording_error": error, **context()}
        return render(request, "pips/_wording_and_readiness.html", shown, status=status)
    if error:
        messages.error(request, error)
    return redirect(page)


@require_http_methods(["GET", "HEAD", "POST"])
def wording_check(request: TenantRequest) -> HttpResponse:
    """Read any text; nothing of it is kept."""
    form = AnyTextForm(handed_in(request))
    remarks: list[ShownRemark] = []
    is_read = form.is_valid()
    if is_read:
        text = form.cleaned_data["text"]
        remarks = [_shown(remark, text, "") for remark in remarks_on_text(text)]
    context = {"form": form, "remarks": remarks, "is_read": is_read}
    return render(request, "pips/wording_check.html", context, status=422 if form.errors else 200)


def _shown(remark: Remark, text: str, label: str) -> ShownRemark:
    return ShownRemark(
        remark=remark,
        label=label,
        before=_before(text[: remark.start]),
        after=_after(text[remark.end :]),
        rule=rule_of(remark),
        needs_reason=is_serious(remark),
    )


def _before(text: str) -> str:
    """Return the words before, cut at a space where they are many."""
    if len(text) <= AROUND:
        return text
    return "…" + text[-AROUND:].partition(" ")[2]


def _after(text: str) -> str:
    """Return the words after, cut at a space where they are many."""
    if len(text) <= AROUND:
        return text
    return text[:AROUND].rpartition(" ")[0] + " …"


def _name(aside: SetAside) -> str:
    member = Membership.objects.select_related("user").filter(pk=aside.by).first() if aside.by else None
    return str(member or "")
