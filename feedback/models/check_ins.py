"""Check-ins of two people: the series, each meeting, its agenda, what is to be done, and each one's private notes."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.check_in_enums import (
    CHECK_IN_TRANSITIONS,
    ActionStatus,
    Attendance,
    CheckInStatus,
    Rhythm,
    SeriesStatus,
)
from people.models import Employee, Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from pipcycle.tenancy.writer import CascadingReference, WriterPolicy


@track_history()
class CheckInSeries(TenantModel):
    """Two people who meet every few weeks. ``leader`` owes holding and recording; usually the employee's manager.

    ``is_with_manager``: it was begun with the direct manager, and goes on with the next one when the manager changes.
    ``follows`` is the series that ended when the manager changed; what was open there was carried over to this one.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="check_in_series")
    leader = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="check_in_series_led")
    every_weeks = models.PositiveSmallIntegerField(_("rhythm"), choices=Rhythm.choices, default=Rhythm.TWO_WEEKS)
    status = models.CharField(_("status"), max_length=10, choices=SeriesStatus.choices, default=SeriesStatus.ACTIVE)
    is_with_manager = models.BooleanField(default=False, editable=False)
    follows = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="followed_by"
    )
    started_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("series of check-ins")
        verbose_name_plural = _("series of check-ins")
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "employee", "leader"],
                condition=Q(status=SeriesStatus.ACTIVE),
                name="feedback_series_one_per_pair",
            ),
            models.CheckConstraint(condition=~Q(employee=F("leader")), name="feedback_series_of_two"),
            models.CheckConstraint(
                condition=Q(status=SeriesStatus.ACTIVE, ended_at__isnull=True)
                | Q(status=SeriesStatus.ENDED, ended_at__isnull=False),
                name="feedback_series_ended_has_time",
            ),
            models.CheckConstraint(condition=Q(every_weeks__gte=1, every_weeks__lte=26), name="feedback_series_rhythm"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "leader", "status"], name="feedback_series_by_leader"),
            models.Index(fields=["organization", "employee", "status"], name="feedback_series_by_employee"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} – {self.leader_id}"

    @property
    def is_active(self) -> bool:
        """Whether the series goes on."""
        return self.status == SeriesStatus.ACTIVE

    def get_absolute_url(self) -> str:
        """Return the page of the series."""
        return reverse("feedback:series", kwargs={"organization_slug": self.organization.slug, "series_id": self.pk})


