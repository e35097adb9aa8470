"""360 feedback: proposed, agreed, answered once, and one report that cannot be compared with another."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from people.models import Employee, Organization
from pipcycle.errors import DomainError
from reminders.enums import ObligationStatus
from reminders.models import Obligation
from reminders.registry import kind_for
from reviews.enums import FormRole, FormStatus, RaterStatus
from reviews.models import Rater, RaterReport, Review, ReviewForm
from reviews.obligations import Owed
from reviews.rater_rules import can_read_report
from reviews.rating import BEHAVIOURS
from reviews.selectors.raters import gaps_of
from reviews.services.following import employee_left, follow_the_people
from reviews.services.rater_reports import make_report, withhold_comments
from reviews.services.raters import decide_rater, name_rater, submit_rating, take_back_rater
from reviews.services.sharing import share_review
from reviews.services.writing import FormClosedError
from tests.cast import Person, make_person
from tests.reviews.conftest import PlanCycle, days, hand_in, launch

NAMES = ("Dora", "Emil", "Fay", "Gus", "Ida", "Jan")


def said(level: int, comment: str = "") -> dict[str, Any]:
    """Return an answer that says the level everywhere."""
    return {"behaviours": {one.key: level for one in BEHAVIOURS}, "comments": {"goes_on": comment}}


@pytest.fixture
def peers(harbor: Organization, bob: Person) -> list[Person]:
    """Six teammates of Alice."""
    return [make_person(harbor, name, "Dale", manager=bob) for name in NAMES]


@pytest.fixture
def about(plan: PlanCycle, peers: list[Person], hana: Person, alice: Person) -> Review:
    """The review of Alice in a cycle that asks others."""
    cycle = launch(plan(days(peers=timezone.localdate() + datetime.timedelta(days=21))), hana)
    return Review.objects.select_related("cycle", "employee", "manager").get(cycle=cycle, employee=alice.employee)


def form_of(review: Review, person: Person) -> ReviewForm:
    """Return the form the person is asked for."""
    forms = ReviewForm.objects.select_related("review__cycle", "review__employee", "author")
    return forms.get(review=review, author=person.employee, role__in=["peer", "upward", "own_view"])


@pytest.fixture
def asked(about: Review, peers: list[Person], bob: Person) -> Review:
    """Alice's review with all six asked."""
    for one in peers:
        name_rater(actor=bob.member, review=about, person=one.employee)
    return about


def answer(review: Review, people: list[Person], level: int = 4) -> None:
    """Let each of the people answer, in words that name them."""
    for one in people:
        submit_rating(actor=one.member, form=form_of(review, one), rating=said(level, f"{one.employee.given_name}!"))


def test_what_the_employee_proposes_is_asked_once_the_manager_agrees(
    about: Review, alice: Person, bob: Person, peers: list[Person]
) -> None:
    rater = name_rater(actor=alice.member, review=about, person=peers[0].employee)
    assert not ReviewForm.objects.filter(author=peers[0].employee, role=FormRole.PEER).exists()
    assert Obligation.objects.get(kind=Owed.AGREE_RATERS).owner == bob.employee

    decide_rater(actor=bob.member, rater=rater, agrees=True)

    assert form_of(about, peers[0]).role == FormRole.PEER
    assert {one.owner_id for one in Obligation.objects.filter(kind=Owed.RATE)} == {
        alice.employee.pk,
        peers[0].employee.pk,
    }
    assert Obligation.objects.get(kind=Owed.AGREE_RATERS).status == ObligationStatus.FULFILLED


def test_a_proposal_is_declined_with_a_reason_or_taken_back(
    about: Review, alice: Person, bob: Person, peers: list[Person]
) -> None:
    first, second = (name_rater(actor=alice.member, review=about, person=one.employee) for one in peers[:2])
    with pytest.raises(DomainError):
        decide_rater(actor=bob.member, rater=first, agrees=False, reason=" ")

    decide_rater(actor=bob.member, rater=first, agrees=False, reason="New in the team")
    take_back_rater(actor=alice.member, rater=second)

    assert [one.status for one in Rater.objects.all()] == [RaterStatus.DECLINED]


