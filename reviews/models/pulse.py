"""Pulse surveys: a few questions asked of many again and again, answered without a name.

Who has answered (``PulseParticipation``) and what was answered (``PulseAnswer``) share nothing but the round and a
group of five at least. An answer has a random key, no time and no author; when the round closes, its answers become
figures of groups and are deleted (docs/adr, "Reviews").
"""

import uuid
from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metrics.suppression import SMALLEST_GROUP
from people.models import Department, Employee, Membership
from people.models.employees import NamedModel
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from reviews.pulse_enums import RoundStatus

DAYS_IN_WEEK = 7


@track_history(exclude=["next_opens_on"])
class PulseSurvey(NamedModel):
    """Which questions are asked of whom, how often and for how long; empty departments mean everybody.

    ``next_opens_on`` is empty once no round comes any more.
    """

    questions = ArrayField(models.CharField(max_length=20))
    open_question = models.CharField(_("open question"), max_length=200, blank=True)
    departments = ArrayField(models.BigIntegerField(), default=list, blank=True)
    days_open = models.PositiveSmallIntegerField(_("days open"), default=10)
    every_weeks = models.PositiveSmallIntegerField(_("every … weeks"), null=True, blank=True)
    next_opens_on = models.DateField(_("next round opens on"), null=True, blank=True)
    created_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(NamedModel.Meta):
        verbose_name = _("pulse survey")
        verbose_name_plural = _("pulse surveys")
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[Any]] = [
            *NamedModel.Meta.constraints,
            models.CheckConstraint(condition=Q(days_open__gte=1), name="reviews_pulsesurvey_is_open_a_day"),
            models.CheckConstraint(
                condition=Q(every_weeks__isnull=True) | Q(days_open__lte=F("every_weeks") * DAYS_IN_WEEK),
                name="reviews_pulsesurvey_rounds_follow_each_other",
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the page of the survey."""
        return reverse("reviews:pulse", kwargs={"organization_slug": self.organization.slug, "survey_id": self.pk})


class PulseRound(TenantModel):
    """One time the survey is asked. ``is_published`` says, once closed, whether anything of it may be shown."""

    survey = models.ForeignKey(PulseSurvey, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveIntegerField()
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("last day"))
    status = models.CharField(_("status"), max_length=10, choices=RoundStatus.choices, default=RoundStatus.OPEN)
    is_published = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("round of a pulse survey")
        verbose_name_plural = _("rounds of pulse surveys")
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "survey", "number"], name="reviews_pulseround_once"),
            models.UniqueConstraint(
                fields=["organization", "survey"],
                condition=Q(status=RoundStatus.OPEN),
                name="reviews_pulseround_one_open",
            ),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="reviews_pulseround_has_days"),
            models.CheckConstraint(
                condition=Q(status=RoundStatus.CLOSED) | Q(is_published=False), name="reviews_pulseround_at_close"
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.FSM(
                name="pulse_round_closes_once",
                field="status",
                transitions=[(RoundStatus.OPEN.value, RoundStatus.CLOSED.value)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.status == RoundStatus.OPEN


class PulseParticipation(TenantModel):
    """That somebody is asked, in which group they count (none where it is small), and whether they have answered."""

    round = models.ForeignKey(PulseRound, on_delete=models.CASCADE, related_name="participations")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.SET_NULL, null=True, related_name="+")
    has_answered = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("participation in a pulse")
        verbose_name_plural = _("participations in pulses")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "round", "employee"], name="reviews_pulseparticipation_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "employee", "round"], name="reviews_pulse_by_employee"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PulseAnswer(TenantModel):
    """What somebody answered: no author, no time, a random key; there only while its round is open."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(PulseRound, on_delete=models.CASCADE, related_name="answers")
    department = models.ForeignKey(Department, on_delete=models.SET_NULL, null=True, related_name="+")
    satisfaction = models.PositiveSmallIntegerField(null=True)
    morale = models.PositiveSmallIntegerField(null=True)
    enps = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(10)])
    comment = models.TextField(blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("answer to a pulse")
        verbose_name_plural = _("answers to pulses")
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=(Q(satisfaction__isnull=True) | Q(satisfaction__range=(1, 5)))
                & (Q(morale__isnull=True) | Q(morale__range=(1, 5)))
                & (Q(enps__isnull=True) | Q(enps__range=(0, 10))),
                name="reviews_pulseanswer_in_range",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "round"], name="reviews_pulse_answers"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PulseResult(TenantModel):
    """The frozen figures of a group in a closed round; without a department: of everybody who answered."""

    round = models.ForeignKey(PulseRound, on_delete=models.CASCADE, related_name="results")
    department = models.ForeignKey(Department, on_delete=models.CASCADE, null=True, related_name="+")
    asked = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    satisfaction = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    morale = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    enps = models.SmallIntegerField(null=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("result of a pulse")
        verbose_name_plural = _("results of pulses")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "round", "department"],
                nulls_distinct=False,
                name="reviews_pulseresult_once",
            ),
            models.CheckConstraint(condition=Q(answered__gte=SMALLEST_GROUP), name="reviews_pulseresult_of_five"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PulseComment(TenantModel):
    """Words somebody wrote, in no order; the department only where its figures are shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(PulseRound, on_delete=models.CASCADE, related_name="comments")
    department = models.ForeignKey(Department, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField()

    class Meta(TenantModel.Meta):
        verbose_name = _("comment of a pulse")
        verbose_name_plural = _("comments of pulses")
        ordering: ClassVar[list[str]] = ["id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "round"], name="reviews_pulse_comments"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
