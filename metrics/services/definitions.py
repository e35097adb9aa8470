"""Saying what is measured: metrics, their targets per job, the presets."""

from collections.abc import Collection, Mapping
from typing import Any, Unpack

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from metrics.enums import Cadence, FormulaOperator
from metrics.inputs import MetricFacts
from metrics.models import Metric, MetricTarget, Observation, Series
from metrics.presets import PRESETS, Preset
from metrics.rules import can_define_metrics
from metrics.services.changes import recalculate_metric
from people.models import JobDescription, Membership
from pipcycle.errors import DomainError

_KEY_LENGTH = 50
_FIXED_BY_DATA = ("cadence", "unit", "leave_handling")
#: A change of any of these changes values: those of a calculated metric, or of its weeks and months.
_CALCULATES = ("formula_left", "formula_operator", "formula_right", "formula_factor", "aggregation")


def define_metric(
    *, actor: Membership | None, name: str, key: str = "", preset_key: str = "", **facts: Unpack[MetricFacts]
) -> Metric:
    """Define a metric; without a short name one is made of the name. The actor is None where a command acts.

    Raises PermissionDenied, or DomainError when a name is taken or the formula is impossible.
    """
    _require_right(actor)
    metric = Metric(
        name=name.strip(), key=key or slugify(name)[:_KEY_LENGTH] or "metric", preset_key=preset_key, **_columns(facts)
    )
    _check(metric)
    with transaction.atomic():
        _save_new(metric)
        if metric.is_calculated:
            recalculate_metric(metric)
    return metric


def change_metric(*, actor: Membership, metric: Metric, name: str, **facts: Unpack[MetricFacts]) -> Metric:
    """Change a definition; what observations already rest on (cadence, unit, leave) stays as it is.

    Raises PermissionDenied, or DomainError that says which of it cannot be changed.
    """
    _require_right(actor)
    with transaction.atomic():
        metric = Metric.objects.select_for_update().get(pk=metric.pk)
        wanted = {"name": name.strip(), **_columns(facts)}
        _refuse_other_meaning(metric, wanted)
        _require_free_name(wanted["name"], but=metric)
        recalculates = any(wanted[field] != getattr(metric, field) for field in _CALCULATES if field in wanted)
        for field, value in wanted.items():
            setattr(metric, field, value)
        _check(metric)
        metric.save(update_fields=list(wanted))
        if recalculates:
            recalculate_metric(metric)
        # Signals are looked for afresh: another direction, or being watched at all, changes what they mean.
        Series.objects.filter(metric=metric).update(is_stale=True, stale_from=None)
    return metric


def retire_metric(*, actor: Membership, metric: Metric) -> Metric:
    """Take a metric out of use: no new observations, all that is known stays."""
    _require_right(actor)
    metric.is_active = False
    metric.save(update_fields=["is_active"])
    return metric


def restore_metric(*, actor: Membership, metric: Metric) -> Metric:
    """Put a retired metric back into use."""
    _require_right(actor)
    metric.is_active = True
    metric.save(update_fields=["is_active"])
    return metric


def set_targets(*, actor: Membership | None, metric: Metric, targets: Mapping[JobDescription, float | None]) -> None:
    """Set the targets for the jobs named; None lets the metric's own target hold again. Raises DomainError."""
    _require_right(actor)
    with transaction.atomic():
        for job, target in targets.items():
            if target is None:
                MetricTarget.objects.filter(metric=metric, job_description=job).delete()
                continue
            _check_range(metric, target, _("The target for %(job)s") % {"job": job.name})
            MetricTarget.objects.update_or_create(metric=metric, job_description=job, defaults={"target": target})


def add_presets(*, actor: Membership | None, keys: Collection[str]) -> list[Metric]:
    """Add the presets, and what their formulas need, that the organization does not have yet; return the new ones.

    Raises PermissionDenied, or LookupError for a key that is no preset.
    """
    _require_right(actor)
    wanted = _with_parts(keys)
    with transaction.atomic():
        taken = set(Metric.objects.filter(key__in=wanted).values_list("key", flat=True))
        return [_add_preset(actor, PRESETS[key]) for key in wanted if key not in taken]


def _with_parts(keys: Collection[str]) -> list[str]:
    """Return the keys in an order in which the parts of a formula come before it."""
    ordered: dict[str, None] = {}
    for key in keys:
        formula = PRESETS[key].formula
        if formula is not None:
            ordered.update(dict.fromkeys((formula[0], formula[2])))
        ordered[key] = None
    return list(ordered)