def test_nobody_above_ever_sees_who_has_yet_to_answer() -> None:
    assert kind_for(Owed.RATE).shown_above_after_days is None


def test_a_new_manager_agrees_with_what_was_proposed_to_the_former_one(
    about: Review, alice: Person, carol: Person, peers: list[Person]
) -> None:
    rater = name_rater(actor=alice.member, review=about, person=peers[0].employee)
    Employee.objects.filter(pk=alice.employee.pk).update(manager=carol.employee)

    assert [follow_the_people(cycle=about.cycle), follow_the_people(cycle=about.cycle)] == [1, 0]

    waiting = Obligation.objects.filter(kind=Owed.AGREE_RATERS, status=ObligationStatus.OPEN)
    assert [one.owner for one in waiting] == [carol.employee]
    rater.refresh_from_db()
    decide_rater(actor=carol.member, rater=rater, agrees=True)
    assert not waiting.all().exists()


def test_direct_reports_answer_upward_and_managers_are_not_asked(
    about: Review, alice: Person, bob: Person, carol: Person, hana: Person, harbor: Organization
) -> None:
    report = make_person(harbor, "Kit", "Dale", manager=alice)

    assert name_rater(actor=bob.member, review=about, person=report.employee).role == FormRole.UPWARD
    for one in (bob, carol, alice):
        with pytest.raises(DomainError):
            name_rater(actor=hana.member, review=about, person=one.employee)


def test_nobody_decides_in_their_own_case_and_strangers_name_nobody(
    about: Review, alice: Person, peers: list[Person]
) -> None:
    rater = name_rater(actor=alice.member, review=about, person=peers[0].employee)

    with pytest.raises(PermissionDenied):
        decide_rater(actor=alice.member, rater=rater, agrees=True)
    with pytest.raises(PermissionDenied):
        name_rater(actor=peers[1].member, review=about, person=peers[2].employee)


def test_an_answer_counts_once_and_stays(asked: Review, peers: list[Person]) -> None:
    form = form_of(asked, peers[0])
    with pytest.raises(DomainError, match="Choose an answer"):
        submit_rating(actor=peers[0].member, form=form, rating={"behaviours": {"listens": 1}})
    with pytest.raises(PermissionDenied):
        submit_rating(actor=peers[1].member, form=form, rating=said(1))
    submit_rating(actor=peers[0].member, form=form, rating=said(4))

    with pytest.raises(FormClosedError):
        submit_rating(actor=peers[0].member, form=form, rating=said(1))

    form.refresh_from_db()
    assert form.answers["behaviours"]["listens"] == 4
    assert "safe" not in form.answers["behaviours"]  # asked of direct reports only
    with pytest.raises(DatabaseError), transaction.atomic():
        ReviewForm.objects.filter(pk=form.pk).update(answers={})


def test_a_rater_who_leaves_is_asked_no_more_and_the_list_does_not_tell_whether_they_had_answered(
    asked: Review, peers: list[Person]
) -> None:
    answer(asked, peers[:1])
    for one in peers[:2]:
        employee_left(one.employee, None)

    states = {one.employee_id: one.status for one in Rater.objects.all()}
    assert form_of(asked, peers[0]).status == FormStatus.SUBMITTED
    assert form_of(asked, peers[1]).status == FormStatus.WITHDRAWN
    assert states[peers[0].employee.pk] == states[peers[1].employee.pk] == RaterStatus.AGREED
    assert Obligation.objects.filter(kind=Owed.RATE, owner=peers[1].employee, status=ObligationStatus.OPEN).count() == 0


