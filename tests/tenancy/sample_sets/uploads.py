"""Addresses of uploads and batches of observations."""

from typing import Any

from metrics.models import ObservationBatch
from people.models import ImportBatch
from tests.tenancy.world import FORBIDDEN, MOVED, OK, WRITE_ONLY, Sample, World

HANDS_IN = {"hana": OK, "adam": OK}
TOO_EARLY = dict.fromkeys(HANDS_IN, MOVED)


def _upload(world: World) -> dict[str, Any]:
    return {"batch_id": world.one(ImportBatch, kind="observations").pk}


def _batch(world: World) -> dict[str, Any]:
    return {"batch_id": world.one(ObservationBatch).pk}


SAMPLES: dict[str, Sample] = {
    "metrics:upload_list": Sample(HANDS_IN),
    "metrics:upload_detail": Sample(TOO_EARLY, FORBIDDEN, _upload),
    "metrics:upload_columns": Sample(HANDS_IN, FORBIDDEN, _upload),
    "metrics:upload_application": Sample(TOO_EARLY, FORBIDDEN, _upload),
    "metrics:upload_removal": Sample({}, WRITE_ONLY, _upload),
    "metrics:upload_report": Sample(HANDS_IN, FORBIDDEN, _upload),
    "metrics:batch_list": Sample(HANDS_IN),
    "metrics:batch_export": Sample(HANDS_IN),
    "metrics:batch": Sample(HANDS_IN, FORBIDDEN, _batch),
    "metrics:batch_taking_back": Sample(HANDS_IN, FORBIDDEN, _batch),
}
