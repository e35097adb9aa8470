"""Addresses of signals."""

from typing import Any

from metrics.enums import SignalStatus
from metrics.models import Metric, Series, SeriesPhase, Signal
from tests.tenancy.world import EVERYBODY, FORBIDDEN, MISSING, OK, Sample, World


def _signal(world: World) -> dict[str, Any]:
    world.one(Metric, name="Items done", key="items-of-signals")
    world.one(Series)
    return {"signal_id": world.one(Signal, status=SignalStatus.OPEN).pk}


def _phase(world: World) -> dict[str, Any]:
    signal = _signal(world)
    return {**signal, "phase_id": world.one(SeriesPhase).pk}


SEES = dict.fromkeys(["alice", "bob", "carol", "hana"], OK)
DECIDES = {**SEES, "alice": FORBIDDEN}

SAMPLES: dict[str, Sample] = {
    "metrics:signal_list": Sample(EVERYBODY),
    "metrics:signal_export": Sample(EVERYBODY),
    "metrics:signal": Sample(SEES, MISSING, _signal),
    "metrics:signal_acknowledgement": Sample(DECIDES, MISSING, _signal),
    "metrics:signal_dismissal": Sample(DECIDES, MISSING, _signal),
    "metrics:signal_shift": Sample(DECIDES, MISSING, _signal),
    "metrics:signal_shift_withdrawal": Sample(DECIDES, MISSING, _phase),
    "metrics:signal_comment": Sample({**dict.fromkeys(SEES, FORBIDDEN), "alice": OK}, MISSING, _signal),
}
