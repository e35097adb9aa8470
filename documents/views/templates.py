"""The templates of the organization's forms: read, worded as a draft, compared and published."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.enums import FormKind
from documents.form_content import Content, changed_passages
from documents.form_kinds import passages_of
from documents.models import FormTemplate
from documents.rules import can_change_form_templates, can_see_form_templates
from documents.selectors.templates import (
    content_of,
    draft_version_of,
    published_version_of,
    template_for,
    templates_with_facts,
)
from documents.services.templates import (
    begin_draft,
    change_draft,
    copy_template,
    discard_draft,
    provide_templates,
    publish_draft,
    require_complete,
    set_offered,
)
from documents.template_forms import CopyForm, TemplateForms, forms_handed_in, forms_of, forms_typed
from people.addresses import portal_url
from people.http import TenantRequest, wants_part
from pipcycle.errors import DomainError
from pipcycle.ui.rows import asks_for_rows

_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def template_list(request: TenantRequest) -> HttpResponse:
    """List the templates by kind; the shipped ones come into the organization on the first look."""
    _require(can_see_form_templates(request.member))
    provide_templates()
    templates = list(templates_with_facts())
    kinds = [(kind.label, [one for one in templates if one.kind == kind]) for kind in FormKind]
    return render(request, "documents/template_list.html", {"kinds": kinds})


@require_safe
def template_detail(request: TenantRequest, template_id: int) -> HttpResponse:
    """Show what a template says now, or what the version asked for said, and its versions."""
    _require(can_see_form_templates(request.member))
    template = template_for(template_id)
    asked = request.GET.get("version", "")
    chosen = next((one for one in template.versions.all() if str(one.number) == asked), None)
    version = chosen or published_version_of(template) or template.versions.all()[0]
    version.template = template
    context = {
        "form_template": template,
        "version": version,
        "passages": list(passages_of(template.kind, content_of(version))),
        "draft": draft_version_of(template),
        "published": published_version_of(template),
        "may_change": can_change_form_templates(request.member),
    }
    return render(request, "documents/template_detail.html", context)


@_ask_or_act
def template_edit(request: TenantRequest, template_id: int) -> HttpResponse:
    """Word the draft of the next version; the published one is used until it is published."""
    template = _template(request, template_id)
    if request.method != "POST":
        return _edit_page(request, template, forms_of(template.kind, _content_now(template)))
    typed = forms_typed(template.kind, request.POST) if asks_for_rows(request.POST) else None
    if typed is not None:
        return _edit_page(request, template, typed)
    forms = forms_handed_in(template.kind, request.POST)
    if not forms.is_valid():
        return _edit_page(request, template, forms, status=422)
    if request.POST.get("seen", "") != _seen(template):
        forms.add_error(
            None,
            _("Somebody else has changed this draft since you opened it. Look at it in a second tab, then save again."),
        )
        return _edit_page(request, template, forms, status=409)
    version = begin_draft(actor=request.member, template=template)
    try:
        change_draft(actor=request.member, version=version, content=forms.content())
    except DomainError as refusal:
        forms.add_error(None, str(refusal))
        return _edit_page(request, template, forms, status=409)
    messages.success(request, _("Draft saved. Nothing changes for new forms until you publish it."))
    return redirect(_url(request, template, "publication" if "publish" in request.POST else "edit"))


@require_POST
def template_preview(request: TenantRequest, template_id: int) -> HttpResponse:
    """Show what is typed as it would be read; nothing is saved."""
    template = _template(request, template_id)
    forms = forms_handed_in(template.kind, request.POST)
    content = forms.content() if forms.is_valid() else None
    return render(request, "documents/_template_preview.html", _preview(template, content))


@_ask_or_act
def template_publication(request: TenantRequest, template_id: int) -> HttpResponse:
    """Compare the draft with the published version, then publish it for good or drop it."""
    template = _template(request, template_id)
    draft, published = draft_version_of(template), published_version_of(template)
    if draft is None:
        messages.info(request, _("There is no draft: the published version says what you see here."))
        return redirect(_url(request, template, "detail"))
    draft.template = template
    status, refusal = 200, _refusal(template.kind, content_of(draft))
    if request.method == "POST":
        try:
            return _publish_or_drop(request, template)
        except DomainError as error:
            status, refusal = 409, str(error)
    old = passages_of(template.kind, content_of(published)) if published else iter(())
    context = {
        "form_template": template,
        "draft": draft,
        "published": published,
        "changes": changed_passages(old, passages_of(template.kind, content_of(draft))),
        "refusal": refusal,
    }
    return render(request, "documents/template_publication.html", context, status=status)


@_ask_or_act
def template_copy(request: TenantRequest, template_id: int) -> HttpResponse:
    """Begin another template of the same kind with the same words."""
    template = _template(request, template_id)
    initial = {"name": _("%(name)s (copy)") % {"name": template.name}}
    form = CopyForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            copy = copy_template(actor=request.member, template=template, name=form.cleaned_data["name"])
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("This is the draft of the copy. It is offered once you publish it."))
            return redirect(_url(request, copy, "edit"))
    context = {"form": form, "form_template": template}
    return render(request, "documents/template_copy.html", context, status=422 if form.errors else 200)


@require_POST
def template_offer(request: TenantRequest, template_id: int) -> HttpResponse:
    """Offer the template for new forms, or stop doing so."""
    template = _template(request, template_id)
    is_offered = request.POST.get("is_offered") == "1"
    try:
        set_offered(actor=request.member, template=template, is_offered=is_offered)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        done = _("It is offered again.") if is_offered else _("It is not offered any more. Forms begun from it stay.")
        messages.success(request, done)
    return redirect(_url(request, template, "detail"))


def _template(request: TenantRequest, template_id: int) -> FormTemplate:
    _require(can_change_form_templates(request.member))
    return template_for(template_id)


def _require(allowed: bool) -> None:  # noqa: FBT001  # reads as a sentence
    if not allowed:
        raise PermissionDenied


def _url(request: TenantRequest, template: FormTemplate, page: str) -> str:
    return portal_url(request.organization, f"documents:template_{page}", template_id=template.pk)


def _publish_or_drop(request: TenantRequest, template: FormTemplate) -> HttpResponse:
    draft = draft_version_of(template)
    if draft is None:
        raise DomainError(_("The draft is gone. Reload the page."))
    if "drop" in request.POST:
        discard_draft(actor=request.member, version=draft)
        messages.success(request, _("The draft is dropped."))
        return redirect(portal_url(request.organization, "documents:template_list"))
    version = publish_draft(actor=request.member, version=draft)
    words = _("Version %(number)s is published. New forms begin with it; those begun before keep theirs.")
    messages.success(request, words % {"number": version.number})
    return redirect(_url(request, template, "detail"))


def _content_now(template: FormTemplate) -> Content:
    version = draft_version_of(template) or template.versions.all()[0]
    version.template = template
    return content_of(version)


def _seen(template: FormTemplate) -> str:
    draft = draft_version_of(template)
    return draft.changed_at.isoformat() if draft else ""


def _refusal(kind: str, content: Content) -> str:
    try:
        require_complete(kind, content)
    except DomainError as error:
        return str(error)
    return ""


def _preview(template: FormTemplate, content: Content | None) -> dict[str, Any]:
    passages = [] if content is None else list(passages_of(template.kind, content))
    return {"form_template": template, "passages": passages, "is_incomplete": content is None}


def _edit_page(
    request: TenantRequest, template: FormTemplate, forms: TemplateForms, *, status: int = 200
) -> HttpResponse:
    is_typed = request.method == "POST"
    context = {
        "forms": forms,
        "seen": request.POST.get("seen", "") if is_typed and status != 409 else _seen(template),
        "draft": draft_version_of(template),
        "published": published_version_of(template),
        "is_typed": is_typed,
        **_preview(template, _content_now(template)),
    }
    page = "documents/template_edit.html"
    return render(request, f"{page}#form" if wants_part(request) else page, context, status=status)
