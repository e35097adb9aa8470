"""Feedback of others and calibration: raters answer, the manager reads, HR moves a rating; each page walked by axe."""

import datetime

import pytest
from django.utils import timezone
from django_rls_tenants import tenant_context

from documents.models import FormTemplate
from documents.services.templates import provide_templates
from people.models import Organization
from reviews.enums import FormRole, LateJoiners, StepKind
from reviews.models import RatingMove, Review, ReviewForm
from reviews.services.cycles import launch_cycle, plan_cycle
from reviews.services.raters import name_rater, submit_rating
from reviews.services.running import run_cycle
from tests.cast import Person, make_person
from tests.journeys.conftest import Visitor, Welcome
from tests.reviews.conftest import hand_in
from tests.reviews.services.test_raters import NAMES, form_of, said

STEPS = (StepKind.SELF, StepKind.PEERS, StepKind.MANAGER, StepKind.CALIBRATION, StepKind.SHARE, StepKind.ACKNOWLEDGE)


def _launched(harbor: Organization, hana: Person, alice: Person) -> Review:
    today = timezone.localdate()
    provide_templates()
    cycle = plan_cycle(
        actor=hana.member,
        dates={kind: today + datetime.timedelta(weeks=2 * place) for place, kind in enumerate(STEPS, 1)},
        name="Review of the year",
        period_starts_on=today - datetime.timedelta(days=300),
        period_ends_on=today,
        template=FormTemplate.objects.get(kind="appraisal"),
        departments=[],
        jobs=[],
        hired_before=None,
        leaves_out_on_notice=True,
        late_joiners=LateJoiners.ADD,
        accepts_late=True,
    )
    launch_cycle(actor=hana.member, cycle=cycle)
    run_cycle(cycle_id=cycle.pk)
    return Review.objects.select_related("cycle", "employee", "manager").get(cycle=cycle, employee=alice.employee)


def _answer(visitor: Visitor, level: int) -> None:
    for scale in visitor.page.locator(".frequency").all():
        scale.locator(f"input[value='{level}']").check()


@pytest.fixture
def peers(harbor: Organization, bob: Person) -> list[Person]:
    """Five colleagues of Alice."""
    return [make_person(harbor, name, "Dale", manager=bob) for name in NAMES[:5]]


@pytest.fixture
def review(harbor: Organization, alice: Person, bob: Person, hana: Person, peers: list[Person]) -> Review:
    """The written review of Alice, about whom all colleagues but the first have answered."""
    with tenant_context(harbor.pk):
        review = _launched(harbor, hana, alice)
        for one in peers[1:]:
            name_rater(actor=bob.member, review=review, person=one.employee)
            level = said(2 + one.employee.pk % 4, f"Go on asking, says {one.employee.given_name}.")
            submit_rating(actor=one.member, form=form_of(review, one), rating=level)
        hand_in(review, FormRole.MANAGER, bob)
    return review


def _propose_and_look_at_oneself(employee: Visitor, review: Review, name: str) -> None:
    employee.open(f"/o/harbor/reviews/{review.pk}/")
    employee.follow("Feedback of others")
    employee.page.get_by_label("Person").fill(name)
    employee.press("Propose")
    employee.sees("Proposed. It is asked once your manager agrees.")
    employee.open("/o/harbor/reviews/")
    employee.follow("Say how often you do this")
    _answer(employee, 5)
    employee.press("Hand in")


def _give_feedback(rater: Visitor) -> None:
    rater.open("/o/harbor/reviews/")
    rater.follow("Give feedback on Alice Archer")
    rater.press("Hand in", status=422)
    rater.sees("Choose how often, or “Not observed”.")
    _answer(rater, 3)
    rater.page.get_by_label("What should this person go on doing?").fill("Ask before answering.")
    rater.press("Hand in")
    rater.sees("Handed in. Thank you.")


def _move_the_rating(partner: Visitor) -> None:
    partner.open("/o/harbor/reviews/all/")
    partner.follow("Compare ratings")
    partner.follow("Alice Archer")
    partner.sees("Both views")
    partner.page.get_by_label("Rating", exact=True).last.select_option("4")
    partner.page.get_by_label("Reason").fill("Took over the desk in spring.")
    partner.press("Move the rating")
    partner.sees("given: 3")


def test_colleagues_answer_the_manager_reads_and_hr_moves_a_rating(
    welcome: Welcome, review: Review, peers: list[Person], alice: Person, bob: Person, hana: Person
) -> None:
    raters, manager = f"/o/harbor/reviews/{review.pk}/raters/", welcome(bob)

    _propose_and_look_at_oneself(welcome(alice), review, "Dora Dale")
    manager.open(raters)
    manager.press("Ask Dora Dale")
    manager.sees("4 answers so far")
    _give_feedback(welcome(peers[0]))
    manager.open(raters)
    manager.follow("Make the report")
    manager.press("Make it")
    manager.follow("Read the report")
    manager.sees("5 people answered")
    manager.sees("Ask before answering.")
    _move_the_rating(welcome(hana))

    with tenant_context(hana.organization.pk):
        assert RatingMove.objects.get().after == 4
        assert ReviewForm.objects.filter(review=review, role=FormRole.PEER, status="submitted").count() == 5
