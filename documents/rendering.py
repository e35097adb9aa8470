"""HTML templates become tagged PDFs (PDF/UA-1). Nothing is fetched from anywhere but our own static files."""

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import CSS, HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

#: Where people print on Letter; everybody else prints on A4 (Unicode CLDR, "paperSize").
LETTER_COUNTRIES = frozenset({"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"})

#: Relative addresses in a document's template resolve below this name, which never leaves the process.
STATIC_BASE = "https://static.invalid/"

_STYLESHEET = Path(__file__).parent / "stylesheets" / "sealed.css"


class RenderingError(Exception):
    """The template asked for something a sealed document may not hold."""


class StaticOnlyFetcher(URLFetcher):  # type: ignore[misc]  # the library has no types
    """Serves our own static files; anything else stops the rendering, so a document is never sealed with a hole."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return the static file. Raises FatalURLFetchingError for every other address."""
        found: Any = None
        if url.startswith(STATIC_BASE):
            with suppress(SuspiciousFileOperation):
                found = finders.find(url.removeprefix(STATIC_BASE))
        if not isinstance(found, str):
            message = f"A sealed document may not fetch {url}."
            raise FatalURLFetchingError(message)
        return URLFetcherResponse(url, Path(found).read_bytes())


def paper_size(country: str) -> str:
    """Return the paper of the country: ``letter`` or ``A4``."""
    return "letter" if country.upper() in LETTER_COUNTRIES else "A4"


@cache
def _stylesheet_text() -> str:
    return _STYLESHEET.read_text(encoding="utf-8")


def render_pdf(*, template: str, context: Mapping[str, Any], language: str, country: str) -> bytes:
    """Return the template as a PDF/UA-1 in the language, on the paper of the country.

    The template extends ``documents/pdf/base.html``, which carries the language and the title into the file.
    Raises RenderingError when the template refers to anything but our own static files.
    """
    with translation.override(language):
        html = render_to_string(template, {**context, "language": language})
    page_rule = f"@page {{ size: {paper_size(country)} }}"
    fetcher = StaticOnlyFetcher()
    try:
        content = HTML(string=html, base_url=STATIC_BASE, url_fetcher=fetcher).write_pdf(
            stylesheets=[CSS(string=_stylesheet_text() + page_rule, url_fetcher=fetcher)],
            pdf_variant="pdf/ua-1",
        )
    except FatalURLFetchingError as error:  # not an Exception in WeasyPrint: no error page would be shown
        raise RenderingError(str(error)) from error
    return bytes(content)
