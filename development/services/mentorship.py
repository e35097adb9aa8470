"""Mentorship: a profile by choice, a request, an answer, sessions, and a word from both at the end."""

import datetime
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from development import learning_rules as rules
from development.learning_enums import MentorshipStatus, SkillDirection
from development.learning_obligations import (
    ABOUT_MENTORSHIP,
    DAYS_FOR_FEEDBACK,
    DAYS_TO_ANSWER,
    LearningOwed,
)
from development.models import MentorProfile, MentorSession, Mentorship, MentorSkill
from development.services.moves import require_words
from goals.presence import working_days_there
from people.addresses import portal_url
from people.models import Competency, Employee, Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import managers_above
from pipcycle.errors import DomainError, require
from reminders.services.notices import notify
from reminders.services.obligations import fulfil, owe, withdraw

REQUESTED, ACTIVE, DECLINED, WITHDRAWN, CLOSED = MentorshipStatus


def save_profile(
    *,
    actor: Membership,
    about: str,
    is_open: bool,
    capacity: int,
    offered: Iterable[Competency],
    wanted: Iterable[Competency],
) -> MentorProfile:
    """Write one's own profile. Raises PermissionDenied for who is nobody's employee, DomainError for an empty offer."""
    own = _own(actor)
    offered, wanted = list(offered), list(wanted)
    if is_open and not offered:
        raise DomainError(_("Say what you can help others with: without it nobody finds you."))
    columns = {"about": about.strip(), "is_open": is_open, "capacity": capacity, "updated_at": timezone.now()}
    with transaction.atomic():
        profile = MentorProfile.objects.update_or_create(employee=own, defaults=columns)[0]
        profile.skills.all().delete()
        MentorSkill.objects.bulk_create(
            MentorSkill(profile=profile, competency=one, direction=direction)
            for direction, chosen in ((SkillDirection.OFFERED, offered), (SkillDirection.WANTED, wanted))
            for one in chosen
        )
    return profile


def request_mentorship(*, actor: Membership, profile: MentorProfile, message: str) -> Mentorship:
    """Ask somebody to be one's mentor; they owe an answer. Raises PermissionDenied or DomainError."""
    own = _own(actor)
    words = require_words(message, _("Say in a sentence or two what you would like to learn."))
    mentor = profile.employee
    if not profile.is_open or mentor.has_left or mentor.pk == own.pk:
        raise DomainError(_("They are not open to be a mentor at the moment. Choose another one."))
    if managers_above(own).filter(pk=mentor.pk).exists():
        raise DomainError(_("Your own managers are no mentors of yours: choose somebody outside your line."))
    with transaction.atomic():
        _require_place(profile)
        try:
            with transaction.atomic():
                mentorship = Mentorship.objects.create(mentor=mentor, mentee=own, message=words)
        except IntegrityError:
            raise DomainError(_("You have asked them already, or they are your mentor.")) from None
        _owe(mentorship, mentor, LearningOwed.ANSWER_MENTORSHIP, DAYS_TO_ANSWER)
        _tell(mentorship, mentor, "requested", _("Somebody asks you to be their mentor"))
    return mentorship


def accept_mentorship(*, actor: Membership, mentorship: Mentorship) -> Mentorship:
    """Accept; never more at a time than one's profile says. Raises PermissionDenied or DomainError."""
    require(rules.part_in(actor, mentorship) == "mentor")
    with transaction.atomic():
        profile = MentorProfile.objects.select_for_update(no_key=True).filter(employee=mentorship.mentor).first()
        if profile is not None:
            _require_place(profile)
        _move(mentorship, REQUESTED, status=ACTIVE, answered_at=timezone.now())
        _answered(actor, mentorship)
        _tell(mentorship, mentorship.mentee, "accepted", _("You have a mentor"))
    return mentorship


def decline_mentorship(*, actor: Membership, mentorship: Mentorship, answer: str = "") -> Mentorship:
    """Decline, with or without words. Raises PermissionDenied or DomainError."""
    require(rules.part_in(actor, mentorship) == "mentor")
    with transaction.atomic():
        _move(mentorship, REQUESTED, status=DECLINED, answered_at=timezone.now(), answer=answer.strip())
        _answered(actor, mentorship)
        _tell(mentorship, mentorship.mentee, "declined", _("Your request for a mentor was answered"))
    return mentorship


def withdraw_mentorship(*, actor: Membership, mentorship: Mentorship) -> Mentorship:
    """Take back a request nobody has answered. Raises PermissionDenied or DomainError."""
    require(rules.part_in(actor, mentorship) == "mentee")
    with transaction.atomic():
        _move(mentorship, REQUESTED, status=WITHDRAWN)
        withdraw(about_type=ABOUT_MENTORSHIP, about_id=mentorship.pk, reason=_("The request was taken back."))
    return mentorship


