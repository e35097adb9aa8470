"""Planning, changing and ending a pulse, and answering one."""

import datetime
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, TypedDict, Unpack

from celery import current_app
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from people.selectors.accounts import employee_of
from pipcycle.errors import DomainError, require
from reminders.services.obligations import fulfil
from reviews.models import PulseAnswer, PulseParticipation, PulseRound, PulseSurvey
from reviews.models.pulse import DAYS_IN_WEEK
from reviews.pulse_enums import SCALES, PulseQuestion, RoundStatus
from reviews.pulse_obligations import ABOUT_PULSE, ANSWER_PULSE
from reviews.pulse_rules import can_answer, can_run_pulses
from reviews.selectors.pulse import audience_of, departments_to_choose, is_large_enough

LONGEST_COMMENT = 2000


class Asked(TypedDict, total=False):
    """What is asked, and of whom: settled with the first round."""

    questions: Sequence[str]
    open_question: str
    departments: Sequence[int]


def plan_survey(
    *,
    actor: Membership,
    name: str,
    questions: Sequence[str],
    opens_on: datetime.date,
    days_open: int,
    every_weeks: int | None = None,
    open_question: str = "",
    departments: Sequence[int] = (),
) -> PulseSurvey:
    """Plan a pulse; a worker opens its rounds. Raises PermissionDenied, or DomainError with what to mend."""
    require(can_run_pulses(actor))
    survey = PulseSurvey(
        name=name.strip()[:200],
        questions=_known(questions),
        open_question=open_question.strip()[:200],
        departments=list(departments),
        days_open=days_open,
        every_weeks=every_weeks or None,
        next_opens_on=opens_on,
        created_by=actor,
    )
    _require_sound(survey, opens_on)
    with transaction.atomic():
        _write(survey)
    return survey


def change_survey(
    *,
    actor: Membership,
    survey: PulseSurvey,
    name: str,
    opens_on: datetime.date,
    days_open: int,
    every_weeks: int | None = None,
    **asked: Unpack[Asked],
) -> PulseSurvey:
    """Change a pulse that still has a round to come. What is asked, and of whom, stays once a round was opened.

    Raises PermissionDenied, or DomainError with what to mend.
    """
    require(can_run_pulses(actor))
    with transaction.atomic():
        locked = _locked(survey)
        if locked.next_opens_on is None:
            raise DomainError(_("No further round is planned. There is nothing to change."))
        locked.name, locked.next_opens_on = name.strip()[:200], opens_on
        locked.days_open, locked.every_weeks = days_open, every_weeks or None
        if not locked.rounds.exists():
            locked.questions = _known(asked.get("questions", locked.questions))
            locked.open_question = asked.get("open_question", locked.open_question).strip()[:200]
            locked.departments = list(asked.get("departments", locked.departments))
        _require_sound(locked, opens_on)
        _require_after_open_round(locked, opens_on)
        _write(locked)
    return locked


def discard_survey(*, actor: Membership, survey: PulseSurvey) -> None:
    """Drop a pulse nobody has been asked in. Raises PermissionDenied, or DomainError once a round was opened."""
    require(can_run_pulses(actor))
    with transaction.atomic():
        locked = _locked(survey)
        if locked.rounds.exists():
            raise DomainError(_("A round was opened already, so the pulse stays on record. End it instead."))
        locked.delete()


def end_survey(*, actor: Membership, survey: PulseSurvey) -> None:
    """Let no further round open; one that is open runs to its last day. Raises PermissionDenied or DomainError."""
    require(can_run_pulses(actor))
    changed = PulseSurvey.objects.filter(pk=survey.pk, next_opens_on__isnull=False).update(next_opens_on=None)
    if not changed:
        raise DomainError(_("No further round is planned. There is nothing to end."))


