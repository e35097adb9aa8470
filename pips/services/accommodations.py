"""A request for an accommodation: to HR alone, what is medical kept apart, what is granted shown (rules 9, 10)."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import ProtectedActivityKind
from people.models import Membership
from people.rules import can_see_protected_activity
from people.selectors.accounts import employee_of
from people.selectors.employees import hr_partners_for
from people.services.protected import record_protected_activity
from pipcycle.errors import DomainError, require
from pips.days import today_for
from pips.enums import AccommodationStatus
from pips.models import AccommodationDetail, AccommodationRequest, Plan
from pips.obligations import About, Owed
from pips.rules_voice import can_decide_accommodation, can_request_accommodation
from pips.services.moves import require_words
from pips.services.notices import tell, tell_both
from pips.services.promises_voice import owe_accommodation
from reminders.services.obligations import fulfil


def request_accommodation(*, actor: Membership, plan: Plan, words: str) -> AccommodationRequest:
    """Ask as the employee for something that would help; HR alone hears of it and owes an answer in time.

    It is on record as an activity the law protects (rule 4). Raises PermissionDenied or DomainError.
    """
    require(can_request_accommodation(actor, plan))
    words = require_words(words, _("Write what would help you."), rule=9)
    with transaction.atomic():
        try:
            with transaction.atomic():
                request = AccommodationRequest.objects.create(plan=plan, requested_by=actor)
        except IntegrityError as error:
            raise DomainError(_("You have asked already and HR owes you an answer."), rule=9) from error
        AccommodationDetail.objects.create(request=request, words=words)
        record_protected_activity(
            actor=actor,
            employee=plan.employee,
            kind=ProtectedActivityKind.ACCOMMODATION,
            occurred_on=min(today_for(plan.employee), timezone.localdate()),
            about_type=About.ACCOMMODATION,
            about_id=request.pk,
        )
        owe_accommodation(request)
        _tell_partners(request, actor)
    return request


def _tell_partners(request: AccommodationRequest, actor: Membership) -> None:
    plan = request.plan
    for partner in hr_partners_for(plan.employee):
        own = employee_of(partner)
        if own is not None and can_see_protected_activity(partner, plan.employee):
            tell(
                plan=plan,
                event=f"accommodation:{request.pk}",
                to=own,
                subject=_("A request awaits HR’s answer"),
                lines=[_("An employee has written to HR. The answer is due on your list.")],
                actor=actor,
            )


def decide_accommodation(
    *,
    actor: Membership,
    request: AccommodationRequest,
    is_granted: bool,
    reason: str,
    granted: str = "",
    restrictions: str = "",
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
) -> None:
    """Answer as HR. The manager learns what is granted and from when to when, never why; the employee reads it all.

    Raises PermissionDenied unless the actor is an HR partner who does not stand above the employee, or DomainError.
    """
    reason = require_words(reason, _("Write your reasons. You and the employee read them, nobody else."), rule=9)
    if is_granted:
        granted = require_words(granted, _("Write what is granted, so that the manager can keep to it."), rule=9)
        if starts_on is None:
            raise DomainError(_("Say from when it holds."), rule=9)
        if ends_on is not None and ends_on < starts_on:
            raise DomainError(_("It cannot end before it begins."), rule=9)
    with transaction.atomic():
        request.refresh_from_db(from_queryset=AccommodationRequest.objects.select_for_update(of=("self",)))
        if request.status != AccommodationStatus.OPEN:
            raise DomainError(_("This request is answered already. Reload the page to see it."), rule=9)
        require(can_decide_accommodation(actor, request))
        request.status = AccommodationStatus.GRANTED if is_granted else AccommodationStatus.DECLINED
        request.reason = reason
        request.granted, request.restrictions = (granted, restrictions.strip()) if is_granted else ("", "")
        request.starts_on, request.ends_on = (starts_on, ends_on) if is_granted else (None, None)
        request.decided_by = actor
        request.decided_at = timezone.now()
        request.save()
        fulfil(kind=Owed.ANSWER_ACCOMMODATION, about_type=About.ACCOMMODATION, about_id=request.pk, actor=actor)
        _tell_answer(request, actor)


def _tell_answer(request: AccommodationRequest, actor: Membership) -> None:
    plan, event = request.plan, f"accommodation-answered:{request.pk}"
    subject = _("HR has answered")
    lines = [_("HR has recorded something that concerns you. The page of the plan says what holds from when.")]
    if request.status == AccommodationStatus.GRANTED:
        tell_both(plan=plan, event=event, subject=subject, lines=[*lines], actor=actor)
    else:
        tell(plan=plan, event=event, to=plan.employee, subject=subject, lines=[*lines], actor=actor)
