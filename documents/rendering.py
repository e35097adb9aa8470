"""HTML templates become tagged PDFs (PDF/UA-1) that carry the hash of what they were made from."""

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from documents.renderers import Renderers

SHOWN_DIGITS = 12

#: Stands in the page where its own hash comes, while that is computed; nobody can type word joiners by accident.
_PLACE = "\u2060content-hash\u2060"


class Rendered(NamedTuple):
    """A PDF, and the SHA-256 of the content it was made from: what its running header shows the first 12 digits of."""

    pdf: bytes
    content_hash: str


def render_document(*, template: str, context: Mapping[str, Any], language: str, country: str) -> Rendered:
    """Return the template as a PDF/UA-1 in the language, on the paper of the country, with the hash of its content.

    The template extends ``documents/pdf/base.html``, which carries the language and the title into the file. The PDF is
    made by a renderer beside this process (``documents.renderers``). Raises RenderingError when the template refers to
    anything but our own static files, RenderersBusyError when too many documents wait already.
    """
    with translation.override(language):
        html = render_to_string(template, {**context, "language": language, "content_hash": _PLACE})
    content_hash = hashlib.sha256(html.encode()).hexdigest()
    numbered = html.replace(_PLACE, content_hash[:SHOWN_DIGITS])
    return Rendered(renderers().render(numbered, country), content_hash)


def render_pdf(*, template: str, context: Mapping[str, Any], language: str, country: str) -> bytes:
    """Return the PDF alone, as ``render_document`` makes it."""
    return render_document(template=template, context=context, language=language, country=country).pdf


def draw_here(html: str, country: str) -> bytes:
    """Return the page as a PDF/UA-1, made in this process. Raises RenderingError.

    The library that draws is loaded by the first document drawn here: most processes draw none, and it takes as long
    to load as the rest of the application.
    """
    from documents.drawing import write_pdf  # noqa: PLC0415  # see above

    return write_pdf(html, country)


@cache
def renderers() -> Renderers:
    """Return the renderers of this process; none for ``DOCUMENT_RENDERERS=0``, where it draws by itself."""
    return Renderers(settings.DOCUMENT_RENDERERS, waiting=settings.DOCUMENT_QUEUE, alone=draw_here)
