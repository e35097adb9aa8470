"""Checks and moves every service of a cycle shares."""

import datetime
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pipcycle.errors import DomainError
from reviews.enums import ALWAYS_TAKEN, CYCLE_TRANSITIONS, CycleStatus, StepKind
from reviews.models import ReviewCycle


def lock_cycle(cycle: ReviewCycle) -> None:
    """Read the cycle afresh and hold it until the end of the transaction."""
    cycle.refresh_from_db(from_queryset=ReviewCycle.objects.select_for_update(of=("self",), no_key=True))


def move_cycle(cycle: ReviewCycle, target: CycleStatus, **facts: Any) -> None:
    """Move a locked cycle along the table. Raises DomainError for a move the table does not know."""
    if target not in CYCLE_TRANSITIONS[CycleStatus(cycle.status)]:
        raise DomainError(
            gettext("“%(name)s” is already: %(state)s. Reload the page to see it.")
            % {"name": cycle.name, "state": cycle.get_status_display()}
        )
    cycle.status = target
    for name, value in facts.items():
        setattr(cycle, name, value)
    cycle.save(update_fields=["status", *facts])


def checked_dates(dates: Mapping[StepKind, datetime.date | None]) -> dict[StepKind, datetime.date]:
    """Return the steps taken, in their order. Raises DomainError where one is missing or they are out of order."""
    taken = {kind: day for kind in StepKind if (day := dates.get(kind)) is not None}
    require_days(ALWAYS_TAKEN, taken)
    days = list(taken.items())
    for (earlier, first), (later, second) in pairwise(days):
        if second < first:
            raise DomainError(
                gettext("“%(later)s” comes after “%(earlier)s”. Choose a later day for it.")
                % {"later": later.label, "earlier": earlier.label}
            )
    return taken


def require_days(steps: Iterable[StepKind], taken: Mapping[StepKind, datetime.date]) -> None:
    """Raise DomainError naming those of the steps that have no day."""
    wanted = set(steps)
    missing = [str(kind.label) for kind in StepKind if kind in wanted and kind not in taken]
    if missing:
        raise DomainError(gettext("Give a day for: %(steps)s.") % {"steps": ", ".join(missing)})


def require_ahead(day: datetime.date) -> None:
    """Raise DomainError for a day that is over."""
    if day < timezone.localdate():
        raise DomainError(_("Choose days still to come, so that everybody has a chance."))
