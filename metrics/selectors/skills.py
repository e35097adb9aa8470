"""Competencies of people: what the job expects, the latest views, how they came about."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from metrics.enums import Rater
from metrics.models import SkillRating
from metrics.skill_gaps import Gap, SkillHistory, draw_history
from people.enums import EmployeeStatus
from people.models import Competency, Employee, JobCompetency, Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_below
from pipcycle.ui.level_scale import LevelScale, draw_level_scale


@dataclass(frozen=True, kw_only=True)
class Skill:
    """One competency of one person; ``ratings`` come latest first."""

    competency: Competency
    expected: int | None
    ratings: Sequence[SkillRating] = field(default_factory=tuple)

    @property
    def own(self) -> SkillRating | None:
        """Return the latest rating by the person."""
        return next((rating for rating in self.ratings if rating.rater == Rater.SELF), None)

    @property
    def manager(self) -> SkillRating | None:
        """Return the latest rating by a manager."""
        return next((rating for rating in self.ratings if rating.rater == Rater.MANAGER), None)

    @property
    def gap(self) -> Gap:
        """Return the gap."""
        own, manager = self.own, self.manager
        return Gap(expected=self.expected, own=own.level if own else None, manager=manager.level if manager else None)

    @property
    def scale(self) -> LevelScale:
        """Return the drawing of the latest state."""
        gap = self.gap
        return draw_level_scale(expected=gap.expected, own=gap.own, manager=gap.manager)

    def history(self, today: datetime.date) -> SkillHistory:
        """Return the drawing of how the views changed."""
        points: dict[str, list[tuple[datetime.date, int]]] = {Rater.SELF: [], Rater.MANAGER: []}
        for rating in reversed(self.ratings):
            points[rating.rater].append((rating.rated_on, rating.level))
        return draw_history(own=points[Rater.SELF], manager=points[Rater.MANAGER], expected=self.expected, today=today)


@dataclass(frozen=True, kw_only=True)
class PersonSkills:
    """A row of the team: a person with the gap in each competency of the columns, None where nothing is known."""

    employee: Employee
    gaps: Sequence[Gap | None]


def skills_of(employee: Employee) -> list[Skill]:
    """Return what the job expects, the most first, then what was rated besides; two queries, however many ratings."""
    asked = JobCompetency.objects.filter(job_description=employee.job_description_id).select_related("competency")
    ratings = (
        SkillRating.objects.filter(employee=employee)
        .select_related("competency", "rated_by__user")
        .order_by("-rated_on", "-id")
    )
    given: defaultdict[int, list[SkillRating]] = defaultdict(list)
    for rating in ratings:
        given[rating.competency_id].append(rating)
    skills = [
        Skill(competency=row.competency, expected=row.expected_level, ratings=tuple(given.pop(row.competency_id, ())))
        for row in asked.order_by("-expected_level", "competency__name")
    ]
    others = [Skill(competency=rows[0].competency, expected=None, ratings=tuple(rows)) for rows in given.values()]
    return [*skills, *sorted(others, key=lambda skill: skill.competency.name)]


def team_of(member: Membership, *, is_direct: bool = True) -> QuerySet[Employee]:
    """Return who reports to the member directly, or everyone below them, and still works here, by name."""
    own = employee_of(member)
    if own is None:
        return Employee.objects.none()
    below = Employee.objects.filter(manager=own) if is_direct else employees_below(own)
    people = below.exclude(status=EmployeeStatus.LEFT)
    return people.order_by("family_name", "given_name", "id")


def team_gaps(people: Sequence[Employee]) -> tuple[list[Competency], list[PersonSkills]]:
    """Return the competencies the people's jobs ask for, and each person's gaps in them; two queries for any number."""
    expected = _expected_by_job({person.job_description_id for person in people})
    latest = _latest_levels([person.pk for person in people])
    known = {competency.pk: competency for levels in expected.values() for competency, _level in levels.values()}
    columns = sorted(known.values(), key=lambda competency: competency.name)
    rows = []
    for person in people:
        asked = expected.get(person.job_description_id or 0, {})
        gaps = [_gap(asked, latest, person, competency) for competency in columns]
        rows.append(PersonSkills(employee=person, gaps=gaps))
    return columns, rows


def _gap(
    asked: dict[int, tuple[Competency, int]],
    latest: dict[tuple[int, int, str], int],
    person: Employee,
    competency: Competency,
) -> Gap | None:
    if competency.pk not in asked:
        return None
    return Gap(
        expected=asked[competency.pk][1],
        own=latest.get((person.pk, competency.pk, Rater.SELF)),
        manager=latest.get((person.pk, competency.pk, Rater.MANAGER)),
    )


def _expected_by_job(jobs: Iterable[int | None]) -> dict[int, dict[int, tuple[Competency, int]]]:
    expected: defaultdict[int, dict[int, tuple[Competency, int]]] = defaultdict(dict)
    rows = JobCompetency.objects.filter(job_description__in=[job for job in jobs if job]).select_related("competency")
    for row in rows:
        expected[row.job_description_id][row.competency_id] = row.competency, row.expected_level
    return dict(expected)


def _latest_levels(people: Sequence[int]) -> dict[tuple[int, int, str], int]:
    """Return the latest level by person, competency and rater."""
    latest: Any = (
        SkillRating.objects.filter(employee__in=people)
        .order_by("employee_id", "competency_id", "rater", "-rated_on", "-id")
        .distinct("employee_id", "competency_id", "rater")
        .values_list("employee_id", "competency_id", "rater", "level")
    )
    return {(person, competency, rater): level for person, competency, rater, level in latest}
