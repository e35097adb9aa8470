"""Addresses of pulses and exit interviews: a survey with an open round that asks Alice, and Alice leaving."""

import datetime
from typing import Any

from reviews.models import ExitInterview, PulseParticipation, PulseRound, PulseSurvey
from tests.tenancy.world import FORBIDDEN, MISSING, OK, Sample, World

HR = {"hana": OK, "adam": OK}
READERS = {**HR, "eve": OK, "bob": OK, "carol": OK}


def _survey(world: World) -> dict[str, Any]:
    survey = world.one(PulseSurvey, questions=["morale"], next_opens_on=datetime.date(2036, 1, 1))
    return {"survey_id": survey.pk}


def _round(world: World) -> dict[str, Any]:
    _survey(world)
    found = world.one(PulseRound, opens_on=datetime.date(2026, 1, 1), closes_on=datetime.date(2036, 1, 1))
    world.one(PulseParticipation)
    return {"round_id": found.pk}


def _exit(world: World) -> dict[str, Any]:
    interview = world.one(ExitInterview, answered_on=None, hidden_from=[world.manager.pk])
    return {"exit_id": interview.pk}


SAMPLES: dict[str, Sample] = {
    "reviews:pulse_list": Sample(READERS, FORBIDDEN),
    "reviews:pulse_new": Sample(HR, FORBIDDEN),
    "reviews:pulse": Sample(READERS, FORBIDDEN, _survey),
    "reviews:pulse_export": Sample(READERS, FORBIDDEN, _survey),
    "reviews:pulse_change": Sample(HR, FORBIDDEN, _survey),
    "reviews:pulse_discard": Sample(HR, FORBIDDEN, _survey),
    "reviews:pulse_end": Sample(HR, FORBIDDEN, _survey),
    "reviews:pulse_answer": Sample({"alice": OK}, MISSING, _round),
    "reviews:exit_list": Sample({**HR, "eve": OK}, FORBIDDEN),
    "reviews:exit": Sample({"alice": OK, "hana": OK}, MISSING, _exit),
}
