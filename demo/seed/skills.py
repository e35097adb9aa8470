"""Two years of skill ratings: people grow a little, see themselves a little better, and some were never rated."""

import datetime
import random

from metrics.enums import Rater
from metrics.models import SkillRating
from people.enums import CompetencyLevel, EmployeeStatus
from people.models import Employee, JobCompetency

#: Days before today on which the views were written down.
DAYS_AGO = (560, 380, 195, 25)
_NOTES = {
    Rater.SELF: ("", "", "I now do this without asking.", "The last project showed me where I stand."),
    Rater.MANAGER: ("", "", "Seen in the last three cases.", "Took over the handover to the night shift alone."),
}


def create_skill_ratings(*, today: datetime.date, chance: random.Random) -> None:
    """Rate most people of the open tenant in what their jobs ask."""
    asked: dict[int, list[JobCompetency]] = {}
    for row in JobCompetency.objects.all():
        asked.setdefault(row.job_description_id, []).append(row)
    people = Employee.objects.exclude(status=EmployeeStatus.LEFT).select_related("manager").order_by("number")
    SkillRating.objects.bulk_create(
        rating
        for person in people
        for competency in asked.get(person.job_description_id or 0, [])
        for rating in _ratings(person, competency, today, chance)
    )


def _ratings(person: Employee, asked: JobCompetency, today: datetime.date, chance: random.Random) -> list[SkillRating]:
    """Return the views of one competency, oldest first; nobody is rated before they were hired."""
    true_level = asked.expected_level + chance.choice((-2, -1, -1, -1, 0, 0, 0, 1))
    ratings = []
    for rater, offset, share in ((Rater.SELF, 0.4, 0.85), (Rater.MANAGER, 0.0, 0.75)):
        for age, days in enumerate(DAYS_AGO):
            day = today - datetime.timedelta(days=days + chance.randrange(12))
            if chance.random() > share or (person.hired_on and day < person.hired_on):
                continue
            level = round(true_level + offset + 0.35 * (age - 2) + chance.gauss(0, 0.35))
            ratings.append(
                SkillRating(
                    employee=person,
                    competency_id=asked.competency_id,
                    rater=rater,
                    level=min(max(level, CompetencyLevel.LEARNING), CompetencyLevel.EXPERT),
                    note=chance.choice(_NOTES[rater]),
                    rated_on=day,
                    rated_by_id=_rater_id(person, rater),
                )
            )
    return ratings


def _rater_id(person: Employee, rater: Rater) -> int | None:
    by = person if rater is Rater.SELF else person.manager
    return by.membership_id if by is not None else None
