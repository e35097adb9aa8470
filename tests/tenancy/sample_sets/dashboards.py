"""Addresses of the dashboards."""

from typing import Any

from metrics.models import Metric
from tests.tenancy.world import EVERYBODY, FORBIDDEN, MISSING, MOVED, OK, Sample, World


def _team(world: World) -> dict[str, Any]:
    return {"employee_id": world.manager.pk}


def _metric(world: World) -> dict[str, Any]:
    return {"metric_id": world.one(Metric).pk}


def _department(world: World) -> dict[str, Any]:
    return {"department_id": world.employee.department_id}


FOLLOWS_BOB = {"bob": OK, "carol": OK, "hana": OK}
READS_AGGREGATES = {"hana": OK, "eve": OK}

SAMPLES: dict[str, Sample] = {
    "metrics:overview": Sample({**dict.fromkeys(EVERYBODY, MOVED), "ines": FORBIDDEN}),
    "metrics:own_team": Sample({"bob": OK, "carol": OK}),
    "metrics:team": Sample(FOLLOWS_BOB, MISSING, _team),
    "metrics:team_export": Sample(FOLLOWS_BOB, MISSING, _team),
    "metrics:organization": Sample(READS_AGGREGATES),
    "metrics:organization_export": Sample(READS_AGGREGATES),
    "metrics:organization_chart": Sample(READS_AGGREGATES, FORBIDDEN, _metric),
    "metrics:department": Sample(READS_AGGREGATES, FORBIDDEN, _department),
    "metrics:department_chart": Sample(
        READS_AGGREGATES, FORBIDDEN, lambda world: {**_department(world), **_metric(world)}
    ),
}
