"""One value by hand: added by those above, corrected by HR."""

import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from metrics.charts.words import figure
from metrics.forms.values import CorrectionForm, ValueForm
from metrics.models import Metric
from metrics.rules import can_add_value, can_correct_value
from metrics.selectors.definitions import metric_to_observe
from metrics.selectors.people import person_for
from metrics.selectors.series import observation_for, series_for
from metrics.services.by_hand import add_value
from metrics.services.observations import correct_observation
from people.addresses import portal_url
from people.http import TenantRequest
from people.models import Employee
from pipcycle.errors import DomainError

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def value_new(request: TenantRequest, employee_id: int, metric_id: int) -> HttpResponse:
    """Add a value that is missing."""
    employee = person_for(request.member, employee_id)
    if not can_add_value(request.member, employee):
        raise PermissionDenied
    metric = metric_to_observe(metric_id)
    form = ValueForm(request.POST or None, metric=metric, initial={"day": timezone.localdate()})
    if form.is_valid():
        try:
            add_value(actor=request.member, employee=employee, metric=metric, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The value is added. Whether it is more than noise is worked out now."))
            return _to_series(request, employee, metric)
    return _form_page(request, "metrics/people/value_new.html", form, employee, metric)


@require_http_methods(["GET", "HEAD", "POST"])
def value_correction(request: TenantRequest, employee_id: int, metric_id: int, day: str) -> HttpResponse:
    """Put a value right, with a reason."""
    series = series_for(request.member, employee_id, metric_id)
    if not can_correct_value(request.member, series.employee):
        raise PermissionDenied
    observation = observation_for(series, _day(day))
    metric = series.metric
    form = CorrectionForm(request.POST or None, metric=metric)
    if form.is_valid():
        try:
            correct_observation(
                actor=request.member, series=series, starts_on=observation.starts_on, **form.cleaned_data
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The value is corrected. The former one stays on the record."))
            return _to_series(request, series.employee, metric)
    context = {
        "day": observation.starts_on,
        "known": figure(
            observation.value if observation.reported_value is None else observation.reported_value,
            metric.unit,
            metric.decimals,
        ),
    }
    return _form_page(request, "metrics/people/value_correction.html", form, series.employee, metric, **context)


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error


def _form_page(
    request: TenantRequest, template: str, form: Form, employee: Employee, metric: Metric, **extra: object
) -> HttpResponse:
    context = {"form": form, "employee": employee, "metric": metric, **extra}
    return render(request, template, context, status=UNPROCESSABLE if form.errors else 200)


def _to_series(request: TenantRequest, employee: Employee, metric: Metric) -> HttpResponse:
    return redirect(portal_url(request.organization, "metrics:series", employee_id=employee.pk, metric_id=metric.pk))
