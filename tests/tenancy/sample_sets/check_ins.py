"""Addresses of check-ins: a series of Alice and Bob, whose words nobody else reads; others see the dates at most."""

from typing import Any

from feedback.models import ActionItem, CheckIn, CheckInSeries
from tests.tenancy.world import EVERYBODY, FORBIDDEN, MISSING, OK, WRITE_ONLY, Sample, World

THE_TWO = {"alice": OK, "bob": OK}
SEES_DATES = {**THE_TWO, "carol": OK, "hana": OK}
EMPLOYED = {**EVERYBODY, "ines": FORBIDDEN}


def _of(world: World) -> CheckInSeries:
    series: CheckInSeries = world.one(CheckInSeries, leader=world.manager)
    return series


def _series(world: World) -> dict[str, Any]:
    """Return a series with a check-in that is still to be held."""
    _check_in(world)
    return {"series_id": _of(world).pk}


def _check_in(world: World) -> dict[str, Any]:
    _of(world)
    return {"check_in_id": world.one(CheckIn, attendance="").pk}


def _action(world: World) -> dict[str, Any]:
    _of(world)
    return {"action_id": world.one(ActionItem).pk}


SAMPLES: dict[str, Sample] = {
    "feedback:series_list": Sample(EVERYBODY),
    "feedback:team_check_ins": Sample({"bob": OK, "carol": OK, "hana": OK}),
    "feedback:series_export": Sample(EVERYBODY),
    "feedback:series_new": Sample(EMPLOYED),
    "feedback:private_notes": Sample(EVERYBODY),
    "feedback:private_notes_export": Sample(EVERYBODY),
    "feedback:private_note_erasure": Sample({}, MISSING, lambda _world: {"note_id": 1}),
    "feedback:series": Sample(SEES_DATES, MISSING, _series),
    "feedback:series_change": Sample(THE_TWO, MISSING, _series),
    "feedback:series_end": Sample(THE_TWO, MISSING, _series),
    "feedback:series_agenda": Sample({}, WRITE_ONLY, _series),
    "feedback:series_actions": Sample({}, WRITE_ONLY, _series),
    "feedback:action": Sample(THE_TWO, MISSING, _action),
    "feedback:check_in": Sample(THE_TWO, MISSING, _check_in),
    "feedback:check_in_record": Sample(THE_TWO, MISSING, _check_in),
    "feedback:check_in_date": Sample(THE_TWO, MISSING, _check_in),
    "feedback:check_in_notes": Sample({}, WRITE_ONLY, _check_in),
    "feedback:check_in_private": Sample({}, WRITE_ONLY, _check_in),
}