def _add_preset(actor: Membership | None, preset: Preset) -> Metric:
    formula: tuple[Metric, FormulaOperator, Metric] | None = None
    if preset.formula is not None:
        left, operator, right = preset.formula
        formula = Metric.objects.get(key=left), operator, Metric.objects.get(key=right)
    return define_metric(
        actor=actor,
        name=str(preset.name),
        key=preset.key,
        preset_key=preset.key,
        description=str(preset.description),
        unit=preset.unit,
        decimals=preset.decimals,
        direction=preset.direction,
        cadence=preset.cadence,
        aggregation=preset.aggregation,
        leave_handling=preset.leave_handling,
        allowed_min=preset.allowed_min,
        allowed_max=preset.allowed_max,
        target=preset.target,
        is_watched=preset.is_watched,
        formula=formula,
        formula_factor=preset.formula_factor,
    )


def _require_right(actor: Membership | None) -> None:
    if actor is not None and not can_define_metrics(actor):
        raise PermissionDenied


def _columns(facts: MetricFacts) -> dict[str, Any]:
    columns: dict[str, Any] = {name: value for name, value in facts.items() if name != "formula"}
    if "formula" in facts:
        left, operator, right = facts["formula"] or (None, "", None)
        columns |= {"formula_left": left, "formula_operator": operator, "formula_right": right}
    return columns


def _check(metric: Metric) -> None:
    """Raise DomainError for a definition that contradicts itself."""
    low, high = metric.allowed_min, metric.allowed_max
    if low is not None and high is not None and high <= low:
        raise DomainError(_("The largest value allowed must lie above the smallest. Correct one of the two."))
    if metric.target is not None:
        _check_range(metric, metric.target, _("The target"))
    if metric.is_calculated:
        _check_formula(metric)


def _check_range(metric: Metric, value: float, what: Any) -> None:
    low, high = metric.allowed_min, metric.allowed_max
    if (low is not None and value < low) or (high is not None and value > high):
        raise DomainError(
            _("%(what)s lies outside the range allowed for “%(metric)s”. Choose a value inside it, or widen the range.")
            % {"what": what, "metric": metric.name}
        )


def _check_formula(metric: Metric) -> None:
    left, right = metric.formula_left, metric.formula_right
    if left is None or right is None:
        raise DomainError(_("A formula needs two metrics. Choose both, or neither."))
    if metric.pk is not None and metric.pk in (left.pk, right.pk):
        raise DomainError(_("A metric cannot be calculated from itself. Choose two others."))
    if left.is_calculated or right.is_calculated:
        raise DomainError(_("Choose two metrics that are observed: one that is calculated itself cannot be a part."))
    if {left.cadence, right.cadence} != {metric.cadence}:
        raise DomainError(
            _(
                "All three must be observed equally often. "
                "“%(left)s” is observed %(left_often)s, “%(right)s” %(right_often)s."
            )
            % {
                "left": left.name,
                "left_often": Cadence(left.cadence).label.lower(),
                "right": right.name,
                "right_often": Cadence(right.cadence).label.lower(),
            }
        )


def _refuse_other_meaning(metric: Metric, wanted: Mapping[str, Any]) -> None:
    """Raise DomainError when a change would give the observations there are another meaning."""
    changed = [field for field in _FIXED_BY_DATA if field in wanted and wanted[field] != getattr(metric, field)]
    if not changed or not Observation.objects.filter(series__metric=metric).exists():
        return
    labels = ", ".join(str(Metric._meta.get_field(field).verbose_name) for field in changed)
    raise DomainError(
        _("Observations rest on this already: %(fields)s. Retire the metric and define a new one instead.")
        % {"fields": labels}
    )


def _require_free_name(name: str, *, but: Metric | None = None) -> None:
    taken = Metric.objects.filter(name__iexact=name)
    if (taken if but is None else taken.exclude(pk=but.pk)).exists():
        raise DomainError(_("There is a metric called “%(name)s” already. Choose another name.") % {"name": name})


def _save_new(metric: Metric) -> None:
    try:
        with transaction.atomic():
            metric.save(force_insert=True)
    except IntegrityError as error:
        _require_free_name(metric.name)
        if Metric.objects.filter(key=metric.key).exists():
            raise DomainError(_("The short name “%(key)s” is taken. Choose another.") % {"key": metric.key}) from error
        raise
