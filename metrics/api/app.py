"""The operations of the API, and how its refusals are told."""

import logging
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.decorators import decorate_view
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer

from metrics.api import errors
from metrics.api.errors import Refusal
from metrics.api.gate import ApiRequest, gate
from metrics.api.idempotency import once_per_key
from metrics.api.schemas import ErrorOut, MetricOut, MetricsOut, ObservationsIn, ObservationsOut, RefusedOut
from metrics.enums import ApiScope, BatchKind
from metrics.ingest.numbers import NumberStyle
from metrics.ingest.report import ObservationInput, RefusedRow
from metrics.models import ApiToken
from metrics.selectors.definitions import metrics_in_use
from metrics.services.observations import record_observations
from pipcycle.errors import DomainError

logger = logging.getLogger(__name__)
SHOWN_DETAILS = 20
REFUSALS: dict[int, type[ErrorOut]] = dict.fromkeys((400, 401, 403, 405, 413, 422, 429), ErrorOut)


class Token(HttpBearer):
    """The token of an organization, made under Settings → API. The gate has looked it up by the time this runs."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the token the gate has found."""
        found: ApiToken | None = getattr(request, "api_token", None)
        return found


def read_only(view: Any) -> Any:
    """Let the description be read and nothing else; what else is tried is refused by the API, not by the portal."""
    return csrf_exempt(require_safe(view))


api = NinjaAPI(
    title="PIPCycle API",
    version="1",
    description="Hand in figures and read what is measured. Every request carries a token of the organization.",
    docs_url=None,  # the usual page loads scripts from other people's servers; ours is metrics.api.docs
    docs_decorator=read_only,
    urls_namespace="api",
    auth=Token(),
)


@api.post(
    "/observations",
    response={200: ObservationsOut, **REFUSALS},
    summary="Hand in observations",
    tags=["observations"],
    openapi_extra={
        "parameters": [
            {
                "in": "header",
                "name": "Idempotency-Key",
                "required": False,
                "schema": {"type": "string", "maxLength": 200},
                "description": "The same key with the same body gets the first answer; nothing is done twice.",
            }
        ]
    },
)
@decorate_view(once_per_key, gate(ApiScope.WRITE_OBSERVATIONS))
def hand_in_observations(request: ApiRequest, payload: ObservationsIn) -> ObservationsOut:
    """Record figures. A figure that is refused is reported with its reason and never blocks the others."""
    rows = [
        ObservationInput(place, item.metric, item.employee, item.date, repr(item.value), item.unit)
        for place, item in enumerate(payload.observations, start=1)
    ]
    report = record_observations(
        actor=None,
        kind=BatchKind.API,
        source=request.api_token.name,
        rows=rows,
        is_strict=payload.all_or_nothing,
        number_style=NumberStyle.POINT,
    )
    if payload.all_or_nothing and report.refused_count:
        raise Refusal(
            errors.UNPROCESSABLE,
            "refused",
            "Some figures are refused and all or nothing was asked for, so nothing was recorded.",
            details=[{"where": f"observations.{row.line - 1}", "message": row.message} for row in report.refused],
        )
    return ObservationsOut(
        batch=report.batch.pk if report.batch else None,
        new=report.new,
        corrected=report.corrected,
        unchanged=report.unchanged,
        omitted=report.omitted,
        refused=[_refused(row) for row in report.refused],
    )


def _refused(row: RefusedRow) -> RefusedOut:
    return RefusedOut(
        index=row.line - 1,
        employee=row.employee,
        metric=row.metric,
        date=row.day,
        code=row.code,
        message=row.message,
    )


@api.get("/metrics", response={200: MetricsOut, **REFUSALS}, summary="List the metrics", tags=["metrics"])
@decorate_view(gate(ApiScope.READ_METRICS))
def list_metrics(request: ApiRequest) -> MetricsOut:
    """Return every metric in use, with the short name that observations are handed in under."""
    return MetricsOut(metrics=[MetricOut.model_validate(metric) for metric in metrics_in_use()])


@api.exception_handler(Refusal)
def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a refusal; nothing of the request stays."""
    transaction.set_rollback(True)
    return refusal.response()


@api.exception_handler(ValidationError)
def refuse_shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say where the body does not have the shape described."""
    if any(found.get("type") == "too_long" and _where(found) == "observations" for found in error.errors):
        return Refusal(
            errors.TOO_LARGE, "too_many", "Too many observations in one request. Send them in several."
        ).response()
    details = [{"where": _where(found), "message": str(found.get("msg", ""))} for found in error.errors[:SHOWN_DETAILS]]
    return Refusal(
        errors.UNPROCESSABLE, "invalid", "The body does not have the shape described.", details=details
    ).response()


@api.exception_handler(HttpError)
def refuse_other(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what the library itself refuses: a body that is no JSON."""
    code = "malformed" if error.status_code == errors.BAD_REQUEST else "refused"
    message = "The body is no JSON." if code == "malformed" else str(error)
    return Refusal(error.status_code, code, message).response()


@api.exception_handler(DomainError)
def refuse_by_rule(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Answer what the domain refuses, such as a bad figure where all or nothing was asked for."""
    transaction.set_rollback(True)
    return Refusal(errors.UNPROCESSABLE, "refused", str(error)).response()


@api.exception_handler(Http404)
def refuse_unknown(request: HttpRequest, error: Http404) -> HttpResponse:
    """Answer what is not there."""
    return Refusal(errors.NOT_FOUND, "not_found", "There is nothing at this address.").response()


@api.exception_handler(Exception)
def answer_fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer a fault of ours in the same shape; it is logged, and nothing of the request stays."""
    logger.error("The API failed at %s", request.path, exc_info=error)
    transaction.set_rollback(True)
    return Refusal(errors.FAULT, "fault", "PIPCycle failed; nothing was recorded. Try again later.").response()


def _where(found: dict[str, Any]) -> str:
    """Return the place of an error as a path, such as ``observations.0.value``."""
    place = [str(part) for part in found.get("loc", ())]
    return ".".join(place[2:] if place[:2] == ["body", "payload"] else place[1:])
