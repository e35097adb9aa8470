"""Opening rounds and closing them: at the close, and only then, answers become figures of groups and are deleted."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metrics.suppression import hidden_groups
from reminders.services.obligations import owe_many, withdraw
from reviews.models import PulseAnswer, PulseComment, PulseParticipation, PulseResult, PulseRound, PulseSurvey
from reviews.pulse_disclosure import REST, publishable
from reviews.pulse_enums import PulseQuestion, RoundStatus
from reviews.pulse_figures import enps_of, mean_of
from reviews.pulse_obligations import ABOUT_PULSE, ANSWER_PULSE
from reviews.selectors.pulse import Place, audience_of, is_large_enough, moves_since_published, sizes_of

AT_ONCE = 2000


def run_pulses() -> int:
    """Close what is over, then open what is due, in the open tenant; return how many rounds changed.

    Doing it twice, or in two places at once, changes nothing more.
    """
    today = timezone.localdate()
    over = PulseRound.objects.filter(status=RoundStatus.OPEN, closes_on__lt=today).values_list("pk", flat=True)
    changed = sum(close_round(round_id=pk) for pk in list(over))
    due = PulseSurvey.objects.filter(next_opens_on__lte=today).values_list("pk", flat=True)
    return changed + sum(open_round(survey_id=pk) for pk in list(due))


def open_round(*, survey_id: int) -> bool:
    """Ask everybody the survey is about; return whether a round was opened.

    Whoever belongs to a group of fewer than five, or to one that would give such a group away, counts in none.
    """
    today = timezone.localdate()
    with transaction.atomic():
        survey = PulseSurvey.objects.select_for_update(no_key=True).get(pk=survey_id)
        last = survey.rounds.order_by("-number").first()
        if survey.next_opens_on is None or survey.next_opens_on > today or (last is not None and last.is_open):
            return False
        people = list(audience_of(survey).order_by("pk").values_list("pk", "department"))
        _plan_next(survey, today)
        if not is_large_enough(len(people)):
            return False
        pulse_round = PulseRound.objects.create(
            survey=survey,
            number=last.number + 1 if last else 1,
            opens_on=today,
            closes_on=today + datetime.timedelta(days=survey.days_open - 1),
        )
        _ask(pulse_round, people)
    return True


def close_round(*, round_id: int) -> bool:
    """Freeze what may be shown of the round, forget every single answer; return whether it was still open."""
    with transaction.atomic():
        pulse_round = PulseRound.objects.select_for_update(of=("self",)).select_related("survey").get(pk=round_id)
        if not pulse_round.is_open:
            return False
        shown = publishable(sizes_of(pulse_round), moves_since_published(pulse_round))
        if shown is not None:
            _publish(pulse_round, shown)
        PulseAnswer.objects.filter(round=pulse_round).delete()
        pulse_round.status, pulse_round.is_published = RoundStatus.CLOSED, shown is not None
        pulse_round.save(update_fields=["status", "is_published"])
        withdraw(about_type=ABOUT_PULSE, about_id=pulse_round.pk, reason=_("The round is over."))
    return True


def _plan_next(survey: PulseSurvey, today: datetime.date) -> None:
    """Move to the next day of the rhythm that is still to come; days that were missed are not made up for."""
    following = survey.next_opens_on
    while following is not None and following <= today:
        following = following + datetime.timedelta(weeks=survey.every_weeks) if survey.every_weeks else None
    survey.next_opens_on = following
    survey.save(update_fields=["next_opens_on"])


def _ask(pulse_round: PulseRound, people: Sequence[tuple[int, Place]]) -> None:
    unplaced = hidden_groups(Counter(place for _person, place in people), never_shown=[REST])
    PulseParticipation.objects.bulk_create(
        [
            PulseParticipation(
                round=pulse_round, employee_id=person, department_id=None if place in unplaced else place
            )
            for person, place in people
        ],
        batch_size=AT_ONCE,
    )
    owe_many(
        kind=ANSWER_PULSE,
        about_type=ABOUT_PULSE,
        about_id=pulse_round.pk,
        due_on=pulse_round.closes_on,
        owners=[person for person, _place in people],
    )


def _publish(pulse_round: PulseRound, shown: frozenset[int]) -> None:
    asked = Counter(PulseParticipation.objects.filter(round=pulse_round).values_list("department", flat=True))
    answers = list(PulseAnswer.objects.filter(round=pulse_round).order_by("id"))
    groups: defaultdict[Place, list[PulseAnswer]] = defaultdict(list)
    for answer in answers:
        if answer.department_id in shown:
            groups[answer.department_id].append(answer)
    results = [_result(pulse_round, place, asked[place], said) for place, said in groups.items()]
    PulseResult.objects.bulk_create([_result(pulse_round, None, asked.total(), answers), *results])
    PulseComment.objects.bulk_create(
        PulseComment(
            round=pulse_round,
            department_id=answer.department_id if answer.department_id in shown else None,
            text=answer.comment,
        )
        for answer in answers
        if answer.comment
    )


def _result(pulse_round: PulseRound, place: Place, asked: int, answers: Iterable[PulseAnswer]) -> PulseResult:
    said = list(answers)
    scores = {
        question: [value for one in said if (value := getattr(one, question)) is not None]
        for question in PulseQuestion.values
    }
    return PulseResult(
        round=pulse_round,
        department_id=place,
        asked=asked,
        answered=len(said),
        satisfaction=mean_of(scores[PulseQuestion.SATISFACTION]),
        morale=mean_of(scores[PulseQuestion.MORALE]),
        enps=enps_of(scores[PulseQuestion.ENPS]),
    )
