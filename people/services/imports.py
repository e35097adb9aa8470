"""Importing people: what a file of employees means. How a file is kept and run is in ``uploads`` and ``upload_run``."""

from collections.abc import Mapping
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from people.import_kinds import ImportKind
from people.imports.dates import DateOrder
from people.imports.fields import FIELD_BY_KEY
from people.imports.mapping import ColumnChoice, guess_mapping, missing_fields
from people.imports.profile import FileStart
from people.models import ImportBatch, Membership
from people.rules import can_import_people
from people.services.import_run import run_employees
from people.services.uploads import keep_choice, keep_upload
from pipcycle.errors import DomainError


def upload_file(*, actor: Membership | None, filename: str, stream: BinaryIO, size: int) -> ImportBatch:
    """Keep an uploaded file of employees and guess its columns. Raises FileRefused; nothing is kept then."""
    return keep_upload(actor=actor, kind=EMPLOYEES, filename=filename, stream=stream, size=size)


def choose_columns(
    *, actor: Membership | None, batch: ImportBatch, columns: Mapping[str, str], date_order: DateOrder | None = None
) -> ImportBatch:
    """Say what each column means; remembered for the next file with such headings.

    Raises DomainError if no column gives the number or the name, or if a heading is not in the file.
    """
    chosen = {key: heading for key, heading in columns.items() if heading}
    _check_columns(chosen)
    return keep_choice(
        actor=actor,
        batch=batch,
        choice=ColumnChoice(chosen, date_order).as_json(),
        meanings={heading: key for key, heading in chosen.items()},
    )


def _guess(start: FileStart, remembered: Mapping[str, str]) -> dict[str, Any]:
    guesses = guess_mapping(start.headings, start.samples, remembered)
    return {
        "columns": {key: guess.heading for key, guess in guesses.items()},
        "confidence": {key: round(guess.confidence, 3) for key, guess in guesses.items()},
        "date_order": "",
    }


def _check_columns(chosen: Mapping[str, str]) -> None:
    for key in chosen:
        if key not in FIELD_BY_KEY:
            raise DomainError(_("“%(field)s” is not a fact that can be imported.") % {"field": key})
    twice = {heading for heading in chosen.values() if list(chosen.values()).count(heading) > 1}
    if twice:
        raise DomainError(
            _("A column can serve one fact only. Chosen more than once: %(headings)s.")
            % {"headings": ", ".join(sorted(twice))}
        )
    if missing := missing_fields(chosen):
        labels = ", ".join(str(FIELD_BY_KEY[key].label) for key in missing)
        raise DomainError(_("Choose a column for: %(fields)s.") % {"fields": labels})


EMPLOYEES = ImportKind(
    key="employees",
    may_import=can_import_people,
    guess=_guess,
    run=run_employees,
    nothing_done=_("Nobody was changed."),
)
