"""Pages become PDFs (PDF/UA-1). Nothing is fetched from anywhere but our own static files."""

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from weasyprint import CSS, HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents.renderers import RenderingError

#: Where people print on Letter; everybody else prints on A4 (Unicode CLDR, "paperSize").
LETTER_COUNTRIES = frozenset({"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"})

#: Relative addresses in a document's template resolve below this name, which never leaves the process.
STATIC_BASE = "https://static.invalid/"

STYLESHEET = Path(__file__).parent / "stylesheets" / "sealed.css"


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
def _fetcher() -> StaticOnlyFetcher:
    return StaticOnlyFetcher()


@cache
def stylesheet(paper: str) -> CSS:
    """Return the style of sealed documents on that paper, read once a process."""
    text = STYLESHEET.read_text(encoding="utf-8")
    return CSS(string=f"{text}@page {{ size: {paper} }}", url_fetcher=_fetcher())


def write_pdf(html: str, country: str) -> bytes:
    """Return the page as a PDF/UA-1, made in this process. Raises RenderingError."""
    try:
        content = HTML(string=html, base_url=STATIC_BASE, url_fetcher=_fetcher()).write_pdf(
            stylesheets=[stylesheet(paper_size(country))], pdf_variant="pdf/ua-1"
        )
    except FatalURLFetchingError as error:  # not an Exception in WeasyPrint: no error page would be shown
        raise RenderingError(str(error)) from error
    return bytes(content)
