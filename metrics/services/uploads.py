"""Files of figures: what their columns mean. How a file is kept and run is in the people room's ``uploads``."""

from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from metrics.rules import can_manage_observations
from metrics.selectors.definitions import observed_metrics
from metrics.services.upload_run import run_observations
from metrics.uploads.columns import METRIC_PREFIX, PARTS, Choice, NamedMetric, guess_meanings, problems_of
from people.import_kinds import ImportKind
from people.imports.profile import FileStart
from people.models import ImportBatch, Membership
from people.services.uploads import keep_choice, keep_upload
from pipcycle.errors import DomainError


def upload_observations(*, actor: Membership | None, filename: str, stream: BinaryIO, size: int) -> ImportBatch:
    """Keep an uploaded file of figures and guess its columns. Raises FileRefused; nothing is kept then."""
    return keep_upload(actor=actor, kind=OBSERVATIONS, filename=filename, stream=stream, size=size)


def choose_meanings(*, actor: Membership | None, batch: ImportBatch, choice: Choice) -> ImportBatch:
    """Say what each column means; remembered for the next file with such headings. Raises DomainError."""
    meanings = {heading: meaning for heading, meaning in choice.meanings.items() if meaning}
    choice = Choice(meanings, choice.date_order, choice.is_strict)
    if problems := [*_unknown(choice), *problems_of(choice)]:
        raise DomainError(" ".join(str(problem) for problem in problems))
    return keep_choice(actor=actor, batch=batch, choice=choice.as_json(), meanings=meanings)


def named_metrics() -> Sequence[NamedMetric]:
    """Return the metrics a column can hold, by name."""
    return [NamedMetric(metric.key, metric.name) for metric in observed_metrics()]


def _guess(start: FileStart, remembered: Mapping[str, str]) -> dict[str, Any]:
    meanings, unsure = guess_meanings(start.headings, named_metrics(), remembered)
    return {**Choice(meanings).as_json(), "unsure": unsure}


def _unknown(choice: Choice) -> list[str]:
    known = {metric.meaning for metric in named_metrics()} | set(PARTS)
    return [
        _("There is no metric “%(key)s” that takes figures. Define it first, or choose another.")
        % {"key": meaning.removeprefix(METRIC_PREFIX)}
        for meaning in choice.meanings.values()
        if meaning not in known
    ]


OBSERVATIONS = ImportKind(
    key="observations",
    may_import=can_manage_observations,
    guess=_guess,
    run=run_observations,
    nothing_done=_("No figure was changed."),
)
