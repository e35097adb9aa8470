"""Taking people into a cycle: their review, the forms written for it, and what is owed, in a few statements."""

import datetime
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from people.models import Employee
from reminders.services.obligations import OwedBy, owe_each, withdraw_many
from reviews.enums import RATING_ROLES, FormRole, FormStatus, StepKind
from reviews.models import Review, ReviewCycle, ReviewForm
from reviews.obligations import ABOUT_FORM, Owed
from reviews.selectors.audience import due_dates

#: What somebody who is asked after the launch is given at least.
DAYS_FOR_LATE_JOINERS = 14
KIND_OF_ROLE = {FormRole.SELF: Owed.ASSESS_SELF, FormRole.MANAGER: Owed.WRITE_REVIEW} | dict.fromkeys(
    RATING_ROLES, Owed.RATE
)
STEP_OF_ROLE = {FormRole.SELF: StepKind.SELF, FormRole.MANAGER: StepKind.MANAGER} | dict.fromkeys(
    RATING_ROLES, StepKind.PEERS
)


def take_in(*, cycle: ReviewCycle, people: Iterable[Employee], is_late: bool = False) -> int:
    """Give each of the people a review with its forms, in the caller's transaction; return how many got one.

    The insert is conditional: whoever has a review in the cycle already gets nothing, whatever ran before or beside.
    """
    wanted = list(people)
    rows = [Review(cycle=cycle, employee=one, manager_id=one.manager_id, is_late_joiner=is_late) for one in wanted]
    Review.objects.bulk_create(rows, ignore_conflicts=True)
    taken = list(
        Review.objects.filter(cycle=cycle, employee__in=[one.pk for one in wanted], forms__isnull=True).only(
            "pk", "employee_id", "manager_id"
        )
    )
    days = due_dates(cycle)
    if StepKind.SELF in days:
        open_forms(FormRole.SELF, [(one, one.employee_id) for one in taken], due=_due(days[StepKind.SELF], is_late))
    by_managers = [(one, one.manager_id) for one in taken if one.manager_id is not None]
    open_forms(FormRole.MANAGER, by_managers, due=_due(days[StepKind.MANAGER], is_late))
    return len(taken)


def open_forms(role: FormRole, authors: Iterable[tuple[Review, int]], *, due: datetime.date) -> None:
    """Open a form of the role for each review and its author, and let the author owe it."""
    forms = ReviewForm.objects.bulk_create(
        [ReviewForm(review=review, role=role, author_id=author, due_on=due) for review, author in authors]
    )
    owe_each(
        kind=KIND_OF_ROLE[role],
        about_type=ABOUT_FORM,
        owed=[OwedBy(form.pk, form.author_id, form.review.employee_id, due) for form in forms],
    )


def withdraw_open(forms: QuerySet[ReviewForm], *, reason: str) -> None:
    """Ask no longer for those of the forms that are open, nor for what is owed about them; in the caller's transaction.

    Forms first, then promises: in the order in which handing in takes them.
    """
    opened = forms.filter(status=FormStatus.OPEN).order_by("pk").select_for_update(of=("self",))
    left = ReviewForm.objects.filter(pk__in=list(opened.values_list("pk", flat=True)))
    left.update(status=FormStatus.WITHDRAWN, withdrawn_reason=reason[:300])
    withdraw_many(about_type=ABOUT_FORM, about_ids=left.order_by().values("pk"), reason=reason)


def due_for_latecomers(day: datetime.date) -> datetime.date:
    """Return the day, or two weeks from now where that is nearer than two weeks."""
    return max(day, timezone.localdate() + datetime.timedelta(days=DAYS_FOR_LATE_JOINERS))


def due_still_ahead(day: datetime.date) -> datetime.date:
    """Return the day, or two weeks from now where it is over."""
    return day if day >= timezone.localdate() else due_for_latecomers(day)


def _due(day: datetime.date, is_late: bool) -> datetime.date:  # noqa: FBT001  # a private helper of one caller
    return due_for_latecomers(day) if is_late else day
