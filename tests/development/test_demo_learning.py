"""What the demo tells of training and mentorship."""

import random

from demo.seed.learning import COURSES, create_learning
from development.models import Enrolment, MentorProfile, Mentorship, TrainingCourse
from development.selectors.mentorship import profile_of, suggestions_for
from people.models import Competency
from tests.cast import EmployeeFactory, Person
from tests.development.conftest import At


def test_the_demo_has_a_catalogue_completions_and_mentors_to_choose_from(stage: At, alice: Person, bob: Person) -> None:
    Competency.objects.bulk_create([Competency(name=name) for name in ("Planning", "Speaking", "Writing")])
    EmployeeFactory.create_batch(30, job_description=alice.employee.job_description)

    create_learning({"employee": alice.employee, "manager": bob.employee}, chance=random.Random(1))  # no secret

    assert TrainingCourse.objects.count() == len(COURSES)
    assert Enrolment.objects.count() > 40
    assert (Mentorship.objects.count(), MentorProfile.objects.filter(employee=alice.employee).count()) == (1, 1)
    assert suggestions_for(alice.employee, profile_of(alice.employee))
