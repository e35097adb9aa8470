"""Sealed PDFs: tagged, in a language, on the right paper, and closed to the outside."""

import io
from pathlib import Path
from typing import Any

import pypdf
import pytest
from weasyprint.urls import FatalURLFetchingError

from documents import rendering
from documents.rendering import RenderingError, StaticOnlyFetcher, paper_size, render_pdf

CONTEXT: dict[str, Any] = {
    "document": {"title": "Ein Vermerk", "version": 3},
    "organization": {"name": "Harbor"},
    "verify_url": "https://pipcycle.example/verify/1/",
}


def rendered(country: str = "DE", language: str = "en") -> pypdf.PdfReader:
    content = render_pdf(template="documents/pdf/base.html", context=CONTEXT, language=language, country=country)
    return pypdf.PdfReader(io.BytesIO(content))


def test_pdf_is_tagged_titled_and_has_a_language() -> None:
    reader = rendered()
    root: Any = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  # pypdf's own boolean
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader.metadata is not None
    assert reader.metadata.title == "Ein Vermerk"
    assert reader.xmp_metadata is not None
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()


def test_every_page_names_the_document_and_its_address() -> None:
    text = rendered().pages[0].extract_text()

    assert "https://pipcycle.example/verify/1/" in text
    assert "This is version 3" in text
    assert "1 / 1" in text


@pytest.mark.parametrize(
    ("country", "paper"), [("US", "letter"), ("us", "letter"), ("CA", "letter"), ("DE", "A4"), ("", "A4")]
)
def test_paper_follows_the_country(country: str, paper: str) -> None:
    assert paper_size(country) == paper


@pytest.mark.parametrize(("country", "size"), [("US", (612, 792)), ("GB", (595, 842))])
def test_page_has_the_size_of_the_paper(country: str, size: tuple[int, int]) -> None:
    box = rendered(country).pages[0].mediabox

    assert (round(box.width), round(box.height)) == size


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/picture.png",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "data:text/css,body{}",
        "https://static.invalid/../pipcycle/settings.py",
        "https://static.invalid/no-such-file.css",
    ],
)
def test_nothing_but_static_files_is_fetched(url: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        StaticOnlyFetcher().fetch(url)


def test_a_static_file_is_served() -> None:
    response = StaticOnlyFetcher().fetch("https://static.invalid/img/mark.svg")

    assert response.read() == (Path(rendering.__file__).parents[1] / "static/img/mark.svg").read_bytes()


def test_a_template_that_reaches_outside_is_not_rendered(tmp_path: Path, settings: Any) -> None:
    (tmp_path / "outside.html").write_text(
        '<html lang="en"><title>x</title><img src="https://example.com/a.png" alt="">'
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]

    with pytest.raises(RenderingError):
        render_pdf(template="outside.html", context={}, language="en", country="US")
