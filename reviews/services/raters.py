"""360 feedback: who is proposed, who is asked, and the answer each gives once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.enums import EmployeeStatus
from people.models import Employee, Membership, ReportingLine
from pipcycle.errors import DomainError, require
from reminders.services.obligations import fulfil, owe, withdraw
from reviews.enums import RATING_ROLES, CycleStatus, FormRole, FormStatus, RaterStatus, ReviewStatus, StepKind
from reviews.models import Rater, RaterReport, Review, ReviewForm
from reviews.obligations import ABOUT_FORM, ABOUT_REVIEW, Owed
from reviews.rater_rules import can_decide_raters, can_name_raters
from reviews.rating import Rating, behaviours_for, cleaned_rating, unanswered
from reviews.rules import is_author
from reviews.selectors.audience import due_dates
from reviews.selectors.reviews import content_of_cycle
from reviews.services.forms_opened import due_for_latecomers, open_forms, withdraw_open
from reviews.services.writing import FormClosedError

MOST_RATERS = 20


def name_rater(*, actor: Membership, review: Review, person: Employee) -> Rater:
    """Propose somebody as a rater: the employee proposes, the manager asks at once.

    Raises PermissionDenied, or DomainError for somebody who cannot be asked, or who is already.
    """
    require(can_name_raters(actor, review))
    with transaction.atomic():
        locked = lock_review(review)
        _require_open(locked)
        role = _role_of(locked, person)
        rater = Rater.objects.filter(review=locked, employee=person).first()
        if rater is not None and rater.status != RaterStatus.DECLINED:
            raise DomainError(gettext("%(name)s is on the list already.") % {"name": person.full_name})
        if locked.raters.filter(status__in=[RaterStatus.PROPOSED, RaterStatus.AGREED]).count() >= MOST_RATERS:
            raise DomainError(gettext("Twenty people at most are asked. Take somebody off the list first."))
        if rater is None:
            rater = Rater.objects.create(review=locked, employee=person, role=role, proposed_by=actor)
        elif not can_decide_raters(actor, locked):
            raise DomainError(
                gettext("%(name)s was declined. Talk about it, or name somebody else.") % {"name": person}
            )
        if can_decide_raters(actor, locked):
            _ask(actor, locked, rater)
        elif locked.manager is not None:
            due = due_dates(locked.cycle)[StepKind.PEERS]
            owe(
                kind=Owed.AGREE_RATERS,
                about_type=ABOUT_REVIEW,
                about_id=locked.pk,
                due_on=due,
                owner=locked.manager,
                employee=locked.employee,
            )
    return rater


def decide_rater(*, actor: Membership, rater: Rater, agrees: bool, reason: str = "") -> None:
    """Agree that somebody is asked, or decline with a reason. Raises PermissionDenied or DomainError."""
    require(can_decide_raters(actor, rater.review))
    if not agrees and not reason.strip():
        raise DomainError(_("Say why: the employee reads it and can name somebody else."))
    with transaction.atomic():
        locked = lock_review(rater.review)
        _require_open(locked)
        fresh = Rater.objects.select_related("employee").get(pk=rater.pk)
        if fresh.status != RaterStatus.PROPOSED:
            raise DomainError(_("This is decided already. Reload the page to see it."))
        if agrees:
            _role_of(locked, fresh.employee)
            _ask(actor, locked, fresh)
        else:
            _settle(fresh, RaterStatus.DECLINED, actor=actor, reason=reason.strip())
        _keep_agreeing(actor, locked)


def take_back_rater(*, actor: Membership, rater: Rater) -> None:
    """Take a proposal back before it is decided. Whoever is asked stays asked. Raises as ``decide_rater`` does."""
    require(can_name_raters(actor, rater.review))
    with transaction.atomic():
        locked = lock_review(rater.review)
        if not Rater.objects.filter(pk=rater.pk, status=RaterStatus.PROPOSED).delete()[0]:
            raise DomainError(_("This is decided already. Reload the page to see it."))
        _keep_agreeing(actor, locked)


def submit_rating(*, actor: Membership, form: ReviewForm, rating: Rating) -> None:
    """Hand in one's answer, once: of two at the same moment the first counts, and nothing changes it afterwards.

    Raises PermissionDenied, FormClosedError, or DomainError naming how much is not answered.
    """
    require(is_author(actor, form) and form.role in RATING_ROLES)
    content = content_of_cycle(form.review.cycle)
    asked = behaviours_for(form.role, manages=manages(form.review.employee), content=content)
    said = cleaned_rating(rating, asked)
    left = unanswered(said, asked)
    if left:
        raise DomainError(gettext("Choose an answer for: %(what)s") % {"what": " ".join(str(one.text) for one in left)})
    with transaction.atomic():
        review = lock_review(form.review)
        _require_running(review)
        is_late = timezone.localdate() > form.due_on
        if is_late and not review.cycle.accepts_late:
            raise FormClosedError(_("The day for it is over, and this cycle takes nothing later."))
        taken = ReviewForm.objects.filter(pk=form.pk, status=FormStatus.OPEN).update(
            status=FormStatus.SUBMITTED, answers=said, submitted_at=timezone.now(), is_late=is_late, revision=1
        )
        if not taken:
            raise FormClosedError(_("This answer is not taken: it is handed in already, or no longer asked for."))
        fulfil(kind=Owed.RATE, about_type=ABOUT_FORM, about_id=form.pk, actor=actor)


def withdraw_ratings(*, forms_of: Employee) -> None:
    """Ask somebody who leaves for nothing more; what they handed in stays, for it names nobody.

    Whoever was asked stays on the list as asked: a list that told those who had answered from those who had not would
    give the answers a name. Only what nobody had agreed to is taken off.
    """
    reason = gettext("The person asked has left.")
    with transaction.atomic():
        withdraw_open(ReviewForm.objects.filter(author=forms_of, role__in=RATING_ROLES), reason=reason)
        proposed = Rater.objects.filter(employee=forms_of, status=RaterStatus.PROPOSED)
        proposed.update(status=RaterStatus.WITHDRAWN, reason=reason)


def manages(employee: Employee) -> bool:
    """Return whether anybody reports to the employee."""
    return Employee.objects.filter(manager=employee).exists()


def lock_review(review: Review) -> Review:
    """Read the review afresh and hold it until the end of the transaction."""
    rows = Review.objects.select_for_update(of=("self",)).select_related("cycle__organization", "employee", "manager")
    locked: Review = rows.get(pk=review.pk)
    return locked


def _require_running(review: Review) -> None:
    if review.cycle.status != CycleStatus.RUNNING or review.status not in {ReviewStatus.OPEN, ReviewStatus.WRITTEN}:
        raise FormClosedError(_("Nothing is asked for this review any more."))
    if RaterReport.objects.filter(review=review).exists():
        raise FormClosedError(_("The report is made already, so that no two can be compared. Nothing is added to it."))


def _require_open(review: Review) -> None:
    _require_running(review)
    if not review.cycle.steps.filter(kind=StepKind.PEERS).exists():
        raise DomainError(_("This cycle asks nobody else for feedback."))


def _role_of(review: Review, person: Employee) -> FormRole:
    """Return as what the person would answer. Raises DomainError for whoever cannot."""
    if person.status == EmployeeStatus.LEFT or person.left_on is not None:
        raise DomainError(gettext("%(name)s has left or is leaving. Name somebody else.") % {"name": person.full_name})
    if person.pk == review.employee_id:
        raise DomainError(_("The employee’s own view is asked for by itself. Name somebody else."))
    above = ReportingLine.objects.filter(manager=person, employee=review.employee_id).exists()
    if above or person.pk == review.manager_id:
        raise DomainError(_("Managers write the review, so they are not asked here. Name somebody else."))
    return FormRole.UPWARD if person.manager_id == review.employee_id else FormRole.PEER


def _ask(actor: Membership, review: Review, rater: Rater) -> None:
    _settle(rater, RaterStatus.AGREED, actor=actor)
    due = due_for_latecomers(due_dates(review.cycle)[StepKind.PEERS])
    open_forms(FormRole(rater.role), [(review, rater.employee_id)], due=due)
    if not ReviewForm.objects.filter(review=review, role=FormRole.OWN_VIEW).exists():
        open_forms(FormRole.OWN_VIEW, [(review, review.employee_id)], due=due)


def _settle(rater: Rater, status: RaterStatus, *, actor: Membership, reason: str = "") -> None:
    rater.status, rater.decided_by, rater.reason = status, actor, reason[:300]
    rater.save(update_fields=["status", "decided_by", "reason"])


def _keep_agreeing(actor: Membership, review: Review) -> None:
    """Close what the manager owes once nothing waits for them."""
    if review.raters.filter(status=RaterStatus.PROPOSED).exists():
        return
    if can_decide_raters(actor, review):
        fulfil(kind=Owed.AGREE_RATERS, about_type=ABOUT_REVIEW, about_id=review.pk, actor=actor)
    else:
        withdraw(about_type=ABOUT_REVIEW, about_id=review.pk, kind=Owed.AGREE_RATERS, reason=_("It was taken back."))
