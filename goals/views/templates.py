"""Goal templates: the list, how they are written, and the usual ones."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goals.forms.structure import ConfirmForm, TemplateForm
from goals.models import GoalTemplate
from goals.presets import PRESETS
from goals.selectors.structure import all_templates, template_for
from goals.services.templates import add_presets, delete_template, save_template
from goals.structure_rules import can_edit_templates, can_read_cycles, can_set_goals_of_team, can_use_templates
from metrics.selectors.definitions import metrics_in_use
from people.addresses import portal_url
from people.asking import ask, handed_in
from people.http import TenantRequest
from people.models import JobDescription

_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def template_list(request: TenantRequest) -> HttpResponse:
    """Show the goals one may start from."""
    member = request.member
    if not can_use_templates(member):
        raise PermissionDenied
    context = {
        "templates": all_templates(),
        "presets": PRESETS,
        "may_edit": can_edit_templates(member),
        "may_use": can_set_goals_of_team(member),
        "shows_cycles": can_read_cycles(member),
    }
    return render(request, "goals/template_list.html", context)


@_ask_or_act
def template_new(request: TenantRequest) -> HttpResponse:
    """Write a template."""
    return _write(request, None, _("The template is in the list."))


@_ask_or_act
def template_change(request: TenantRequest, template_id: int) -> HttpResponse:
    """Change a template; goals that started from it stay as they are."""
    return _write(request, template_for(template_id), _("Saved. Goals that started from it stay as they are."))


@_ask_or_act
def template_deletion(request: TenantRequest, template_id: int) -> HttpResponse:
    """Ask before a template is deleted."""
    found = template_for(template_id)
    if not can_edit_templates(request.member):
        raise PermissionDenied

    def act() -> str:
        delete_template(actor=request.member, template=found)
        return portal_url(request.organization, "goals:template_list")

    form = ConfirmForm(handed_in(request))
    return ask(
        request,
        form,
        act=act,
        done=_("Deleted. Goals that started from it stay."),
        template="goals/template_deletion.html",
        context={"goal_template": found},
    )


@require_POST
def template_presets(request: TenantRequest) -> HttpResponse:
    """Add the usual templates."""
    if not can_edit_templates(request.member):
        raise PermissionDenied
    number = add_presets(actor=request.member)
    words = ngettext("%(number)s template added.", "%(number)s templates added.", number) % {"number": number}
    messages.success(request, words)
    return redirect(portal_url(request.organization, "goals:template_list"))


def _write(request: TenantRequest, standing: GoalTemplate | None, done: Any) -> HttpResponse:
    if not can_edit_templates(request.member):
        raise PermissionDenied
    form = TemplateForm(
        handed_in(request), instance=standing, metrics=metrics_in_use(), jobs=JobDescription.objects.all()
    )

    def act() -> str:
        save_template(actor=request.member, template=standing, facts=form.cleaned_data)
        return portal_url(request.organization, "goals:template_list")

    name = standing.name if standing else ""
    context = {"goal_template": standing, "template_name": name}
    return ask(request, form, act=act, done=done, template="goals/template_form.html", context=context)
