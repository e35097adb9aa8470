"""The page that explains the API, written from its own description: no script from elsewhere, readable without any."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from metrics.api.app import api
from metrics.enums import ApiScope

_STATUS_WORDS = {
    "200": _("Done"),
    "400": _("The body is no JSON"),
    "401": _("No valid token"),
    "403": _("The token lacks the scope"),
    "405": _("Another method than the one described"),
    "413": _("Too large"),
    "422": _("The body does not have the shape described, or a rule refuses it"),
    "429": _("Too many requests; wait as long as Retry-After says"),
}


@dataclass(frozen=True)
class Field:
    """One field of a shape."""

    name: str
    kind: str
    is_required: bool
    description: str


@dataclass(frozen=True)
class Shape:
    """An object that is sent or returned."""

    name: str
    description: str
    fields: list[Field]


@dataclass(frozen=True)
class Answer:
    """A status and what comes with it."""

    status: str
    words: str
    shape: str


@dataclass(frozen=True)
class OperationText:
    """An operation as the page shows it."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    body: str
    parameters: list[Field]
    answers: list[Answer]
    example: str
    answer_example: str = field(default="")


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """Show every operation and shape, with an example to copy."""
    schema = api.get_openapi_schema()
    context = {
        "title": schema["info"]["title"],
        "description": schema["info"]["description"],
        "operations": list(_operations(schema)),
        "shapes": list(_shapes(schema)),
        "scopes": ApiScope.choices,
        "per_minute": settings.API_REQUESTS_PER_MINUTE,
        "max_rows": settings.API_MAX_ROWS,
        "max_megabytes": settings.API_MAX_BYTES // 1_000_000,
    }
    return render(request, "metrics/api/docs.html", context)


def _operations(schema: Mapping[str, Any]) -> Iterator[OperationText]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            yield OperationText(
                id=operation["operationId"],
                method=method.upper(),
                path=path,
                summary=operation["summary"],
                description=operation.get("description", ""),
                body=_name(body),
                parameters=[_parameter(parameter) for parameter in operation.get("parameters", [])],
                answers=[_answer(str(status), answer) for status, answer in operation["responses"].items()],
                example=_curl(method, path, schema, body),
            )


def _answer(status: str, answer: Mapping[str, Any]) -> Answer:
    shape = _name(answer.get("content", {}).get("application/json", {}).get("schema", {}))
    return Answer(status, str(_STATUS_WORDS.get(status, answer.get("description", ""))), shape)


def _parameter(parameter: Mapping[str, Any]) -> Field:
    return Field(
        parameter["name"],
        _kind(parameter["schema"]),
        is_required=parameter.get("required", False),
        description=parameter.get("description", ""),
    )


def _shapes(schema: Mapping[str, Any]) -> Iterator[Shape]:
    for name, shape in schema["components"]["schemas"].items():
        required = shape.get("required", [])
        fields = [
            Field(key, _kind(value), is_required=key in required, description=value.get("description", ""))
            for key, value in shape.get("properties", {}).items()
        ]
        yield Shape(name, shape.get("description", ""), fields)


def _name(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _kind(schema: Mapping[str, Any]) -> str:
    """Return the type in words a programmer reads: "array of ObservationIn", "number or null"."""
    if "$ref" in schema:
        return _name(schema)
    if "anyOf" in schema:
        return _(" or ").join(_kind(part) for part in schema["anyOf"])
    if schema.get("type") == "array":
        return _("array of %(items)s") % {"items": _kind(schema["items"])}
    return str(schema.get("type", ""))


def _curl(method: str, path: str, schema: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    lines = [
        f"curl -X {method.upper()} {settings.PUBLIC_URL}{path}",
        '     -H "Authorization: Bearer $PIPCYCLE_TOKEN"',
    ]
    if body:
        example = json.dumps(_example(schema, body))
        lines += [
            '     -H "Content-Type: application/json"',
            '     -H "Idempotency-Key: $(uuidgen)"',
            f"     -d '{example}'",
        ]
    return " \\\n".join(lines)


def _example(schema: Mapping[str, Any], part: Mapping[str, Any]) -> Any:
    """Return an example of a shape, from the examples and defaults of its fields."""
    if "$ref" in part:
        return _example(schema, schema["components"]["schemas"][_name(part)])
    if part.get("examples"):
        return part["examples"][0]
    if part.get("type") == "array":
        return [_example(schema, part["items"])]
    if part.get("type") == "object":
        wanted = set(part.get("required", ()))
        return {key: _example(schema, value) for key, value in part["properties"].items() if key in wanted}
    return part.get("default", "")
