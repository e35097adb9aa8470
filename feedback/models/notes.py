"""Feedback that is asked for and given: the question, the note, and what the note said before."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.note_enums import READ_BY_MANAGER, READ_BY_RECEIVER, Readers, RequestStatus
from goals.models import Goal
from people.models import Employee
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel


@track_history()
class FeedbackRequest(TenantModel):
    """A question to a colleague: about oneself or somebody below, about a goal or in general."""

    asked_by = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="feedback_asked_for")
    asked = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="feedback_owed")
    about = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.SET_NULL, null=True, blank=True, related_name="feedback_requests")
    question = models.TextField(_("question"))
    due_on = models.DateField(_("answer by"))
    status = models.CharField(_("status"), max_length=20, choices=RequestStatus.choices, default=RequestStatus.OPEN)
    reason = models.TextField(_("reason"), blank=True)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("question for feedback")
        verbose_name_plural = _("questions for feedback")
        ordering: ClassVar[list[str]] = ["-asked_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(asked=F("about")) & ~Q(asked=F("asked_by")), name="feedback_request_asks_somebody_else"
            ),
            models.CheckConstraint(condition=~Q(question=""), name="feedback_request_has_question"),
            models.CheckConstraint(
                condition=Q(status=RequestStatus.OPEN, closed_at__isnull=True)
                | (~Q(status=RequestStatus.OPEN) & Q(closed_at__isnull=False)),
                name="feedback_request_closed_has_time",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "asked_by", "-asked_at"], name="feedback_request_by_asker"),
            models.Index(fields=["organization", "asked", "-asked_at"], name="feedback_request_by_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by_id} > {self.asked_id}"

    def get_absolute_url(self) -> str:
        """Return the page of the question."""
        return reverse("feedback:request", kwargs={"organization_slug": self.organization.slug, "request_id": self.pk})


@track_history()
class FeedbackNote(TenantModel):
    """What a colleague says about somebody's work, with a name under it and readers chosen before it was sent.

    ``manager`` is the manager named as a reader when it was sent; who manages the person later never inherits it.
    """

    author = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="feedback_given")
    about = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="feedback_received")
    manager = models.ForeignKey(Employee, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    request = models.ForeignKey(FeedbackRequest, on_delete=models.SET_NULL, null=True, blank=True, related_name="notes")
    goal = models.ForeignKey(Goal, on_delete=models.SET_NULL, null=True, blank=True, related_name="feedback_notes")
    text = models.TextField(_("note"))
    readers = models.CharField(_("who reads it"), max_length=20, choices=Readers.choices, default=Readers.RECEIVER)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    corrected_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(_("reason"), blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    thanked_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(_("answer"), blank=True)
    kept_at = models.DateTimeField(_("in my file since"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("feedback note")
        verbose_name_plural = _("feedback notes")
        ordering: ClassVar[list[str]] = ["-sent_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "request"], name="feedback_note_answers_once"),
            models.CheckConstraint(condition=~Q(author=F("about")), name="feedback_note_is_about_somebody_else"),
            models.CheckConstraint(condition=~Q(text=""), name="feedback_note_says_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(kept_at__isnull=True), name="feedback_note_kept_or_withdrawn"
            ),
            models.CheckConstraint(
                condition=~Q(readers=Readers.MANAGER) | Q(kept_at__isnull=True), name="feedback_note_kept_is_read"
            ),
            models.CheckConstraint(
                condition=Q(reply="") | Q(thanked_at__isnull=False), name="feedback_note_reply_has_time"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "about", "-sent_at"], name="feedback_note_by_about"),
            models.Index(fields=["organization", "author", "-sent_at"], name="feedback_note_by_author"),
            models.Index(fields=["organization", "manager", "-sent_at"], name="feedback_note_by_manager"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.ReadOnly(
                name="feedback_note_stays_whose_it_is", fields=["author", "about", "request", "sent_at"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_id} > {self.about_id}"

    def get_absolute_url(self) -> str:
        """Return the page of the note."""
        return reverse("feedback:note", kwargs={"organization_slug": self.organization.slug, "note_id": self.pk})

    @property
    def is_withdrawn(self) -> bool:
        """Whether the author has taken it back."""
        return self.withdrawn_at is not None

    @property
    def is_read_by_receiver(self) -> bool:
        """Whether the person it is about reads it."""
        return self.readers in READ_BY_RECEIVER

    @property
    def is_read_by_manager(self) -> bool:
        """Whether the manager named on it reads it."""
        return self.manager_id is not None and self.readers in READ_BY_MANAGER

    @property
    def addressee_id(self) -> int | None:
        """Who may thank and answer: the person it is about, or the manager where only they read it."""
        addressee: int | None = self.about_id if self.is_read_by_receiver else self.manager_id
        return addressee


class NoteVersion(TenantModel):
    """What a note said, and to whom, from a moment on; only ever added to."""

    note = models.ForeignKey(FeedbackNote, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    readers = models.CharField(max_length=20, choices=Readers.choices)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("version of a note")
        verbose_name_plural = _("versions of notes")
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "note", "number"], name="feedback_noteversion_once"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.ReadOnly(name="note_version_is_final", fields=["note", "number", "text", "readers", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.note_id} {self.number}"
