"""Sealed PDFs: tagged, in a language, on the right paper, and closed to the outside."""

import io
import time
from pathlib import Path
from typing import Any

import pypdf
import pytest
from weasyprint.urls import FatalURLFetchingError

from documents import rendering
from documents.drawing import StaticOnlyFetcher, paper_size
from documents.renderers import RenderingError
from documents.rendering import render_pdf

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


def document(text: str, *, title: str = "Ein Vermerk", country: str = "DE") -> tuple[pypdf.PdfReader, str]:
    """Return a PDF that says the text in a paragraph and in a cell of a table, as people typed it, and its hash."""
    rendered = rendering.render_document(
        template="outside.html",
        context={**CONTEXT, "document": {"title": title, "version": 3}, "text": text},
        language="en",
        country=country,
    )
    return pypdf.PdfReader(io.BytesIO(rendered.pdf)), rendered.content_hash


@pytest.fixture
def page(tmp_path: Path, settings: Any) -> None:
    """A template that says a text."""
    (tmp_path / "outside.html").write_text(
        '{% extends "documents/pdf/base.html" %}{% block content %}<h1>{{ document.title }}</h1><h2>Part one</h2>'
        '<p class="prose">{{ text }}</p><table><tr><th scope="row">What</th><td class="number">1</td>'
        "<td>{{ text }}</td></tr></table>{% endblock %}"
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]


@pytest.mark.usefixtures("page")
def test_the_header_of_every_page_names_title_version_and_content() -> None:
    reader, content_hash = document("Many words. " * 2000)

    assert len(reader.pages) > 3
    assert f"version 3 · content {content_hash[:12]}" in reader.pages[0].extract_text()
    for number, one in enumerate(reader.pages[1:], start=2):
        text = one.extract_text()
        assert f"Ein Vermerk · version 3 · content {content_hash[:12]}" in text
        assert f"{number} / {len(reader.pages)}" in text


@pytest.mark.usefixtures("page")
def test_the_hash_follows_the_content_and_nothing_else() -> None:
    assert document("One")[1] == document("One")[1]
    assert document("One")[1] != document("Two")[1]


@pytest.mark.usefixtures("page")
def test_headings_are_bookmarks() -> None:
    reader, _content_hash = document("Words.")

    assert [entry.title for entry in reader.outline if not isinstance(entry, list)] == ["Ein Vermerk"]
    [below] = [entry for entry in reader.outline if isinstance(entry, list)]
    assert next(entry.title for entry in below if not isinstance(entry, list)) == "Part one"


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("country", ["US", "DE"])
def test_a_word_longer_than_the_page_is_broken_and_not_cut(country: str) -> None:
    reader, _content_hash = document("Abcdefghij" * 60, country=country)
    width = float(reader.pages[0].mediabox.width)
    ends: list[float] = []

    def look(text: str, _cm: Any, matrix: list[float], _font: Any, size: float) -> None:
        if "Abcdefghij" in text:
            ends.append(matrix[4])

    for one in reader.pages:
        one.extract_text(visitor_text=look)
    said = "".join(one.extract_text() for one in reader.pages).replace("\n", "")
    assert ends
    assert max(ends) < width - 50
    assert said.count("Abcdefghij") >= 100


@pytest.mark.usefixtures("page")
def test_pasted_markup_of_a_word_processor_is_shown_as_text() -> None:
    pasted = (
        '<p class=MsoNormal style="color:red"><b>Late</b><o:p></o:p><!--[if mso]><xml><![endif]-->'
        '<img src="file:///etc/passwd">'
    )

    text = document(pasted)[0].pages[0].extract_text().replace("\n", "")

    assert '<p class=MsoNormal style="color:red"><b>Late</b>' in text
    assert "passwd" in text


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    "text",
    ["هذا نص من اليمين إلى اليسار", "טקסט בעברית", "Fine 🙂 ✅ 👩‍💻", "a\u0301 \u200b\ufeff\u2028", "schifffahrt"],
)
def test_text_of_any_script_makes_a_whole_tagged_file(text: str) -> None:
    reader, _content_hash = document(text)

    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # type: ignore[index]  # noqa: E712
    assert len(reader.pages) == 1


@pytest.mark.usefixtures("page")
def test_200_kilobytes_in_a_cell_run_on_over_the_pages() -> None:
    text = "Every word of this is on the record. " * 2750 + "The very last word."
    started = time.process_time()
    reader, _content_hash = document(text)

    assert "The very last word." in "".join(one.extract_text() for one in reader.pages[-3:]).replace("\n", " ")
    assert time.process_time() - started < 60
