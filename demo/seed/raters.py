"""Feedback of others in the demo: colleagues and direct reports are asked, answer, and a report is made of it."""

import random
from collections.abc import Iterable

from demo.seed import review_texts as texts
from demo.seed.stage import member_of
from people.enums import EmployeeStatus
from people.models import Employee, Membership
from reviews.enums import RATING_ROLES, FormRole, FormStatus
from reviews.models import Review, ReviewCycle, ReviewForm
from reviews.rater_rules import can_decide_raters
from reviews.rating import BEHAVIOURS, NOT_OBSERVED
from reviews.services.raters import name_rater, submit_rating

MOST_ASKED = 7


def ask_others(cycle: ReviewCycle, about: Iterable[Employee], *, by: Membership) -> list[Review]:
    """Ask colleagues and direct reports about each of the people; return the reviews it is about."""
    reviews = Review.objects.select_related("cycle", "employee", "manager").filter(cycle=cycle, employee__in=about)
    asked = [review for review in reviews if can_decide_raters(by, review)]
    for review in asked:
        for person in [*_colleagues(review.employee), *_reports(review.employee)]:
            name_rater(actor=by, review=review, person=person)
    return asked


def answer_all(reviews: Iterable[Review], *, chance: random.Random) -> None:
    """Let everybody who is asked answer, each in their own way."""
    forms = ReviewForm.objects.select_related("review__cycle", "review__employee", "author").filter(
        review__in=reviews, role__in=RATING_ROLES, status=FormStatus.OPEN
    )
    for form in forms:
        usual = chance.choice((3, 4))
        unseen = usual if form.role == FormRole.OWN_VIEW else NOT_OBSERVED
        levels = {one.key: chance.choice((usual - 1, usual, usual, 5, unseen)) for one in BEHAVIOURS}
        comments = {"goes_on": chance.choice(texts.GOES_ON), "differently": chance.choice(texts.DIFFERENTLY)}
        said = {"behaviours": levels, "comments": comments if form.role != FormRole.OWN_VIEW else {}}
        submit_rating(actor=member_of(form.author), form=form, rating=said)


def propose_some(cycle: ReviewCycle, employee: Employee) -> None:
    """Let the employee propose colleagues; the manager has not answered yet."""
    for review in Review.objects.select_related("cycle", "employee", "manager").filter(cycle=cycle, employee=employee):
        for person in _colleagues(employee)[:3]:
            name_rater(actor=member_of(employee), review=review, person=person)


def _colleagues(employee: Employee) -> list[Employee]:
    if employee.manager_id is None:
        return []
    return [one for one in _some(employee.manager_id) if one.pk != employee.pk]


def _reports(employee: Employee) -> list[Employee]:
    return _some(employee.pk)


def _some(manager: int) -> list[Employee]:
    people = Employee.objects.filter(manager=manager, left_on__isnull=True).exclude(status=EmployeeStatus.LEFT)
    return list(people.order_by("pk")[:MOST_ASKED])
