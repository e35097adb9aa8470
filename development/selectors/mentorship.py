"""Mentorships as the two in them see them, and what HR may know of them: that they exist."""

import datetime
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from development.learning_enums import OPEN_MENTORSHIPS, MentorshipStatus, SkillDirection
from development.mentor_score import Fit, MentorFacts, ranked
from development.models import MentorProfile, Mentorship
from people.enums import EmployeeStatus, Role
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_followed_by, managers_above

MOST_SUGGESTIONS = 10


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Somebody who could be a mentor, the score, and its reasons in words."""

    profile: MentorProfile
    score: int
    reasons: Sequence[str]


def profile_of(employee: Employee) -> MentorProfile | None:
    """Return the employee's own profile."""
    return MentorProfile.objects.filter(employee=employee).prefetch_related("skills__competency").first()


def skills_in(profile: MentorProfile | None, direction: SkillDirection) -> list[Any]:
    """Return the competencies of a profile in one direction, by name."""
    if profile is None:
        return []
    chosen = [skill.competency for skill in profile.skills.all() if skill.direction == direction]
    return sorted(chosen, key=lambda competency: (competency.name, competency.pk))


def open_profiles() -> QuerySet[MentorProfile]:
    """Return the profiles of those open to be a mentor who work here."""
    return MentorProfile.objects.filter(is_open=True).exclude(employee__status=EmployeeStatus.LEFT)


def profile_for(member: Membership, profile_id: int) -> MentorProfile:
    """Return the open profile of somebody else, else Http404."""
    own = employee_of(member)
    rows = open_profiles().exclude(employee=own) if own is not None else MentorProfile.objects.none()
    found = rows.select_related("employee__organization", "employee__job_description", "employee__location")
    profile = found.prefetch_related("skills__competency").filter(pk=profile_id).first()
    if profile is None:
        raise Http404
    return profile


def suggestions_for(own: Employee, mine: MentorProfile | None) -> list[Suggestion]:
    """Return who could be a mentor of the employee, whose profile is given, the best fit first.

    Five statements, however many are open to be one.
    """
    wanted = frozenset(one.pk for one in skills_in(mine, SkillDirection.WANTED))
    if not wanted:
        return []
    profiles = {profile.pk: profile for profile in _candidates(own)}
    above = set(managers_above(own).values_list("pk", flat=True))
    now = timezone.now()
    fits = ranked(wanted, (_facts(profile, own, above, now) for profile in profiles.values()))
    return [_suggestion(fit, profiles[fit.key]) for fit in fits[:MOST_SUGGESTIONS]]


def _candidates(own: Employee) -> QuerySet[MentorProfile]:
    together = Mentorship.objects.filter(mentor=OuterRef("employee"), mentee=own, status__in=OPEN_MENTORSHIPS)
    busy = Q(employee__mentorships_given__status=MentorshipStatus.ACTIVE)
    rows: QuerySet[MentorProfile] = (
        open_profiles()
        .exclude(employee=own)
        .filter(~Exists(together))
        .annotate(mentee_count=Count("employee__mentorships_given", filter=busy))
        .select_related("employee__location", "employee__job_description")
        .prefetch_related("skills__competency")
    )
    return rows


def _facts(profile: Any, own: Employee, above: set[int], now: datetime.datetime) -> MentorFacts:
    mentor = profile.employee
    return MentorFacts(
        key=profile.pk,
        competencies=frozenset(one.pk for one in skills_in(profile, SkillDirection.OFFERED)),
        hours_apart=abs(_offset(mentor, now) - _offset(own, now)),
        is_elsewhere=mentor.department_id != own.department_id,
        free_places=profile.capacity - profile.mentee_count,
        is_above=mentor.pk in above,
    )


def _offset(employee: Employee, now: datetime.datetime) -> float:
    """Return the hours between the employee's clock and UTC."""
    zone = employee.location.time_zone if employee.location is not None else "UTC"
    offset = now.astimezone(zoneinfo.ZoneInfo(zone)).utcoffset()
    return offset.total_seconds() / 3600 if offset is not None else 0.0


def _suggestion(fit: Fit, profile: MentorProfile) -> Suggestion:
    names = ", ".join(one.name for one in skills_in(profile, SkillDirection.OFFERED) if one.pk in fit.shared)
    words = {
        "shared": _("offers %(names)s") % {"names": names},
        "same_day": _("works at the same hours"),
        "near_day": _("has some hours in common with you"),
        "elsewhere": _("sees your work from another department"),
        "free": _("has more than one place free"),
    }
    reasons = [
        ngettext("%(reason)s: %(points)d point", "%(reason)s: %(points)d points", one.points)
        % {"reason": words[one.reason], "points": one.points}
        for one in fit.points
    ]
    return Suggestion(profile=profile, score=fit.score, reasons=reasons)


def mentorships_of(own: Employee) -> QuerySet[Mentorship]:
    """Return the employee's mentorships on either side, latest first."""
    rows = Mentorship.objects.filter(Q(mentor=own) | Q(mentee=own)).select_related("mentor", "mentee")
    return rows.order_by("-requested_at", "-pk")


def mentorship_for(member: Membership, mentorship_id: int) -> Mentorship:
    """Return a mentorship the member is one of the two in, else Http404: HR and managers included."""
    own = employee_of(member)
    rows = Mentorship.objects.filter(Q(mentor=own) | Q(mentee=own)) if own is not None else Mentorship.objects.none()
    related = rows.select_related("organization", "mentor__location", "mentee__location")
    found = related.filter(pk=mentorship_id).first()
    if found is None:
        raise Http404
    return found


def mentorships_known_to_hr(member: Membership) -> QuerySet[Mentorship]:
    """Return which mentorships exist, with no word of what they say: for HR admins all, for partners those they serve.

    Requests that led to nothing stay with the two.
    """
    rows = Mentorship.objects.filter(status__in=[MentorshipStatus.ACTIVE, MentorshipStatus.CLOSED])
    if not member.has_role(Role.HR_ADMIN):
        served = employees_followed_by(member)
        rows = rows.filter(
            Q(Exists(served.filter(pk=OuterRef("mentor")))) | Q(Exists(served.filter(pk=OuterRef("mentee"))))
        )
    silent = rows.defer("message", "answer", "goals", "mentor_feedback", "mentee_feedback")
    counted: Any = silent.annotate(session_count=Count("sessions"))
    listed: QuerySet[Mentorship] = counted.order_by("-answered_at", "-pk")
    return listed


def with_people(rows: QuerySet[Mentorship]) -> QuerySet[Mentorship]:
    """Add the two of each mentorship."""
    return rows.select_related("mentor__department", "mentee__department")
