"""A pulse of Harbor that asks everybody, and people enough to stay unknown."""

import datetime
from collections.abc import Iterable
from typing import Any

import pytest
from django.utils import timezone

from people.models import Employee, Organization
from reviews.models import PulseAnswer, PulseParticipation, PulseRound, PulseSurvey
from reviews.services.pulse import plan_survey
from reviews.services.pulse_rounds import close_round, open_round
from tests.cast import DepartmentFactory, EmployeeFactory, Person

ASKED = ["satisfaction", "enps", "morale"]


def crowd(number: int, department: str) -> list[Employee]:
    """Return so many new employees of the department."""
    return EmployeeFactory.create_batch(number, department=DepartmentFactory.create(name=department))


@pytest.fixture
def survey(harbor_context: Organization, alice: Person, hana: Person) -> PulseSurvey:
    """A pulse every four weeks, from today, that asks the cast and thirty more."""
    crowd(9, "Operations")
    crowd(12, "Sales")
    crowd(9, "Finance")
    return plan_survey(
        actor=hana.member,
        name="Monthly pulse",
        questions=ASKED,
        open_question="What should change?",
        opens_on=timezone.localdate(),
        days_open=10,
        every_weeks=4,
    )


@pytest.fixture
def opened(survey: PulseSurvey) -> PulseRound:
    """The first round, open."""
    open_round(survey_id=survey.pk)
    return PulseRound.objects.get(survey=survey)


def answer_for(opened: PulseRound, people: Iterable[Employee], comment: str = "", **scores: Any) -> None:
    """Answer for people without a sign-in, as the service does."""
    asked = PulseParticipation.objects.filter(round=opened, employee__in=[one.pk for one in people])
    given = {"satisfaction": 4, "enps": 9, "morale": 3, **scores}
    for one in asked.filter(has_answered=False):
        PulseAnswer.objects.create(round=opened, department_id=one.department_id, comment=comment, **given)
    asked.update(has_answered=True)


def closed(opened: PulseRound) -> PulseRound:
    """Close the round and return it afresh."""
    close_round(round_id=opened.pk)
    opened.refresh_from_db()
    return opened


def next_round(survey: PulseSurvey) -> PulseRound:
    """Open the round after the last one, without waiting."""
    PulseSurvey.objects.filter(pk=survey.pk).update(next_opens_on=timezone.localdate() - datetime.timedelta(days=1))
    open_round(survey_id=survey.pk)
    return PulseRound.objects.filter(survey=survey).latest("number")