@track_history(exclude=["notes", "notes_by", "notes_at"])
class CheckIn(TenantModel):
    """One meeting of a series.

    ``wanted_on`` is the day of the rhythm; ``chosen_on`` a day the two have agreed on instead; ``planned_on`` the day
    it is to be, around leave, weekends and holidays, and ``date_reason`` why it is not the day it should have been.
    ``form_version``: how HR worded the form when it was planned; empty before forms had versions.
    """

    series = models.ForeignKey(CheckInSeries, on_delete=models.CASCADE, related_name="check_ins")
    wanted_on = models.DateField()
    chosen_on = models.DateField(null=True, blank=True)
    planned_on = models.DateField(_("planned for"))
    date_reason = models.CharField(_("why on this day"), max_length=300, blank=True)
    form_version = models.PositiveSmallIntegerField(_("version of the form"), null=True, editable=False)
    status = models.CharField(max_length=10, choices=CheckInStatus.choices, default=CheckInStatus.PLANNED)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    attendance = models.CharField(_("who was there"), max_length=10, choices=Attendance.choices, blank=True)
    skipped_reason = models.CharField(_("why not"), max_length=300, blank=True)
    closed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    notes = models.TextField(_("shared notes"), blank=True)
    notes_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    notes_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering: ClassVar[list[str]] = ["-planned_on", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "series"],
                condition=Q(status=CheckInStatus.PLANNED),
                name="feedback_checkin_one_planned",
            ),
            models.CheckConstraint(
                condition=Q(status=CheckInStatus.HELD, held_on__isnull=False, attendance=Attendance.BOTH)
                | (~Q(status=CheckInStatus.HELD) & Q(held_on__isnull=True)),
                name="feedback_checkin_held_has_date",
            ),
            models.CheckConstraint(
                condition=Q(status=CheckInStatus.PLANNED, closed_at__isnull=True)
                | (~Q(status=CheckInStatus.PLANNED) & Q(closed_at__isnull=False)),
                name="feedback_checkin_closed_has_time",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "series", "-planned_on"], name="feedback_checkin_by_series"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.FSM(
                name="check_in_moves_along_the_table",
                field="status",
                transitions=[
                    (source.value, target.value)
                    for source in CheckInStatus
                    for target in sorted(CHECK_IN_TRANSITIONS[source])
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.planned_on}"

    @property
    def is_planned(self) -> bool:
        """Whether it is still to be held."""
        return self.status == CheckInStatus.PLANNED

    def get_absolute_url(self) -> str:
        """Return the page of the check-in."""
        return reverse(
            "feedback:check_in", kwargs={"organization_slug": self.organization.slug, "check_in_id": self.pk}
        )


class AgendaItem(TenantModel):
    """Something one of the two wants to talk about; it stays on the agenda of the series until it was."""

    series = models.ForeignKey(CheckInSeries, on_delete=models.CASCADE, related_name="agenda")
    added_for = models.ForeignKey(CheckIn, on_delete=models.SET_NULL, null=True, related_name="+")
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(_("what to talk about"), max_length=300)
    added_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    talked_in = models.ForeignKey(
        CheckIn, on_delete=models.SET_NULL, null=True, blank=True, related_name="agenda_talked"
    )
    talked_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering: ClassVar[list[str]] = ["position", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "series", "position"], name="feedback_agenda_by_series"),
        ]

    def __str__(self) -> str:
        return self.title


@track_history()
class ActionItem(TenantModel):
    """What one of the two has said they will do; it goes from check-in to check-in until it is done."""

    series = models.ForeignKey(CheckInSeries, on_delete=models.CASCADE, related_name="actions")
    agreed_in = models.ForeignKey(CheckIn, on_delete=models.SET_NULL, null=True, blank=True, related_name="actions")
    title = models.CharField(_("what is to be done"), max_length=300)
    owner = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="check_in_actions")
    due_on = models.DateField(_("due"))
    status = models.CharField(max_length=10, choices=ActionStatus.choices, default=ActionStatus.OPEN)
    added_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    closed_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("action item")
        verbose_name_plural = _("action items")
        ordering: ClassVar[list[str]] = ["due_on", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status=ActionStatus.OPEN, closed_on__isnull=True)
                | (~Q(status=ActionStatus.OPEN) & Q(closed_on__isnull=False)),
                name="feedback_action_closed_has_date",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "series", "status"], name="feedback_action_by_series"),
        ]

    def __str__(self) -> str:
        return self.title


class PrivateNote(TenantModel):
    """What one of the two writes for nobody but themself (docs/adr/0018-private-notes.md).

    A second, restrictive policy shows the row to its writer only. It has no history table and no administration; the
    database deletes it with its check-in or its writer, as Django cannot find it.
    """

    check_in = models.ForeignKey(CheckIn, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    writer = models.ForeignKey(Membership, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    body = models.TextField(_("private notes"))
    written_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = _("private note")
        verbose_name_plural = _("private notes")
        ordering: ClassVar[list[str]] = ["-written_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            WriterPolicy(field="writer", name="feedback_privatenote_writer_only"),
            CascadingReference(field="check_in", name="feedback_privatenote_check_in_same_tenant"),
            CascadingReference(field="writer", name="feedback_privatenote_writer_same_tenant"),
            models.UniqueConstraint(
                fields=["organization", "check_in", "writer"], name="feedback_privatenote_once_per_writer"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
