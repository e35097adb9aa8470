"""Who gets what and when in a cycle: before it is launched as a dry run, afterwards as it is. No content."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import Employee
from reviews.enums import FormRole, FormStatus, ReviewStatus, StepKind
from reviews.models import Review, ReviewCycle, ReviewForm
from reviews.selectors.audience import due_dates


@dataclass(frozen=True, kw_only=True)
class Due:
    """A form or a step: the day, and where it stands."""

    day: datetime.date | None = None
    words: str | Promise = ""
    kind: str = "neutral"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One person: their self-assessment, who writes the review and by when, and when it is shared."""

    employee: Employee
    manager: Employee | None
    own: Due
    written: Due
    shared: Due
    note: str | Promise = ""


def rows_of(cycle: ReviewCycle, people: Iterable[Employee]) -> list[Row]:
    """Return the rows of the people; a fixed number of statements. ``people`` come with manager and department."""
    listed = list(people)
    days = due_dates(cycle)
    if cycle.is_planned:
        return [_planned(one, days) for one in listed]
    reviews = {
        review.employee_id: review
        for review in Review.objects.filter(cycle=cycle, employee__in=[one.pk for one in listed]).select_related(
            "manager"
        )
    }
    forms: dict[tuple[int, str], ReviewForm] = {
        (form.review_id, form.role): form
        for form in ReviewForm.objects.filter(review__in=reviews.values()).exclude(status=FormStatus.WITHDRAWN)
    }
    return list(_launched(listed, reviews, forms, days))


def _planned(employee: Employee, days: dict[StepKind, datetime.date]) -> Row:
    notes: list[str | Promise] = []
    if employee.manager_id is None:
        notes.append(_("Has no manager: nobody writes the review."))
    elif employee.membership_id is None:
        notes.append(_("Has no sign-in yet."))
    return Row(
        employee=employee,
        manager=employee.manager,
        own=Due(day=days.get(StepKind.SELF)),
        written=Due(day=days.get(StepKind.MANAGER) if employee.manager_id else None),
        shared=Due(day=days.get(StepKind.SHARE) if employee.manager_id else None),
        note=notes[0] if notes else "",
    )


def _launched(
    people: list[Employee],
    reviews: dict[int, Review],
    forms: dict[tuple[int, str], ReviewForm],
    days: dict[StepKind, datetime.date],
) -> Iterator[Row]:
    for one in people:
        review = reviews[one.pk]
        is_out = review.status == ReviewStatus.LEFT_OUT
        yield Row(
            employee=one,
            manager=review.manager,
            own=_state(forms.get((review.pk, FormRole.SELF))),
            written=_state(forms.get((review.pk, FormRole.MANAGER))),
            shared=_shared(review, days.get(StepKind.SHARE)),
            note=review.left_out_reason if is_out else _("Joined late") if review.is_late_joiner else "",
        )


def _state(form: ReviewForm | None) -> Due:
    if form is None:
        return Due()
    if form.status == FormStatus.SUBMITTED:
        return Due(day=form.due_on, words=_("Handed in late") if form.is_late else _("Handed in"), kind="success")
    return Due(day=form.due_on)


def _shared(review: Review, day: datetime.date | None) -> Due:
    if review.status == ReviewStatus.LEFT_OUT:
        return Due(words=_("Left out"))
    if review.is_shared:
        return Due(day=day, words=review.get_status_display(), kind="success")
    return Due(day=day)
