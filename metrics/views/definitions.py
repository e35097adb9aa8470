"""What is measured: the list of definitions, one definition, its targets, the presets."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from metrics.forms.definitions import DefinitionForm, PresetsForm, TargetsForm
from metrics.models import Metric
from metrics.presets import USUAL
from metrics.rules import can_define_metrics
from metrics.selectors.definitions import metric_for, metrics_with_facts, presets_to_offer, targets_of
from metrics.services import definitions
from people.addresses import portal_url
from people.http import TenantRequest
from people.models import JobDescription
from pipcycle.errors import DomainError

UNPROCESSABLE = 422


def _require_right(request: TenantRequest) -> None:
    if not can_define_metrics(request.member):
        raise PermissionDenied


def _to(request: TenantRequest, metric: Metric) -> HttpResponse:
    return redirect(portal_url(request.organization, "metrics:definition", metric_id=metric.pk))


@require_http_methods(["GET", "HEAD", "POST"])
def definition_list(request: TenantRequest) -> HttpResponse:
    """Show what is measured; a POST adds the presets chosen."""
    _require_right(request)
    offered = presets_to_offer()
    form = PresetsForm(request.POST if request.method == "POST" else None, presets=offered, initial={"presets": USUAL})
    if form.is_valid():
        added = definitions.add_presets(actor=request.member, keys=form.cleaned_data["presets"])
        words = ngettext("%(count)d metric is added.", "%(count)d metrics are added.", len(added))
        messages.success(request, words % {"count": len(added)})
        return redirect(portal_url(request.organization, "metrics:definition_list"))
    context = {"metrics": metrics_with_facts(), "form": form, "offered": offered, "usual": USUAL}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "metrics/definitions/definition_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def definition_new(request: TenantRequest) -> HttpResponse:
    """Define a metric."""
    _require_right(request)
    form = DefinitionForm(request.POST if request.method == "POST" else None)

    def save() -> Metric:
        return definitions.define_metric(actor=request.member, name=form.cleaned_data["name"], **form.facts())

    return _form_page(request, form, save, title=_("New metric"), done=_("The metric is defined."))


@require_http_methods(["GET", "HEAD", "POST"])
def definition_change(request: TenantRequest, metric_id: int) -> HttpResponse:
    """Change a definition."""
    _require_right(request)
    metric = metric_for(metric_id)
    form = DefinitionForm(request.POST if request.method == "POST" else None, metric=metric)

    def save() -> Metric:
        return definitions.change_metric(
            actor=request.member, metric=metric, name=form.cleaned_data["name"], **form.facts()
        )

    return _form_page(request, form, save, title=metric.name, done=_("The definition is changed."), metric=metric)


def _form_page(
    request: TenantRequest,
    form: DefinitionForm,
    save: Callable[[], Metric],
    *,
    title: str,
    done: str,
    metric: Metric | None = None,
) -> HttpResponse:
    if form.is_valid():
        try:
            saved = save()
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return _to(request, saved)
    context = {"form": form, "title": title, "metric": metric}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "metrics/definitions/definition_form.html", context, status=status)


@require_safe
def definition(request: TenantRequest, metric_id: int) -> HttpResponse:
    """Show one definition."""
    _require_right(request)
    metric = metric_for(metric_id)
    context = {"metric": metric, "targets": targets_of(metric)}
    return render(request, "metrics/definitions/definition.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def definition_targets(request: TenantRequest, metric_id: int) -> HttpResponse:
    """Set the targets for the jobs."""
    _require_right(request)
    metric = metric_for(metric_id)
    known: dict[str, Any] = {f"job_{row.job_description_id}": row.target for row in targets_of(metric)}
    data = request.POST if request.method == "POST" else None
    form = TargetsForm(data, jobs=JobDescription.objects.all(), initial=known)
    if form.is_valid():
        try:
            definitions.set_targets(actor=request.member, metric=metric, targets=form.targets())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The targets are saved."))
            return _to(request, metric)
    context = {"form": form, "metric": metric}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "metrics/definitions/definition_targets.html", context, status=status)


@require_POST
def definition_use(request: TenantRequest, metric_id: int) -> HttpResponse:
    """Take a metric out of use, or put it back."""
    _require_right(request)
    metric = metric_for(metric_id)
    if request.POST.get("use") == "no":
        definitions.retire_metric(actor=request.member, metric=metric)
        messages.success(request, _("“%(name)s” takes no new values. All that is known stays.") % {"name": metric.name})
    else:
        definitions.restore_metric(actor=request.member, metric=metric)
        messages.success(request, _("“%(name)s” is in use again.") % {"name": metric.name})
    return _to(request, metric)
