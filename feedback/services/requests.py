"""Asking for feedback: the question, its answer's obligation, declining and taking it back."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback import note_rules as rules
from feedback.models import FeedbackRequest
from feedback.note_enums import RequestStatus
from feedback.note_obligations import ABOUT_REQUEST, ANSWER
from feedback.services.note_notices import tell
from goals.models import Goal
from people.enums import EmployeeStatus
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from people.working_days import calendar_for
from pipcycle.errors import DomainError
from reminders.services.obligations import fulfil, owe, withdraw, withdraw_many

LONGEST = datetime.timedelta(days=90)


def ask_for_feedback(
    *,
    actor: Membership,
    asked: Employee,
    about: Employee,
    question: str,
    due_on: datetime.date,
    goal: Goal | None = None,
) -> FeedbackRequest:
    """Ask a colleague about oneself or somebody below; they owe an answer by the day, or decline.

    Raises PermissionDenied for whoever may not ask about the person; DomainError for a question nobody could answer.
    """
    if not rules.can_ask_about(actor, about):
        raise PermissionDenied
    own = employee_of(actor)
    assert own is not None  # noqa: S101  # as the rule asks; narrows the type
    question = question.strip()
    _check_people(own, asked, about, goal)
    _check_words(question, due_on)
    with transaction.atomic():
        request = FeedbackRequest.objects.create(
            asked_by=own,
            asked=asked,
            about=about,
            goal=goal,
            question=question,
            due_on=calendar_for(asked).next_working_day(due_on),
        )
        owe(kind=ANSWER, about_type=ABOUT_REQUEST, about_id=request.pk, due_on=request.due_on, owner=asked)
        tell(
            asked,
            key=f"asked:{request.pk}",
            subject=_("You are asked for feedback"),
            line=_("A colleague asks what you think. You can answer, or decline with one click; nobody is told why."),
            url=request.get_absolute_url(),
        )
    return request


def decline_request(*, actor: Membership, request: FeedbackRequest, reason: str = "") -> FeedbackRequest:
    """Decline to answer, with a word or without. Raises PermissionDenied, or DomainError when it is closed already."""
    if not rules.is_asked(actor, request):
        raise PermissionDenied
    with transaction.atomic():
        close_request(request, RequestStatus.DECLINED, reason=reason)
        fulfil(kind=ANSWER, about_type=ABOUT_REQUEST, about_id=request.pk, actor=actor)
        tell(
            request.asked_by,
            key=f"declined:{request.pk}",
            subject=_("Feedback you asked for was declined"),
            line=_("That is fine, and needs no reason. You can ask somebody else."),
            url=request.get_absolute_url(),
        )
    return request


def withdraw_request(*, actor: Membership, request: FeedbackRequest) -> FeedbackRequest:
    """Take a question back nobody has answered. Raises PermissionDenied, or DomainError when it is closed already."""
    if not rules.is_asker(actor, request):
        raise PermissionDenied
    with transaction.atomic():
        close_request(request, RequestStatus.WITHDRAWN)
        withdraw(about_type=ABOUT_REQUEST, about_id=request.pk, reason=_("The question was taken back."))
    return request


def end_questions_of_leavers() -> int:
    """Take back every open question whose asker, asked or subject has left; return how many. Twice changes nothing."""
    left = EmployeeStatus.LEFT
    gone = Q(asked_by__status=left) | Q(asked__status=left) | Q(about__status=left)
    keys = FeedbackRequest.objects.filter(gone, status=RequestStatus.OPEN).order_by().values("pk")
    with transaction.atomic():
        withdraw_many(about_type=ABOUT_REQUEST, about_ids=keys, reason=_("The employee has left."))
        return FeedbackRequest.objects.filter(pk__in=keys, status=RequestStatus.OPEN).update(
            status=RequestStatus.WITHDRAWN, closed_at=timezone.now()
        )


def close_request(request: FeedbackRequest, status: RequestStatus, *, reason: str = "") -> None:
    """Lock the question, read it afresh in place, and close it. Raises DomainError unless it is open."""
    request.refresh_from_db(from_queryset=FeedbackRequest.objects.select_for_update(of=("self",), no_key=True))
    if not rules.is_open(request):
        raise DomainError(
            _("This question is closed already: %(status)s.") % {"status": request.get_status_display().lower()}
        )
    request.status, request.closed_at, request.reason = status, timezone.now(), reason.strip()
    request.save(update_fields=["status", "closed_at", "reason"])


def _check_people(own: Employee, asked: Employee, about: Employee, goal: Goal | None) -> None:
    if asked.pk in (own.pk, about.pk):
        raise DomainError(_("Ask somebody other than yourself and the person it is about."))
    if asked.has_left:
        raise DomainError(_("%(name)s has left the organization. Ask somebody else.") % {"name": asked.full_name})
    if asked.membership_id is None:
        raise DomainError(
            _("%(name)s has no sign-in, so an answer could not be given. Ask somebody else, or HR for a sign-in.")
            % {"name": asked.full_name}
        )
    if goal is not None and goal.employee_id != about.pk:
        raise DomainError(_("This goal belongs to somebody else. Choose one of the person the feedback is about."))


def _check_words(question: str, due_on: datetime.date) -> None:
    if not question:
        raise DomainError(_("Ask something that can be answered: what, and on what occasion."))
    today = timezone.localdate()
    if not today <= due_on <= today + LONGEST:
        raise DomainError(_("Give a day from today on, at most 90 days ahead."))
