"""Addresses of the definitions of metrics."""

from typing import Any

from metrics.models import Metric
from tests.tenancy.world import FORBIDDEN, OK, WRITE_ONLY, Sample, World

DEFINES = {"hana": OK, "adam": OK}


def _metric(world: World) -> dict[str, Any]:
    return {"metric_id": world.one(Metric).pk}


SAMPLES: dict[str, Sample] = {
    "metrics:definition_list": Sample(DEFINES),
    "metrics:definition_new": Sample(DEFINES),
    "metrics:definition": Sample(DEFINES, FORBIDDEN, _metric),
    "metrics:definition_change": Sample(DEFINES, FORBIDDEN, _metric),
    "metrics:definition_targets": Sample(DEFINES, FORBIDDEN, _metric),
    "metrics:definition_use": Sample({}, WRITE_ONLY, _metric),
}
