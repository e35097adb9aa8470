"""Mentorship: who offers and looks for what, and what two people make of it, which stays between them."""

import hashlib
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from development.learning_enums import (
    MENTORSHIP_TRANSITIONS,
    OPEN_MENTORSHIPS,
    MentorshipStatus,
    SkillDirection,
)
from development.models.plans import moves_along
from people.models import Competency, Employee, Membership
from pipcycle.tenancy.models import TenantModel


class MentorProfile(TenantModel):
    """What somebody says of themself for mentorship; it is their own choice to have one.

    With ``is_open`` they are suggested as a mentor, to ``capacity`` people at a time.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="mentor_profiles")
    about = models.TextField(_("about me as a mentor"), blank=True)
    is_open = models.BooleanField(_("I am open to be a mentor"), default=False)
    capacity = models.PositiveSmallIntegerField(_("people at a time"), default=1)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("mentor profile")
        verbose_name_plural = _("mentor profiles")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "employee"], name="development_mentorprofile_once"),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=10), name="development_mentorprofile_capacity"
            ),
        ]

    def __str__(self) -> str:
        return str(self.employee_id)


class MentorSkill(TenantModel):
    """A competency somebody offers or looks for."""

    profile = models.ForeignKey(MentorProfile, on_delete=models.CASCADE, related_name="skills")
    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="+")
    direction = models.CharField(max_length=10, choices=SkillDirection.choices)

    class Meta(TenantModel.Meta):
        verbose_name = _("skill of a mentor profile")
        verbose_name_plural = _("skills of mentor profiles")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "profile", "competency", "direction"], name="development_mentorskill_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} {self.direction}"


class Mentorship(TenantModel):
    """Two people and what they want from their time; read by these two alone, so no history is kept of its words."""

    mentor = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="mentorships_given")
    mentee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="mentorships_taken")
    status = models.CharField(
        _("status"), max_length=10, choices=MentorshipStatus.choices, default=MentorshipStatus.REQUESTED
    )
    message = models.TextField(_("message"), blank=True)
    answer = models.TextField(_("answer"), blank=True)
    goals = models.TextField(_("what we want to reach"), blank=True)
    requested_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    mentor_feedback = models.TextField(_("what the mentor says"), blank=True)
    mentee_feedback = models.TextField(_("what the mentee says"), blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("mentorship")
        verbose_name_plural = _("mentorships")
        ordering: ClassVar[list[str]] = ["-requested_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "mentor", "mentee"],
                condition=Q(status__in=OPEN_MENTORSHIPS),
                name="development_mentorship_one_open",
            ),
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="development_mentorship_of_two"),
            models.CheckConstraint(
                condition=Q(status=MentorshipStatus.CLOSED, closed_at__isnull=False)
                | (~Q(status=MentorshipStatus.CLOSED) & Q(closed_at__isnull=True)),
                name="development_mentorship_closed_has_time",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            moves_along("mentorship_moves_along_the_table", MentorshipStatus, MENTORSHIP_TRANSITIONS)
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} {self.mentee_id}"

    @property
    def goals_mark(self) -> str:
        """Return what tells these words of the goals from any others: a page that writes them says which it showed."""
        return hashlib.sha256(self.goals.encode()).hexdigest()[:16]


class MentorSession(TenantModel):
    """One time the two met, and what they want to keep of it."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="sessions")
    held_on = models.DateField(_("date"))
    notes = models.TextField(_("notes"), blank=True)
    written_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("session of a mentorship")
        verbose_name_plural = _("sessions of mentorships")
        ordering: ClassVar[list[str]] = ["-held_on", "-id"]

    def __str__(self) -> str:
        return f"{self.mentorship_id} {self.held_on}"
