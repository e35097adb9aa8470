"""A catalogue of courses with completions, required training and people open to be mentors: written in bulk."""

import datetime
import random
from decimal import Decimal
from itertools import islice

from demo.seed.development_texts import WRITING_COURSE
from demo.seed.stage import days_ago
from development.enums import ActionStatus, DevelopmentStatus
from development.learning_enums import EnrolmentStatus, MentorshipStatus, Provision, SkillDirection
from development.models import (
    DevelopmentAction,
    Enrolment,
    MentorProfile,
    Mentorship,
    MentorSkill,
    RequiredTraining,
    TrainingCourse,
)
from development.services.recertification import months_after, owe_recertification
from people.enums import EmployeeStatus
from people.models import Competency, Employee

INTERNAL, EXTERNAL = Provision
#: Code, name, who holds it, hours, cost, months it is worth something.
COURSES = (
    ("SAFE-1", "Safety at work", INTERNAL, "In-house", 3, 0, 12),
    ("DATA-1", "Handling personal data", INTERNAL, "In-house", 2, 0, 24),
    ("AID-1", "First aid", EXTERNAL, "Harbor Rescue School", 8, 95, 24),
    ("WRITE-1", "Clear writing", EXTERNAL, "Plain Words", 12, 420, None),
    ("LEAD-1", "First time a lead", INTERNAL, "In-house", 16, 0, None),
)
REQUIRED = 2


def create_learning(signed_in: dict[str, Employee], *, chance: random.Random) -> None:
    """Write everything inside the open tenant context."""
    courses = [
        TrainingCourse(
            code=code, name=name, provision=provision, provider=provider, hours=hours, cost=Decimal(cost),
            currency="USD" if cost else "", recertification_months=months,
        )
        for code, name, provision, provider, hours, cost, months in COURSES
    ]  # fmt: skip
    TrainingCourse.objects.bulk_create(courses)
    people = list(Employee.objects.exclude(status=EmployeeStatus.LEFT).order_by("number"))
    jobs = {person.job_description_id for person in people if person.job_description_id is not None}
    RequiredTraining.objects.bulk_create(
        RequiredTraining(job_id=job, course=course) for job in sorted(jobs) for course in courses[:REQUIRED]
    )
    _complete(people, courses, chance)
    _take_in_plans(courses)
    owe_recertification()
    _offer(signed_in, people)


def _complete(people: list[Employee], courses: list[TrainingCourse], chance: random.Random) -> None:
    rows = []
    for person in people:
        for course in courses:
            if chance.random() < (0.85 if course in courses[:REQUIRED] else 0.15):
                day = days_ago(chance.randrange(10, 390))
                months = course.recertification_months
                until: datetime.date | None = months_after(day, months) if months else None
                rows.append(
                    Enrolment(
                        employee=person,
                        course=course,
                        status=EnrolmentStatus.COMPLETED,
                        completed_on=day,
                        expires_on=until,
                    )
                )
    Enrolment.objects.bulk_create(rows, batch_size=2000)


def _take_in_plans(courses: list[TrainingCourse]) -> None:
    """Let the actions about writing name their course, which somebody whose plan runs completed some days ago."""
    writing = next(course for course in courses if course.code == "WRITE-1")
    actions = DevelopmentAction.objects.filter(title=WRITING_COURSE)
    actions.update(course=writing)
    going = actions.filter(status=ActionStatus.OPEN, plan__status=DevelopmentStatus.RUNNING).order_by("pk")
    Enrolment.objects.bulk_create(
        Enrolment(
            employee_id=action.plan.employee_id,
            course=writing,
            status=EnrolmentStatus.COMPLETED,
            completed_on=days_ago(4),
        )
        for action in going.select_related("plan")[:1]
    )


def _offer(signed_in: dict[str, Employee], people: list[Employee]) -> None:
    """Let every tenth person be open to be a mentor; the demo employee looks for one and has another."""
    skills = list(Competency.objects.order_by("name")[:4])
    employee = signed_in["employee"]
    others = [one for one in people[::10] if one.pk not in {employee.pk, signed_in["manager"].pk}]
    profiles = [MentorProfile(employee=one, is_open=True, capacity=2) for one in others]
    own = MentorProfile(employee=employee)
    MentorProfile.objects.bulk_create([*profiles, own])
    MentorSkill.objects.bulk_create(
        [
            *(
                MentorSkill(profile=profile, competency=skills[place % len(skills)], direction=SkillDirection.OFFERED)
                for place, profile in enumerate(profiles if skills else [])
            ),
            *(MentorSkill(profile=own, competency=one, direction=SkillDirection.WANTED) for one in skills[:2]),
        ]
    )
    Mentorship.objects.bulk_create(
        Mentorship(
            mentor=one, mentee=employee, status=MentorshipStatus.ACTIVE, message="I want to learn how you prepare."
        )
        for one in islice(others, 1)
    )
