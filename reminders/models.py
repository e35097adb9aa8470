"""Obligations (who owes what by when), what was reminded of them, and the outbox."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import Role
from people.models import Employee, Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from reminders.enums import MessageStatus, ObligationStatus


@track_history()
class Obligation(TenantModel):
    """A promise of the process. Owed by one employee, or by a role (the queue of the HR partners in scope).

    ``about_type``/``about_id`` name the object of a higher room; ``employee`` is the person the process is about.
    ``due_set_at`` is when the due date took its present value: reminder steps before it are never made up for.
    """

    kind = models.CharField(max_length=50)
    about_type = models.CharField(max_length=50)
    about_id = models.BigIntegerField()
    owner = models.ForeignKey(
        Employee, on_delete=models.CASCADE, null=True, blank=True, related_name="obligations", verbose_name=_("owner")
    )
    owner_role = models.CharField(_("owing role"), max_length=20, choices=Role.choices, blank=True)
    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, null=True, blank=True, related_name="obligations_about"
    )
    due_on = models.DateField(_("due on"))
    first_due_on = models.DateField(_("first due on"))
    due_set_at = models.DateTimeField(default=timezone.now, editable=False)
    moved_reason = models.CharField(_("why it moved"), max_length=300, blank=True)
    status = models.CharField(max_length=20, choices=ObligationStatus.choices, default=ObligationStatus.OPEN)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.CharField(_("why it was closed"), max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        ordering: ClassVar[list[str]] = ["due_on", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "kind", "about_type", "about_id", "owner", "owner_role"],
                condition=Q(status=ObligationStatus.OPEN),
                nulls_distinct=False,
                name="reminders_obligation_once_open",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False, owner_role="") | (Q(owner__isnull=True) & ~Q(owner_role="")),
                name="reminders_obligation_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(status=ObligationStatus.OPEN, closed_at__isnull=True)
                | (~Q(status=ObligationStatus.OPEN) & Q(closed_at__isnull=False)),
                name="reminders_obligation_closed_has_time",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["organization", "owner", "due_on"],
                condition=Q(status=ObligationStatus.OPEN),
                name="reminders_obligation_todo",
            ),
            models.Index(
                fields=["organization", "owner_role", "due_on"],
                condition=Q(status=ObligationStatus.OPEN),
                name="reminders_obligation_queue",
            ),
            models.Index(fields=["organization", "about_type", "about_id"], name="reminders_obligation_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"


class ReminderPolicy(TenantModel):
    """A tenant's own offsets for one kind of obligation; without a row the kind's defaults hold."""

    kind = models.CharField(max_length=50)
    offsets = ArrayField(models.SmallIntegerField(), help_text=_("Days from the due date: -7, -1, 0, 2."))
    escalate_after_days = models.PositiveSmallIntegerField(null=True, blank=True)
    is_enabled = models.BooleanField(default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("reminder policy")
        verbose_name_plural = _("reminder policies")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "kind"], name="reminders_policy_once_per_kind"),
        ]

    def __str__(self) -> str:
        return self.kind


class CalendarAddress(TenantModel):
    """The address at which a calendar program reads one member's days. Only the hash of its secret is kept."""

    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    read_on = models.DateField(null=True, blank=True, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "member"], name="reminders_calendaraddress_one_each"),
            models.UniqueConstraint(fields=["organization", "secret_hash"], name="reminders_calendaraddress_hash_once"),
        ]

    def __str__(self) -> str:
        return str(self.member_id)


class OutboxMessage(TenantModel):
    """A message to be sent exactly as written; the key makes planning it twice harmless."""

    key = models.CharField(max_length=200)
    recipient = models.EmailField()
    employee = models.ForeignKey(Employee, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    subject = models.CharField(max_length=200)
    text_body = models.TextField()
    html_body = models.TextField()
    message_id = models.CharField(max_length=255)
    status = models.CharField(max_length=20, choices=MessageStatus.choices, default=MessageStatus.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "key"], name="reminders_outboxmessage_key_once"),
            models.CheckConstraint(
                condition=~Q(status=MessageStatus.SENT) | Q(sent_at__isnull=False),
                name="reminders_outboxmessage_sent_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=MessageStatus.SENDING) | Q(leased_until__isnull=False),
                name="reminders_outboxmessage_sending_has_lease",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                F("next_attempt_at"),
                condition=Q(status__in=[MessageStatus.PENDING, MessageStatus.SENDING]),
                name="reminders_outboxmessage_due",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Reminder(TenantModel):
    """One reminder step of one obligation to one recipient, planned at most once per due date."""

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="reminders")
    due_on = models.DateField()
    offset_days = models.SmallIntegerField()
    recipient = models.EmailField()
    is_escalation = models.BooleanField(default=False)
    message = models.ForeignKey(OutboxMessage, on_delete=models.SET_NULL, null=True, related_name="reminders")
    planned_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "obligation", "due_on", "offset_days", "recipient"],
                name="reminders_reminder_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.offset_days}"
