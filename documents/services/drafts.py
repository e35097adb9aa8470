"""A document that is not one yet: rendered to be looked at, marked as a draft, never sealed and never kept."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from documents.rendering import render_pdf
from people.models import Employee


@dataclass(frozen=True)
class UnsealedDocument:
    """What the frame of a document asks for, of one that does not exist."""

    title: str
    sealed_at: datetime.datetime
    version: int = 0


def render_draft(
    *, title: str, employee: Employee, template: str, context: Mapping[str, Any], at: datetime.datetime
) -> bytes:
    """Return the template as a PDF with "Draft" across every page."""
    return render_pdf(
        template=template,
        context={
            **context,
            "document": UnsealedDocument(title, at),
            "employee": employee,
            "organization": employee.organization,
            "verify_url": "",
            "is_draft": True,
        },
        language="en",
        country=employee.organization.country,
    )
