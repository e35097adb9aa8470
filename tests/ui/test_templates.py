"""Every template compiles, names only components that exist, and keeps to the content security policy."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

TEMPLATES = Path(settings.BASE_DIR) / "templates"
NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
COMPONENT = re.compile(r"<c-(?!slot\b|vars\b)([a-z][\w.-]*)")
COMMENT = re.compile(r"{#.*?#}|{%\s*comment\s*%}.*?{%\s*endcomment\s*%}", re.DOTALL)
INLINE = re.compile(r"\sstyle=|<style\b|<script(?![^>]*\bsrc=)|\son[a-z]+=[\"']|javascript:", re.IGNORECASE)
PAPER = ("pdf", "mail", "evidence/timeline")
"""What we never serve as a page: WeasyPrint, mail programs and a file in a bundle need their styles inside."""


def components_used(name: str) -> Iterator[str]:
    """Yield the path of every component the template names."""
    text = COMMENT.sub("", (TEMPLATES / name).read_text())
    for component in COMPONENT.findall(text):
        yield f"cotton/{component.replace('.', '/').replace('-', '_')}.html"


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles_and_names_existing_components(name: str) -> None:
    get_template(name)

    assert [path for path in components_used(name) if not (TEMPLATES / path).is_file()] == []


@pytest.mark.parametrize("name", [name for name in NAMES if not any(part in name for part in PAPER)])
def test_template_has_no_inline_style_or_script(name: str) -> None:
    assert INLINE.findall((TEMPLATES / name).read_text()) == []


@pytest.mark.parametrize("name", NAMES)
def test_template_is_short_enough_to_read(name: str) -> None:
    assert len((TEMPLATES / name).read_text().splitlines()) <= 200


def test_stylesheets_are_short_and_layered() -> None:
    sheets = sorted((Path(settings.BASE_DIR) / "static" / "css").rglob("*.css"))

    assert sheets
    assert [sheet.name for sheet in sheets if len(sheet.read_text().splitlines()) > 150] == []
    assert [sheet.name for sheet in sheets if "@layer" not in sheet.read_text()] == []
