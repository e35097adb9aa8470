"""What an organization has settled about its plans; the defaults are the safe ones (RULES.md)."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from pips.enums import WorksCouncil


@track_history()
class PlanPolicy(TenantModel):
    """The settings of one organization: read it with ``pips.selectors.policy.policy_now``, which never lacks one."""

    extra_lengths = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, verbose_name=_("more lengths in days (rule 2)")
    )
    extension_cap_days = models.PositiveSmallIntegerField(_("days a plan may be extended in all (rule 12)"), default=60)
    legal_review_window_days = models.PositiveSmallIntegerField(
        _("days after a protected activity that ask for a legal review (rule 4)"), default=180
    )
    amendment_more_time_days = models.PositiveSmallIntegerField(
        _("least days more when a standard rises (rule 11)"), default=14
    )
    ramp_up_days = models.PositiveSmallIntegerField(_("days of ramp-up offered after a leave (rule 8)"), default=7)
    ramp_up_after_days = models.PositiveSmallIntegerField(_("days of leave after which it is offered"), default=14)
    relapse_window_days = models.PositiveSmallIntegerField(_("days of the relapse window a plan agrees"), default=180)
    appeal_days = models.PositiveSmallIntegerField(_("days to appeal against an outcome (rule 17)"), default=14)
    accommodation_response_days = models.PositiveSmallIntegerField(
        _("working days to answer a request for an accommodation (rule 9)"), default=5
    )
    negative_entry_notice_days = models.PositiveSmallIntegerField(
        _("days to tell the employee of a negative entry (rule 16)"), default=10
    )
    warning_expiry_days = models.PositiveSmallIntegerField(
        _("days after which a warning expires (rule 17)"), default=365
    )

    employee_representation = models.CharField(
        _("works council (rule 19)"), max_length=20, choices=WorksCouncil.choices, blank=True
    )
    representation_agreement = models.CharField(_("its agreement"), max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("plan policy")
        verbose_name_plural = _("plan policies")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization"], name="pips_planpolicy_once_per_organization"),
            models.CheckConstraint(condition=Q(appeal_days__gte=1), name="pips_planpolicy_leaves_time_to_appeal"),
            models.CheckConstraint(
                condition=~Q(employee_representation=WorksCouncil.AGREED) | ~Q(representation_agreement=""),
                name="pips_planpolicy_names_the_agreement",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Plan policy"))
