"""Rating competencies: by the person, and by the managers above."""

from collections.abc import Sequence
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from metrics.models import SkillRating
from metrics.rules import rater_of
from people.enums import CompetencyLevel
from people.models import Competency, Employee, Membership
from pipcycle.errors import DomainError


class SkillInput(NamedTuple):
    """One rating: the competency by its id, the level, and what it rests on."""

    competency_id: int
    level: CompetencyLevel
    note: str = ""


def rate_skills(*, actor: Membership, employee: Employee, ratings: Sequence[SkillInput]) -> list[SkillRating]:
    """Record how the actor sees the competencies today, as the person or as a manager above.

    Rating again on the same day replaces that day's view; earlier days stay as they were. Raises PermissionDenied, or
    DomainError when the person has left or a competency is unknown or named twice.
    """
    rater = rater_of(actor, employee)
    if rater is None:
        raise PermissionDenied
    if employee.has_left:
        raise DomainError(format_lazy(_("{name} has left; there is nothing to rate."), name=employee.full_name))
    _require_known(ratings)
    today, now = timezone.localdate(), timezone.now()
    rows = [
        SkillRating(
            employee=employee,
            competency_id=rating.competency_id,
            rater=rater,
            level=rating.level,
            note=rating.note.strip(),
            rated_on=today,
            rated_by=actor,
            recorded_at=now,
        )
        for rating in ratings
    ]
    with transaction.atomic():
        return SkillRating.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["organization", "employee", "competency", "rater", "rated_on"],
            update_fields=["level", "note", "rated_by", "recorded_at"],
        )


def _require_known(ratings: Sequence[SkillInput]) -> None:
    wanted = [rating.competency_id for rating in ratings]
    if not wanted:
        raise DomainError(_("Rate at least one competency."))
    if len(set(wanted)) < len(wanted):
        raise DomainError(_("A competency is rated twice. Keep one of the two."))
    if Competency.objects.filter(pk__in=wanted).count() < len(wanted):
        raise DomainError(_("Choose competencies of this organization."))
