"""The SMART coach: reads a draft of a goal and says what is missing or vague, where, and how to mend it.

Deterministic: rules and word lists, no model. It advises; what stops a proposal is the service's affair.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goals.coaching.achievable import review_load, review_range, review_support
from goals.coaching.draft import Around, GoalDraft, StepDraft
from goals.coaching.measurable import review_evidence, review_figures, review_steps
from goals.coaching.relevant import review_anchor, review_weight
from goals.coaching.specific import review_title, review_words
from goals.coaching.timed import review_dates, review_step_dates
from goals.models import Cycle
from metrics.selectors.ranges import JobRange
from people.working_days import WorkingCalendar
from pipcycle.writing import Remark, sorted_remarks

__all__ = ["GoalDraft", "Letter", "StepDraft", "by_letter", "letter_of", "review_goal"]

_RULES = (
    review_title,
    review_words,
    review_figures,
    review_steps,
    review_evidence,
    review_range,
    review_support,
    review_load,
    review_anchor,
    review_weight,
    review_dates,
    review_step_dates,
)

LETTERS: dict[str, str | Promise] = {
    "S": _("Specific"),
    "M": _("Measurable"),
    "A": _("Achievable"),
    "R": _("Relevant"),
    "T": _("Time-bound"),
}
#: Where remarks on words belong, by the field they are in.
_LETTER_OF_FIELD = {"why": "R", "support_needed": "A"}


@dataclass(frozen=True)
class Letter:
    """One letter of SMART with what is said about it."""

    letter: str
    name: str | Promise
    remarks: Sequence[Remark]


def review_goal(
    draft: GoalDraft,
    *,
    calendar: WorkingCalendar,
    job_range: JobRange | None = None,
    cycle: Cycle | None = None,
    today: datetime.date | None = None,
) -> list[Remark]:
    """Return every remark on the draft, those that ask most first; a good goal gets none.

    ``calendar`` is that of the person's place of work, ``job_range`` what people of the job have reached in the linked
    metric (None if too few), ``today`` the day in the person's zone.
    """
    around = Around(calendar=calendar, job_range=job_range, cycle=cycle, today=today or timezone.localdate())
    return sorted_remarks(chain.from_iterable(rule(draft, around) for rule in _RULES))


def letter_of(remark: Remark) -> str:
    """Return the letter of SMART a remark belongs to."""
    if remark.code.startswith("words."):
        return _LETTER_OF_FIELD.get(remark.field, "S")
    return remark.code[0].upper()


def by_letter(remarks: Iterable[Remark]) -> list[Letter]:
    """Return the five letters, each with its remarks."""
    found: dict[str, list[Remark]] = {letter: [] for letter in LETTERS}
    for remark in remarks:
        found[letter_of(remark)].append(remark)
    return [Letter(letter, name, found[letter]) for letter, name in LETTERS.items()]
