"""Looking across organizations happens in a few named places only."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOMS = [
    "pipcycle",
    "people",
    "reminders",
    "documents",
    "metrics",
    "goals",
    "feedback",
    "pips",
    "development",
    "reviews",
    "demo",
]

#: Every function that opens the context of all organizations, each with the reason.
ALLOWED = {
    "people/selectors/accounts.py:memberships_of": "a user's own memberships, before any organization is chosen",
    "reminders/services/delivery.py:deliver_messages": "claims what is due of every organization, in one statement",
    "reminders/sent_record.py:hand_over": "marks one sent message by its key, beside the next message on its way",
    "documents/selectors/sealed.py:verify_hash": "a stranger checks a file's hash; no name and no content is read",
}


def uses_of_admin_context() -> Iterator[str]:
    """Yield "file:function" for each use, and for each way to get it under another name."""
    root = Path(settings.BASE_DIR)
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for function in ast.walk(tree):
                if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                    continue
                for node in ast.walk(function):
                    if isinstance(node, ast.Name | ast.Attribute) and word_of(node) in OPENERS:
                        yield f"{name}:{function.name}"
            for node in tree.body:
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield from (f"{name}: renamed" for alias in node.names if alias.name in OPENERS and alias.asname)


OPENERS = {
    "admin_context",
    "async_admin_context",
    "bypass_flag",
    "set_bypass_flag",
    "bypass_rls",
    "for_user",
    "set_guc",
    "GUC_IS_ADMIN",
}


def word_of(node: ast.Name | ast.Attribute) -> str:
    """Return the name used."""
    return node.id if isinstance(node, ast.Name) else node.attr


def test_all_organizations_are_looked_at_in_named_places_only() -> None:
    assert set(uses_of_admin_context()) == set(ALLOWED)


def test_no_code_sets_the_tenant_in_sql() -> None:
    paths = [path for room in ROOMS for path in (Path(settings.BASE_DIR) / room).rglob("*.py")]
    words = [(path.name, path.read_text(encoding="utf-8")) for path in paths]

    assert [name for name, text in words if "rls.current_tenant" in text or "rls.is_admin" in text] == []