def test_a_proposal_of_somebody_who_leaves_is_taken_off(about: Review, alice: Person, peers: list[Person]) -> None:
    rater = name_rater(actor=alice.member, review=about, person=peers[0].employee)

    employee_left(peers[0].employee, None)

    rater.refresh_from_db()
    assert (rater.status, rater.reason) == (RaterStatus.WITHDRAWN, "The person asked has left.")


def test_before_and_after_a_late_answer_cannot_be_subtracted(asked: Review, peers: list[Person], bob: Person) -> None:
    answer(asked, peers[:5], level=4)
    before = make_report(actor=bob.member, review=asked)
    late = form_of(asked, peers[5])

    with pytest.raises(FormClosedError):
        submit_rating(actor=peers[5].member, form=late, rating=said(1, "Never!"))
    with pytest.raises(DomainError, match="once"):
        make_report(actor=bob.member, review=asked)
    with pytest.raises(DomainError):
        name_rater(actor=bob.member, review=asked, person=peers[5].employee)

    after = RaterReport.objects.get(review=asked)
    assert late.status == FormStatus.WITHDRAWN
    assert after.content == before.content
    assert after.content["rows"][0]["all"] == {"n": 5, "mean": 4.0}
    with pytest.raises(DatabaseError), transaction.atomic():
        RaterReport.objects.filter(pk=after.pk).update(content={})


def test_filtering_down_to_one_person_shows_nothing(asked: Review, peers: list[Person], bob: Person) -> None:
    answer(asked, peers[:1], level=1)

    report = make_report(actor=bob.member, review=asked)

    assert report.content["raters"] is None
    assert "Dora" not in str(report.content)
    assert all(gap.all is None and gap.peer is None for gap in gaps_of(report))


def test_a_small_group_is_not_had_by_taking_the_other_from_the_total(
    asked: Review, peers: list[Person], alice: Person, bob: Person, harbor: Organization
) -> None:
    report_to_her = make_person(harbor, "Kit", "Dale", manager=alice)
    name_rater(actor=bob.member, review=asked, person=report_to_her.employee)
    answer(asked, [*peers, report_to_her])

    row = make_report(actor=bob.member, review=asked).content["rows"][0]

    assert row["all"]["n"] == 7
    assert row["peer"] is None
    assert row["upward"] is None


def test_sharing_makes_the_report_and_opens_it_to_the_employee(
    asked: Review, peers: list[Person], alice: Person, bob: Person
) -> None:
    answer(asked, peers[:5], level=3)
    submit_rating(actor=alice.member, form=form_of(asked, alice), rating=said(5))
    hand_in(asked, FormRole.MANAGER, bob)
    asked.refresh_from_db()
    assert not can_read_report(alice.member, asked)

    share_review(actor=bob.member, review=asked)

    asked.refresh_from_db()
    gap = gaps_of(RaterReport.objects.get(review=asked))[0]
    assert can_read_report(alice.member, asked)
    assert (gap.own, gap.difference) == (5, 2.0)
    assert form_of(asked, peers[5]).status == FormStatus.WITHDRAWN


def test_whoever_has_answered_reads_no_report(asked: Review, peers: list[Person], bob: Person) -> None:
    answer(asked, peers)
    dora = peers[0]
    asked.employee.manager = dora.employee
    asked.employee.save()
    asked.manager = dora.employee
    asked.save(update_fields=["manager"])

    assert not can_read_report(dora.member, asked)


def test_only_hr_withholds_comments_and_says_why(asked: Review, peers: list[Person], bob: Person, hana: Person) -> None:
    answer(asked, peers)
    report = make_report(actor=bob.member, review=asked)
    with pytest.raises(PermissionDenied):
        withhold_comments(actor=bob.member, report=report, reason="No")
    with pytest.raises(DomainError):
        withhold_comments(actor=hana.member, report=report, reason="")

    withhold_comments(actor=hana.member, report=report, reason="Names a third person")

    report.refresh_from_db()
    assert report.withheld_reason == "Names a third person"
    with pytest.raises(DomainError):
        withhold_comments(actor=hana.member, report=report, reason="Again")
