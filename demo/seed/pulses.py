"""Six rounds of a pulse with figures, one that is open, and a few people who leave."""

import datetime
import random

from django.db.models import F
from django.utils import timezone

from demo.seed.stage import days_ago, member_of, on
from people.enums import EmployeeStatus
from people.models import Employee
from reviews.models import ExitInterview, PulseAnswer, PulseParticipation, PulseRound
from reviews.pulse_enums import ExitReason, ExitStatus, PulseQuestion, WouldReturn
from reviews.services.exits import follow_leavers
from reviews.services.pulse import plan_survey
from reviews.services.pulse_rounds import close_round, open_round

ROUNDS = 6
WEEKS = 4
#: In a larger organization the pulse of the demo is asked in the department of its employee.
MOST_PEOPLE = 400
MOST_LEAVERS = 12
_SHARE = 0.72
_WORDS = (
    "Fewer meetings on Fridays.",
    "Say earlier when the roster changes.",
    "One system for addresses instead of two.",
    "More time with the new people in their first weeks.",
    "Keep the quiet hour in the morning, it helps.",
)
_WORKED = ("The team, and that questions were answered.", "The training in the first year.", "Regular check-ins.")
_DID_NOT = ("The roster changed too late too often.", "I saw no next step.", "Two systems for the same work.")


def create_pulses(signed_in: dict[str, Employee], *, chance: random.Random) -> None:
    """Tell the rounds of a pulse and the interviews of leavers inside the open tenant context."""
    _tell_pulse(signed_in, chance)
    _tell_leavers(signed_in, chance)


def _tell_pulse(signed_in: dict[str, Employee], chance: random.Random) -> None:
    place = signed_in["employee"].department_id
    first = ROUNDS * WEEKS * 7 + 3
    with on(days_ago(first + 1)):
        survey = plan_survey(
            actor=member_of(signed_in["hr"]),
            name="Monthly pulse",
            questions=PulseQuestion.values,
            open_question="What should change here?",
            departments=[place] if place and Employee.objects.count() > MOST_PEOPLE else [],
            opens_on=timezone.localdate() + datetime.timedelta(days=1),
            days_open=10,
            every_weeks=WEEKS,
        )
    answering: set[int] = set()
    for number in range(ROUNDS + 1):
        day = days_ago(first - number * WEEKS * 7)
        with on(day):
            open_round(survey_id=survey.pk)
        found = survey.rounds.latest("number")
        if number < ROUNDS:
            _answer(found, _steady(found, chance, before=answering), chance, mood=0.1 * number)
            with on(day + datetime.timedelta(days=11)):
                close_round(round_id=found.pk)


def _steady(found: PulseRound, chance: random.Random, *, before: set[int]) -> set[int]:
    """Return who answers: the same people every time, so that no round has to be held back; chosen in the first."""
    if not before:
        asked = found.participations.order_by("employee").values_list("employee", flat=True)
        before.update(person for person in asked if chance.random() < _SHARE)
    return before


def _answer(found: PulseRound, people: set[int], chance: random.Random, *, mood: float) -> None:
    answering = PulseParticipation.objects.filter(round=found, employee__in=people).order_by("employee")
    answering.update(has_answered=True)
    PulseAnswer.objects.bulk_create(
        PulseAnswer(
            round=found,
            department_id=place,
            satisfaction=_level(chance, 3.4 + mood, 5, lowest=1),
            morale=_level(chance, 3.1 + mood + 0.2 * ((place or 0) % 3), 5, lowest=1),
            enps=_level(chance, 7.6 + 2 * mood, 10, lowest=0),
            comment=_WORDS[number] if number < len(_WORDS) else "",
        )
        for number, place in enumerate(answering.values_list("department", flat=True))
    )


def _level(chance: random.Random, middle: float, highest: int, *, lowest: int) -> int:
    return max(lowest, min(highest, round(chance.gauss(middle, highest / 6))))


def _tell_leavers(signed_in: dict[str, Employee], chance: random.Random) -> None:
    """Let those who have left have answered, and two who still work have a last day."""
    gone = Employee.objects.filter(status=EmployeeStatus.LEFT, left_on__gte=F("hired_on")).order_by("pk")
    ExitInterview.objects.bulk_create(
        ExitInterview(
            employee=one,
            left_on=one.left_on,
            hidden_from=[one.manager_id] if one.manager_id else [],
            status=ExitStatus.ANSWERED,
            answered_on=one.left_on,
            reason=chance.choice([ExitReason.GROWTH, ExitReason.PAY, ExitReason.PRIVATE]),
            worked=chance.choice(_WORKED),
            did_not_work=chance.choice(_DID_NOT),
            would_return=chance.choice(WouldReturn.values),
            recommends=chance.randint(3, 10),
        )
        for one in gone[:MOST_LEAVERS]
    )
    keys = [person.pk for person in signed_in.values()]
    staying = Employee.objects.filter(membership=None, direct_reports=None).exclude(status=EmployeeStatus.LEFT)
    for weeks, one in enumerate(staying.exclude(pk__in=keys).order_by("-pk")[:2], start=2):
        Employee.objects.filter(pk=one.pk).update(left_on=timezone.localdate() + datetime.timedelta(weeks=weeks))
    follow_leavers()
