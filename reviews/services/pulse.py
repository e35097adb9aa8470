"""Planning and ending a pulse, and answering one."""

import datetime
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from celery import current_app
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from people.selectors.accounts import employee_of
from pipcycle.errors import DomainError, require
from reminders.services.obligations import fulfil
from reviews.models import PulseAnswer, PulseParticipation, PulseRound, PulseSurvey
from reviews.models.pulse import DAYS_IN_WEEK
from reviews.pulse_enums import SCALES, PulseQuestion
from reviews.pulse_obligations import ABOUT_PULSE, ANSWER_PULSE
from reviews.pulse_rules import can_answer, can_run_pulses
from reviews.selectors.pulse import audience_of, departments_to_choose, is_large_enough

LONGEST_COMMENT = 2000


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
        questions=[question.value for question in PulseQuestion if question in questions],
        open_question=open_question.strip()[:200],
        departments=list(departments),
        days_open=days_open,
        every_weeks=every_weeks or None,
        next_opens_on=opens_on,
        created_by=actor,
    )
    _require_sound(survey, opens_on)
    try:
        with transaction.atomic():
            survey.save()
            if opens_on <= timezone.localdate():
                transaction.on_commit(partial(current_app.send_task, "reviews.tasks.run_pulses"))
    except IntegrityError as error:
        raise DomainError(
            gettext("There is a pulse called “%(name)s” already. Give this one another name.") % {"name": survey.name}
        ) from error
    return survey


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
        raise DomainError(_("Choose today or a later day for the first round."))
    if survey.every_weeks and survey.days_open > survey.every_weeks * DAYS_IN_WEEK:
        raise DomainError(_("A round would still be open when the next one begins. Open it for fewer days."))
    if set(survey.departments) - set(departments_to_choose().values_list("pk", flat=True)):
        raise DomainError(_("Choose departments of five people or more, such that nobody is left out alone."))
    if not is_large_enough(audience_of(survey).count()):
        raise DomainError(_("Fewer than five people would be asked: nobody could stay unknown. Ask more people."))
