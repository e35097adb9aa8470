"""A running cycle follows the people: who joins, who leaves, and who has another manager since."""

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.enums import EmployeeStatus
from people.models import Employee, Membership
from pipcycle.errors import require
from reminders.services.obligations import OwedBy, owe_each, withdraw_many
from reviews.enums import (
    RATING_ROLES,
    CycleStatus,
    FormRole,
    FormStatus,
    LateJoiners,
    RaterStatus,
    ReviewStatus,
    StepKind,
)
from reviews.models import Rater, Review, ReviewCycle, ReviewForm
from reviews.obligations import ABOUT_REVIEW, Owed
from reviews.rules import can_manage_cycles
from reviews.selectors.audience import due_dates, yet_to_take_in
from reviews.services.forms_opened import due_for_latecomers, open_forms, take_in, withdraw_open
from reviews.services.raters import withdraw_ratings
from reviews.services.running import AT_ONCE, leave_out
from reviews.services.steps import lock_cycle

_UNSHARED = [ReviewStatus.OPEN, ReviewStatus.WRITTEN]


def follow_the_people(*, cycle: ReviewCycle) -> int:
    """Let the cycle follow joiners, leavers and changes of manager; return how many reviews changed.

    Doing it twice changes nothing.
    """
    with transaction.atomic():
        lock_cycle(cycle)
        if cycle.status != CycleStatus.RUNNING:
            return 0
        changed = _leave_out_leavers(cycle) + _hand_on(cycle)
        if cycle.late_joiners == LateJoiners.ADD:
            changed += _take_in_joiners(cycle)
    return changed


def take_in_joiners(*, actor: Membership, cycle: ReviewCycle) -> int:
    """Take in who has come to fit the audience since the launch; return how many. Raises PermissionDenied."""
    require(can_manage_cycles(actor))
    with transaction.atomic():
        lock_cycle(cycle)
        return _take_in_joiners(cycle) if cycle.is_running else 0


def _take_in_joiners(cycle: ReviewCycle) -> int:
    return take_in(cycle=cycle, people=yet_to_take_in(cycle).order_by("pk")[:AT_ONCE], is_late=True)


def _leave_out_leavers(cycle: ReviewCycle) -> int:
    gone = cycle.reviews.filter(status__in=_UNSHARED, employee__status=EmployeeStatus.LEFT)
    keys = list(gone.values_list("pk", flat=True))
    if keys:
        leave_out(keys, gettext("The employee has left."))
    for rater in Employee.objects.filter(Exists(_open_ratings(cycle)), status=EmployeeStatus.LEFT):
        withdraw_ratings(forms_of=rater)
    return len(keys)


def _open_ratings(cycle: ReviewCycle) -> QuerySet[ReviewForm]:
    return ReviewForm.objects.filter(
        review__cycle=cycle, role__in=RATING_ROLES, status=FormStatus.OPEN, author=OuterRef("pk")
    )


def _hand_on(cycle: ReviewCycle) -> int:
    """Give what is unwritten to the manager of today; a written review is shared by them, and stays its writer's."""
    astray = (
        cycle.reviews.filter(status__in=_UNSHARED, employee__manager__isnull=False)
        .filter(Q(manager__isnull=True) | ~Q(manager=F("employee__manager")))
        .annotate(manager_now=F("employee__manager"))
    )
    by_key = {review.pk: review.manager_now for review in astray}
    if not by_key:
        return 0
    reviews = list(Review.objects.filter(pk__in=by_key))
    for review in reviews:
        review.manager_id = by_key[review.pk]
    Review.objects.bulk_update(reviews, ["manager"], batch_size=AT_ONCE)
    _reopen_for_manager(cycle, [review for review in reviews if review.status == ReviewStatus.OPEN])
    _pass_sharing(cycle, [review for review in reviews if review.status == ReviewStatus.WRITTEN])
    _pass_raters(cycle, reviews)
    return len(reviews)


def _reopen_for_manager(cycle: ReviewCycle, reviews: list[Review]) -> None:
    reason = gettext("The review passed to another manager.")
    forms = ReviewForm.objects.filter(review__in=[review.pk for review in reviews], role=FormRole.MANAGER)
    withdraw_open(forms, reason=reason)
    due = due_for_latecomers(due_dates(cycle)[StepKind.MANAGER])
    open_forms(FormRole.MANAGER, [(one, one.manager_id) for one in reviews if one.manager_id is not None], due=due)


def _pass_sharing(cycle: ReviewCycle, reviews: list[Review]) -> None:
    due = due_for_latecomers(due_dates(cycle)[StepKind.SHARE])
    withdraw_many(
        about_type=ABOUT_REVIEW,
        about_ids=Review.objects.filter(pk__in=[review.pk for review in reviews]).order_by().values("pk"),
        kinds=[Owed.SHARE],
        reason=_("The review passed to another manager."),
    )
    owed = [OwedBy(one.pk, one.manager_id, one.employee_id, due) for one in reviews if one.manager_id is not None]
    owe_each(kind=Owed.SHARE, about_type=ABOUT_REVIEW, owed=owed)


def _pass_raters(cycle: ReviewCycle, reviews: list[Review]) -> None:
    """Let the manager of today agree with the raters proposed to a former one."""
    proposed = Rater.objects.filter(review__in=[one.pk for one in reviews], status=RaterStatus.PROPOSED).order_by()
    waiting = set(proposed.values_list("review", flat=True))
    if not waiting:
        return
    withdraw_many(
        about_type=ABOUT_REVIEW,
        about_ids=proposed.values("review"),
        kinds=[Owed.AGREE_RATERS],
        reason=_("The review passed to another manager."),
    )
    due = due_for_latecomers(due_dates(cycle)[StepKind.PEERS])
    owed = [
        OwedBy(one.pk, one.manager_id, one.employee_id, due)
        for one in reviews
        if one.pk in waiting and one.manager_id is not None
    ]
    owe_each(kind=Owed.AGREE_RATERS, about_type=ABOUT_REVIEW, owed=owed)


def employee_left(employee: Employee, _actor: Membership | None) -> None:
    """Take the person's unshared reviews out of their cycles at once; an import's leavers are found the same day."""
    with transaction.atomic():
        keys = list(Review.objects.filter(employee=employee, status__in=_UNSHARED).values_list("pk", flat=True))
        if keys:
            leave_out(keys, gettext("The employee has left."))
    withdraw_ratings(forms_of=employee)
