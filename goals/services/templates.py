"""Templates of goals: written by HR, started from by managers."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from goals.models import GoalTemplate
from goals.presets import PRESETS
from goals.structure_rules import can_edit_templates
from metrics.models import Metric
from people.models import Membership
from pipcycle.errors import DomainError


def save_template(*, actor: Membership, template: GoalTemplate | None, facts: Mapping[str, Any]) -> GoalTemplate:
    """Write a template, new or standing.

    Raises PermissionDenied for whoever may not, and DomainError for a name in use.
    """
    _require(actor)
    standing = template or GoalTemplate()
    for field, value in facts.items():
        setattr(standing, field, value)
    try:
        with transaction.atomic():
            if template is None:
                standing.save(force_insert=True)
            else:
                standing.save(update_fields=[*facts])
    except IntegrityError as error:
        raise DomainError(
            gettext("There is a template called “%(name)s” already. Give this one another name.")
            % {"name": facts["name"]}
        ) from error
    return standing


def delete_template(*, actor: Membership, template: GoalTemplate) -> None:
    """Take the template away; goals that started from it stay. Raises PermissionDenied for whoever may not."""
    _require(actor)
    template.delete()


def add_presets(*, actor: Membership) -> int:
    """Add the usual templates that the organization has not got by name; return how many came."""
    _require(actor)
    with transaction.atomic():
        known = {name.casefold() for name in GoalTemplate.objects.values_list("name", flat=True)}
        metrics = {metric.preset_key: metric for metric in Metric.objects.exclude(preset_key="")}
        wanted = [
            GoalTemplate(
                name=str(preset.name),
                title=str(preset.title),
                why=str(preset.why),
                measure=preset.measure,
                target=preset.target,
                unit=str(preset.unit),
                direction=preset.direction,
                metric=metrics.get(preset.metric),
                support_needed=str(preset.support_needed),
            )
            for preset in PRESETS
            if str(preset.name).casefold() not in known
        ]
        return len(GoalTemplate.objects.bulk_create(wanted, ignore_conflicts=True))


def _require(actor: Membership) -> None:
    if not can_edit_templates(actor):
        raise PermissionDenied