def write_goals(*, actor: Membership, mentorship: Mentorship, goals: str, seen: str) -> Mentorship:
    """Write what the two want to reach, over the words whose ``goals_mark`` was ``seen``; either of them may.

    Raises PermissionDenied, or DomainError where the other has written meanwhile: their words are read afresh then.
    """
    require(rules.part_in(actor, mentorship) != "")
    with transaction.atomic():
        _lock(mentorship, {ACTIVE})
        if mentorship.goals_mark != seen and mentorship.goals != goals.strip():
            raise DomainError(_("The other has written meanwhile. Put their words and yours together, then save."))
        _move(mentorship, ACTIVE, goals=goals.strip())
    return mentorship


def record_session(*, actor: Membership, mentorship: Mentorship, held_on: datetime.date, notes: str) -> MentorSession:
    """Keep that the two met, and their notes. Raises PermissionDenied or DomainError."""
    require(rules.part_in(actor, mentorship) != "")
    if held_on > timezone.localdate():
        raise DomainError(_("This day is still to come. Record a session when it has been held."))
    with transaction.atomic():
        _lock(mentorship, {ACTIVE})
        return MentorSession.objects.create(
            mentorship=mentorship, held_on=held_on, notes=notes.strip(), written_by=actor
        )


def close_mentorship(*, actor: Membership, mentorship: Mentorship, feedback: str) -> Mentorship:
    """End it with one's own word on it; the other is asked for theirs. Raises PermissionDenied or DomainError.

    On one that is closed, the other gives theirs. A word once given stays as it is.
    """
    part = rules.part_in(actor, mentorship)
    require(part != "")
    words = require_words(feedback, _("Say in a sentence or two what it has brought."))
    column = f"{part}_feedback"
    with transaction.atomic():
        _lock(mentorship, {ACTIVE, CLOSED})
        if getattr(mentorship, column):
            raise DomainError(_("Your word on this mentorship is there already."))
        is_ending = mentorship.status == ACTIVE
        ended = {"status": CLOSED, "closed_at": timezone.now()} if is_ending else {}
        _move(mentorship, MentorshipStatus(mentorship.status), **{column: words}, **ended)
        fulfil(kind=LearningOwed.MENTOR_FEEDBACK, about_type=ABOUT_MENTORSHIP, about_id=mentorship.pk, actor=actor)
        if is_ending:
            other = mentorship.mentee if part == "mentor" else mentorship.mentor
            _owe(mentorship, other, LearningOwed.MENTOR_FEEDBACK, DAYS_FOR_FEEDBACK)
            _tell(mentorship, other, "closed", _("A mentorship is closed"))
    return mentorship


def _own(actor: Membership) -> Employee:
    own = employee_of(actor)
    require(own is not None)
    assert own is not None  # noqa: S101  # as required above; narrows the type
    return own


def _require_place(profile: MentorProfile) -> None:
    """Raise DomainError where the mentor has as many mentees as they want."""
    if Mentorship.objects.filter(mentor=profile.employee_id, status=ACTIVE).count() >= profile.capacity:
        raise DomainError(_("There is no place left: the profile says how many people at a time."))


def _lock(mentorship: Mentorship, expected: set[MentorshipStatus]) -> None:
    fresh = Mentorship.objects.select_for_update(no_key=True).get(pk=mentorship.pk)
    for name in ("status", "goals", "mentor_feedback", "mentee_feedback"):
        setattr(mentorship, name, getattr(fresh, name))
    if mentorship.status not in expected:
        raise DomainError(_moved(mentorship))


def _move(mentorship: Mentorship, expected: MentorshipStatus, **changes: object) -> None:
    """Change the row where it still stands as expected, in one statement. Raises DomainError where it does not."""
    moved = Mentorship.objects.filter(pk=mentorship.pk, status=expected).update(**changes)
    mentorship.refresh_from_db(fields=["status", *changes])
    if not moved:
        raise DomainError(_moved(mentorship))


def _moved(mentorship: Mentorship) -> str:
    state = mentorship.get_status_display()
    return _("This mentorship is “%(state)s” now. Reload the page to see it.") % {"state": state}


def _answered(actor: Membership, mentorship: Mentorship) -> None:
    fulfil(kind=LearningOwed.ANSWER_MENTORSHIP, about_type=ABOUT_MENTORSHIP, about_id=mentorship.pk, actor=actor)


def _owe(mentorship: Mentorship, owner: Employee, kind: LearningOwed, working_days: int) -> None:
    if not owner.has_left:
        owe(
            kind=kind,
            about_type=ABOUT_MENTORSHIP,
            about_id=mentorship.pk,
            due_on=working_days_there(owner, timezone.localdate(), working_days),
            owner=owner,
        )


def _tell(mentorship: Mentorship, person: Employee, event: str, subject: str) -> None:
    if not person.has_left:
        notify(
            key=f"mentorship:{mentorship.pk}:{event}:{person.pk}",
            to=person,
            subject=subject,
            lines=[_("Only the two of you read what it says.")],
            url=portal_url(mentorship.organization, "development:mentorship", mentorship_id=mentorship.pk),
        )