def answer_pulse(
    *, actor: Membership, pulse_round: PulseRound, answers: Mapping[str, int | None], comment: str = ""
) -> None:
    """Keep what the member answers apart from that they have: once, and only while the round is open.

    Raises PermissionDenied, or DomainError for an answer missing or out of range, a second one, or a closed round.
    """
    require(can_answer(actor))
    own = employee_of(actor)
    with transaction.atomic():
        locked = PulseRound.objects.select_for_update(of=("self",), no_key=True).select_related("survey")
        pulse_round = locked.get(pk=pulse_round.pk)
        if not pulse_round.is_open or pulse_round.closes_on < timezone.localdate():
            raise DomainError(_("This round is over. Its results are shown where five people or more have answered."))
        given = _checked(pulse_round.survey, answers)
        asked = PulseParticipation.objects.filter(round=pulse_round, employee=own)
        place = asked.values_list("department", flat=True)
        require(asked.exists())
        if not asked.filter(has_answered=False).update(has_answered=True):
            raise DomainError(_("You have answered this round already. It counts once, and cannot be found again."))
        words = comment.strip()[:LONGEST_COMMENT] if pulse_round.survey.open_question else ""
        PulseAnswer.objects.create(round=pulse_round, department_id=place[0], comment=words, **given)
        fulfil(kind=ANSWER_PULSE, about_type=ABOUT_PULSE, about_id=pulse_round.pk, actor=None, owner=own)


def _locked(survey: PulseSurvey) -> PulseSurvey:
    """Hold the survey, so that no round opens meanwhile."""
    locked: PulseSurvey = PulseSurvey.objects.select_for_update().select_related("organization").get(pk=survey.pk)
    return locked


def _known(questions: Sequence[str]) -> list[str]:
    return [question.value for question in PulseQuestion if question in questions]


def _write(survey: PulseSurvey) -> None:
    """Save the survey; a round that is due at once is opened by a worker. Raises DomainError for a name taken."""
    try:
        with transaction.atomic():
            survey.save()
    except IntegrityError as error:
        raise DomainError(
            gettext("There is a pulse called “%(name)s” already. Give this one another name.") % {"name": survey.name}
        ) from error
    if survey.next_opens_on is not None and survey.next_opens_on <= timezone.localdate():
        transaction.on_commit(partial(current_app.send_task, "reviews.tasks.run_pulses"))


def _require_after_open_round(survey: PulseSurvey, opens_on: datetime.date) -> None:
    running = survey.rounds.filter(status=RoundStatus.OPEN).first()
    if running is not None and opens_on <= running.closes_on:
        raise DomainError(
            gettext("A round is open until %(day)s. Choose a later day for the next one.")
            % {"day": date_format(running.closes_on, "j F Y")}
        )


def _checked(survey: PulseSurvey, answers: Mapping[str, int | None]) -> dict[str, Any]:
    """Return an answer to each question of the survey, all of them: a question few answered would be a small group."""
    given: dict[str, Any] = {}
    for question in survey.questions:
        low, high = SCALES[PulseQuestion(question)]
        value = answers.get(question)
        if value is None or not low <= value <= high:
            raise DomainError(_("Choose an answer to each question. Only the words are optional."))
        given[question] = value
    return given


def _require_sound(survey: PulseSurvey, opens_on: datetime.date) -> None:
    if not survey.name or not survey.questions:
        raise DomainError(_("Give the pulse a name and choose one question at least."))
    if opens_on < timezone.localdate():
        raise DomainError(_("Choose today or a later day for the next round."))
    if survey.every_weeks and survey.days_open > survey.every_weeks * DAYS_IN_WEEK:
        raise DomainError(_("A round would still be open when the next one begins. Open it for fewer days."))
    if set(survey.departments) - set(departments_to_choose().values_list("pk", flat=True)):
        raise DomainError(_("Choose departments of five people or more, such that nobody is left out alone."))
    if not is_large_enough(audience_of(survey).count()):
        raise DomainError(_("Fewer than five people would be asked: nobody could stay unknown. Ask more people."))
