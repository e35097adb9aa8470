"""Pulses: whom a round asks, what is published, and what a reader may see of it. Single answers are read by nobody."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from metrics.suppression import SMALLEST_GROUP, hidden_groups
from people.enums import EmployeeStatus
from people.models import Department, Employee, Membership
from people.selectors.accounts import employee_of
from reviews.models import PulseComment, PulseParticipation, PulseResult, PulseRound, PulseSurvey
from reviews.pulse_disclosure import NOBODY, REST, Cell, Moves
from reviews.pulse_enums import RoundStatus
from reviews.pulse_rules import reads_every_group

Place = int | None


def people_by_place() -> dict[Place, int]:
    """Return how many people each department employs."""
    people = Employee.objects.exclude(status=EmployeeStatus.LEFT).order_by().values_list("department")
    return dict(people.annotate(Count("pk")))


def departments_to_choose() -> QuerySet[Department]:
    """Return the departments a survey may be narrowed to: those that leave nobody to be worked out."""
    sizes = people_by_place()
    hidden = hidden_groups(sizes, never_shown=[None])
    return Department.objects.filter(pk__in=[place for place in sizes if place not in hidden]).order_by("name")


def audience_of(survey: PulseSurvey) -> QuerySet[Employee]:
    """Return whom a round would ask today."""
    people = Employee.objects.exclude(status=EmployeeStatus.LEFT)
    if survey.departments:
        people = people.filter(department__in=departments_to_choose().filter(pk__in=survey.departments))
    return people


def moves_since_published(pulse_round: PulseRound) -> list[Moves]:
    """Return how people have moved since each earlier round of the survey that is published, counted by the database.

    Three statements, however many rounds there were and however many people answered.
    """
    earlier = PulseRound.objects.filter(survey=pulse_round.survey_id, is_published=True).exclude(pk=pulse_round.pk)
    shown = set(
        PulseResult.objects.filter(round__in=earlier, department__isnull=False).values_list("round", "department")
    )
    answered = PulseParticipation.objects.filter(has_answered=True)
    now = answered.filter(round=pulse_round, employee=OuterRef("employee"))
    then: Any = answered.filter(round__in=earlier).annotate(
        answers_now=Exists(now), place_now=Subquery(now.values("department")[:1])
    )
    groups = then.order_by().values_list("round", "department", "answers_now", "place_now").annotate(Count("pk"))
    sizes = sizes_of(pulse_round)
    moves: defaultdict[int, Counter[tuple[Cell, Cell]]] = defaultdict(Counter)
    joined: defaultdict[int, Counter[Cell]] = defaultdict(lambda: Counter(sizes))
    for round_id, place, answers_now, place_now, people in groups:
        target = place_now if answers_now else NOBODY
        moves[round_id][place if (round_id, place) in shown else REST, target] += people
        joined[round_id][target] -= people
    return [
        moved + Counter({(NOBODY, group): people for group, people in joined[round_id].items() if group != NOBODY})
        for round_id, moved in moves.items()
    ]


def sizes_of(pulse_round: PulseRound) -> Counter[Cell]:
    """Return how many have answered the round in each group; those without a group are in REST."""
    answered = PulseParticipation.objects.filter(round=pulse_round, has_answered=True).order_by()
    return Counter(dict(answered.values_list("department").annotate(Count("pk"))))


@dataclass(frozen=True, kw_only=True)
class RoundRow:
    """A round with the figures of the group that is looked at; none where they are held back or not there yet."""

    round: PulseRound
    result: PulseResult | None


@dataclass(frozen=True, kw_only=True)
class PulseView:
    """What a reader sees of a survey: its rounds, the last published one by department, and comments."""

    group: Department | None
    rounds: Sequence[RoundRow]
    departments: Sequence[PulseResult]
    comments: Sequence[str]

    @property
    def latest(self) -> RoundRow | None:
        """Return the last round with figures."""
        return next((row for row in self.rounds if row.result), None)


def surveys_with_latest() -> QuerySet[PulseSurvey]:
    """Return every survey with how many rounds there were, whether one runs, and when it closes."""
    running = PulseRound.objects.filter(survey=OuterRef("pk"), status=RoundStatus.OPEN)
    surveys: Any = PulseSurvey.objects.annotate(
        closed_rounds=Count("rounds", filter=Q(rounds__status=RoundStatus.CLOSED)),
        closes_on=Subquery(running.values("closes_on")[:1]),
    )
    ordered: QuerySet[PulseSurvey] = surveys.order_by("name")
    return ordered


def survey_for(survey_id: int) -> PulseSurvey:
    """Return the survey, or raise Http404."""
    survey = PulseSurvey.objects.select_related("organization").filter(pk=survey_id).first()
    if survey is None:
        raise Http404
    return survey


def view_of(member: Membership, survey: PulseSurvey) -> PulseView:
    """Return what the member may see: all groups shown, or, for a manager, their own department alone."""
    own = employee_of(member)
    sees_all = reads_every_group(member)
    group = None if sees_all or own is None else own.department
    if not sees_all and group is None:
        return PulseView(group=None, rounds=(), departments=(), comments=())
    results = PulseResult.objects.filter(round__survey=survey, round__status=RoundStatus.CLOSED)
    of_group = {result.round_id: result for result in results.filter(department=group)}
    rows = [RoundRow(round=one, result=of_group.get(one.pk)) for one in survey.rounds.order_by("-number")]
    latest = next((row.round for row in rows if row.result), None)
    if latest is None:
        return PulseView(group=group, rounds=rows, departments=(), comments=())
    comments = PulseComment.objects.filter(round=latest)
    departments = results.filter(round=latest, department__isnull=False).select_related("department", "round")
    return PulseView(
        group=group,
        rounds=rows,
        departments=list(departments.order_by("department__name")) if sees_all else (),
        comments=list((comments if sees_all else comments.filter(department=group)).values_list("text", flat=True)),
    )


def participation_for(member: Membership, round_id: int) -> PulseParticipation:
    """Return that the member is asked in the round, or raise Http404."""
    own = employee_of(member)
    if own is None or not member.is_active:
        raise Http404
    asked = PulseParticipation.objects.select_related("round__survey").filter(round=round_id, employee=own).first()
    if asked is None:
        raise Http404
    return asked


def is_large_enough(people: int) -> bool:
    """Return whether so many people may be asked without a name."""
    return people >= SMALLEST_GROUP
