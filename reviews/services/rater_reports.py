"""The report of 360 feedback: made once, from then on nothing is answered and nothing can be compared with it."""

import secrets
from collections import defaultdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.errors import DomainError, require
from reminders.services.obligations import withdraw
from reviews.anonymity import GROUPS, build_report
from reviews.enums import RATING_ROLES, FormRole, FormStatus
from reviews.models import RaterReport, Review, ReviewForm
from reviews.obligations import ABOUT_REVIEW, Owed
from reviews.rater_rules import can_make_report, can_withhold
from reviews.rating import Rating, behaviours_for
from reviews.selectors.reviews import content_of_cycle
from reviews.services.forms_opened import withdraw_open
from reviews.services.raters import lock_review, manages


def make_report(*, actor: Membership, review: Review) -> RaterReport:
    """End the answering and make the report. Raises PermissionDenied, or DomainError where there is one already."""
    require(can_make_report(actor, review))
    with transaction.atomic():
        locked = lock_review(review)
        if RaterReport.objects.filter(review=locked).exists():
            raise DomainError(_("The report is made already; it is made once. Reload the page to see it."))
        return freeze(actor, locked)


def freeze(actor: Membership, review: Review) -> RaterReport:
    """Make the report of a locked review, in the caller's transaction; what is open is asked for no longer."""
    forms = ReviewForm.objects.filter(review=review, role__in=RATING_ROLES)
    reason = gettext("The report was made without it.")
    withdraw_open(forms, reason=reason)
    withdraw(about_type=ABOUT_REVIEW, about_id=review.pk, kind=Owed.AGREE_RATERS, reason=reason)
    answers: defaultdict[str, list[Rating]] = defaultdict(list)
    for role, said in forms.filter(status=FormStatus.SUBMITTED).order_by("pk").values_list("role", "answers"):
        answers[role].append(said)
    own = next(iter(answers.get(FormRole.OWN_VIEW, ())), None)
    leads = manages(review.employee) or bool(answers.get(FormRole.UPWARD))
    asked = behaviours_for(FormRole.OWN_VIEW, manages=leads, content=content_of_cycle(review.cycle))
    content = build_report(asked, {group: answers[group] for group in GROUPS}, own=own, seed=secrets.token_bytes(32))
    return RaterReport.objects.create(review=review, content=content, frozen_by=actor)


def freeze_for_sharing(actor: Membership, review: Review) -> None:
    """Make the report that is not made yet of a review about to be shared, where anybody was asked."""
    asked = ReviewForm.objects.filter(review=review, role__in=RATING_ROLES).exists()
    if asked and not RaterReport.objects.filter(review=review).exists():
        freeze(actor, review)


def withhold_comments(*, actor: Membership, report: RaterReport, reason: str) -> None:
    """Keep the comments from everybody but HR, with a reason. Raises PermissionDenied or DomainError."""
    require(can_withhold(actor, report.review))
    if not reason.strip():
        raise DomainError(_("Say why: the manager and the employee read that comments are withheld, HR reads why."))
    with transaction.atomic():
        kept = RaterReport.objects.filter(pk=report.pk, withheld_at__isnull=True).update(
            withheld_by=actor, withheld_at=timezone.now(), withheld_reason=reason.strip()[:300]
        )
    if not kept:
        raise DomainError(_("The comments are withheld already."))
