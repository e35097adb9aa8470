"""Rows as JSON lines: one object a line, as the database keeps them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

#: Columns that tell nothing of the case: the tenant, and the content of files, which is in the bundle by itself.
_LEFT_OUT = frozenset({"organization", "organization_id", "content", "pgh_context"})


def json_lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the rows as UTF-8 text, each on a line, keys in order; values keep their exact text."""
    lines = [
        json.dumps(
            {key: value for key, value in row.items() if key not in _LEFT_OUT},
            cls=DjangoJSONEncoder,
            ensure_ascii=False,
            sort_keys=True,
        )
        for row in rows
    ]
    return "".join(f"{line}\n" for line in lines).encode()
