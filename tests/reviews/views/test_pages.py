"""The pages of reviews, through the browser's own requests."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from development.learning_enums import EnrolmentStatus
from development.models import Enrolment, TrainingCourse
from documents.models import FormTemplate
from documents.services.templates import begin_draft
from feedback.models import OrganizationValue, Recognition
from people.models import Competency, Organization
from reviews.enums import CycleStatus, FormRole, FormStatus, ReviewStatus
from reviews.models import KeptAnswers, Review, ReviewCycle, ReviewForm
from reviews.selectors.cycles import distribution_of
from reviews.services.sharing import share_review
from tests.cast import DepartmentFactory, EmployeeFactory, Person
from tests.reviews.conftest import OWN, WRITTEN, form_about, hand_in

REVIEWS = "/o/harbor/reviews/"
CYCLES = f"{REVIEWS}cycles/"
HTMX = {"HX-Request": "true"}
ClientOf = Callable[[Person], Client]
TYPED = {
    "goals-comment": "All of it.",
    "work-rating": "3",
    "work-comment": "On time.",
    "together-rating": "4",
    "strengths-text": "Careful figures.",
    "ahead-text": "Lead a small project.",
}


@pytest.fixture
def own(review: Review) -> ReviewForm:
    """The self-assessment of Alice."""
    return form_about(review, FormRole.SELF)


def _page(form: ReviewForm, name: str = "") -> str:
    return f"{REVIEWS}forms/{form.pk}/{name}"


def test_an_employee_writes_looks_over_and_hands_in(client_of: ClientOf, own: ReviewForm, alice: Person) -> None:
    client = client_of(alice)
    assert "Write your self-assessment" in client.get(REVIEWS).text

    saved = client.post(_page(own), {**TYPED, "seen": "0", "tab": "a", "next": "1"})
    assert saved["Location"] == _page(own, "hand-in/")
    assert "Careful figures." in client.get(saved["Location"]).text
    handed = client.post(saved["Location"], {"seen": "1"})

    own.refresh_from_db()
    assert handed["Location"] == own.review.get_absolute_url()
    assert (own.status, own.answers["strengths"]) == (FormStatus.SUBMITTED, {"text": "Careful figures."})


def test_an_answer_that_cannot_be_read_never_empties_the_saved_one(
    client_of: ClientOf, own: ReviewForm, alice: Person
) -> None:
    client = client_of(alice)
    client.post(_page(own), {**TYPED, "seen": "0", "tab": "a", "save": "1"})

    too_long = {**TYPED, "strengths-text": "x" * 20_000, "work-comment": "Always on time."}
    told = client.post(_page(own), {**too_long, "seen": "1", "tab": "a", "autosave": "1"}, headers=HTMX).text

    own.refresh_from_db()
    assert "but for one answer" in told
    assert own.answers["strengths"] == {"text": "Careful figures."}
    assert own.answers["work"]["comment"] == "Always on time."


def test_courses_of_the_period_stand_beside_the_questions(client_of: ClientOf, own: ReviewForm, alice: Person) -> None:
    period = own.review.cycle
    for code, day in (("inside", period.period_ends_on), ("later", period.period_ends_on + datetime.timedelta(days=1))):
        course = TrainingCourse.objects.create(code=code, name=f"Course {code}", hours=6)
        Enrolment.objects.create(
            employee=alice.employee, course=course, status=EnrolmentStatus.COMPLETED, completed_on=day
        )

    page = client_of(alice).get(_page(own)).text

    assert "Training (1)" in page
    assert ("Course inside" in page, "6 hours" in page, "Course later" in page) == (True, True, False)


def test_recognition_of_the_period_stands_beside_the_questions(
    client_of: ClientOf, own: ReviewForm, alice: Person, bob: Person
) -> None:
    value = OrganizationValue.objects.create(name="Care")
    given = {"author": bob.employee, "receiver": alice.employee, "value": value}
    Recognition.objects.create(text="Stayed with the customer.", **given)
    before = timezone.now() - datetime.timedelta(days=400)
    Recognition.objects.create(text="Long ago.", given_at=before, **given)

    page = client_of(alice).get(_page(own)).text

    assert "Recognition (1)" in page
    assert ("Stayed with the customer." in page, "Long ago." in page) == (True, False)


def test_handing_in_twice_says_that_it_counts_once(client_of: ClientOf, own: ReviewForm, alice: Person) -> None:
    hand_in(own.review, FormRole.SELF, alice)

    answer = client_of(alice).post(_page(own, "hand-in/"), {"seen": "1"})

    assert answer.status_code == 409
    assert "handed in already. It counts once" in answer.text


def test_it_saves_itself_and_tells_the_page_what_it_knows_now(
    client_of: ClientOf, own: ReviewForm, alice: Person
) -> None:
    answer = client_of(alice).post(_page(own), {**TYPED, "seen": "0", "tab": "a", "autosave": "1"}, headers=HTMX)

    assert "Saved" in answer.text
    assert 'name="seen" id="review-seen" value="1"' in answer.text


def test_a_second_window_keeps_its_words_and_leads_to_both_wordings(
    client_of: ClientOf, own: ReviewForm, alice: Person
) -> None:
    client = client_of(alice)
    client.post(_page(own), {**TYPED, "seen": "0", "tab": "phone", "autosave": "1"})

    told = client.post(
        _page(own), {**TYPED, "strengths-text": "At the desk.", "seen": "0", "tab": "desk", "autosave": "1"}
    )
    kept = KeptAnswers.objects.get()
    compare = client.get(_page(own, f"kept/{kept.pk}/"))
    chosen = client.post(_page(own, f"kept/{kept.pk}/"), {"seen": "1", "choice-strengths": "mine"})

    assert "another window of yours has saved this form" in told.text
    assert "At the desk." in compare.text
    assert "Careful figures." in compare.text
    own.refresh_from_db()
    assert (chosen.status_code, own.answers["strengths"]["text"]) == (302, "At the desk.")


def test_what_is_open_is_named_with_a_link_to_each_question(
    client_of: ClientOf, own: ReviewForm, alice: Person
) -> None:
    answer = client_of(alice).get(_page(own, "hand-in/"))

    assert f'href="{_page(own)}#question-work"' in answer.text
    assert 'name="hand_in"' not in answer.text


def test_the_manager_writes_beside_what_the_employee_has_said(
    client_of: ClientOf, review: Review, alice: Person, bob: Person
) -> None:
    form = form_about(review, FormRole.MANAGER)
    client = client_of(bob)
    assert "Careful figures." not in client.get(_page(form)).text

    hand_in(review, FormRole.SELF, alice)

    assert "Careful figures." in client.get(_page(form)).text


@pytest.mark.parametrize(
    ("who", "reads_own", "reads_written"),
    [("alice", True, False), ("bob", True, True), ("carol", True, True), ("hana", True, True)],
)
def test_before_it_is_shared_the_employee_alone_does_not_read_it(
    client_of: ClientOf, written: Review, request: pytest.FixtureRequest, who: str, reads_own: bool, reads_written: bool
) -> None:
    page = client_of(request.getfixturevalue(who)).get(written.get_absolute_url()).text

    assert ("Careful figures." in page, "Reliable." in page) == (reads_own, reads_written)
    assert ("As the job asks." in page) == reads_written


def test_the_employee_cannot_tell_a_written_review_from_one_still_written(
    client_of: ClientOf, written: Review, alice: Person
) -> None:
    assert "Under way" in client_of(alice).get(written.get_absolute_url()).text


def test_an_unfinished_form_is_read_by_its_writer_alone(
    client_of: ClientOf, own: ReviewForm, bob: Person, alice: Person
) -> None:
    client_of(alice).post(_page(own), {**TYPED, "seen": "0", "tab": "a", "autosave": "1"})

    assert client_of(bob).get(_page(own)).status_code == 404
    assert "Careful figures." not in client_of(bob).get(own.review.get_absolute_url()).text


def test_a_review_is_shared_and_acknowledged_with_a_comment(
    client_of: ClientOf, written: Review, alice: Person, hana: Person
) -> None:
    page = written.get_absolute_url()
    assert client_of(hana).post(f"{page}sharing/").status_code == 302
    assert "Reliable." in client_of(alice).get(page).text

    client_of(alice).post(f"{page}acknowledgement/", {"comment": "I see it otherwise."})

    written.refresh_from_db()
    assert written.status == ReviewStatus.ACKNOWLEDGED
    assert "I see it otherwise." in client_of(hana).get(page).text


def test_a_level_stays_named_once_the_job_asks_for_something_else(
    client_of: ClientOf, review: Review, alice: Person
) -> None:
    former = Competency.objects.create(name="Accuracy")
    hand_in(review, FormRole.SELF, alice, {**OWN, "competencies": {"levels": {str(former.pk): 3}}})

    assert "Accuracy" in client_of(alice).get(review.get_absolute_url()).text


@pytest.mark.parametrize("who", ["eve", "adam", "ines"])
def test_whoever_does_not_follow_the_person_finds_no_review(
    client_of: ClientOf, written: Review, request: pytest.FixtureRequest, who: str
) -> None:
    assert client_of(request.getfixturevalue(who)).get(written.get_absolute_url()).status_code == 404


def test_hr_plans_a_cycle_looks_at_the_dry_run_and_launches(
    client_of: ClientOf, harbor_context: Organization, alice: Person, hana: Person
) -> None:
    client = client_of(hana)
    shown = client.get(f"{CYCLES}new/")
    form = shown.context["form"]
    typed: dict[str, Any] = {name: form[name].value() for name in form.fields if form[name].value()}
    typed = {name: "on" if value is True else value for name, value in typed.items()}

    typed |= {"name": "Review of 2027", "template": FormTemplate.objects.get(kind="appraisal").pk}

    planned = client.post(f"{CYCLES}new/", typed)
    cycle = ReviewCycle.objects.get()
    people = client.get(f"{cycle.get_absolute_url()}people/")
    export = client.get(f"{cycle.get_absolute_url()}people/export/")
    launched = client.post(f"{cycle.get_absolute_url()}launch/")

    cycle.refresh_from_db()
    assert planned["Location"] == cycle.get_absolute_url()
    assert "Alice Archer" in people.text
    assert "Alice Archer" in export.content.decode("utf-8-sig")
    assert (launched.status_code, cycle.status) == (302, CycleStatus.LAUNCHING)
    assert "0 of" in client.get(cycle.get_absolute_url()).text


def test_a_cycle_without_people_shows_why_it_cannot_be_launched(
    client_of: ClientOf, cycle: ReviewCycle, hana: Person
) -> None:
    ReviewCycle.objects.update(departments=[DepartmentFactory.create(name="Empty").pk])

    answer = client_of(hana).post(f"{cycle.get_absolute_url()}launch/")

    assert answer.status_code == 409
    assert "Nobody fits the audience of this cycle." in answer.text


def test_the_progress_of_a_launch_ends_by_loading_the_page_afresh(
    client_of: ClientOf, running: ReviewCycle, hana: Person
) -> None:
    answer = client_of(hana).get(running.get_absolute_url(), headers={**HTMX, "HX-Target": "cycle-progress"})

    assert answer["HX-Refresh"] == "true"


def test_dates_are_moved_and_the_refusal_keeps_what_was_typed(
    client_of: ClientOf, running: ReviewCycle, hana: Person
) -> None:
    day = {f"due-{step.kind}": step.due_on.isoformat() for step in running.steps.all()}
    before = timezone.localdate() - datetime.timedelta(days=3)

    refused = client_of(hana).post(f"{running.get_absolute_url()}dates/", {**day, "due-self": before.isoformat()})
    moved = client_of(hana).post(
        f"{running.get_absolute_url()}dates/",
        {**day, "due-self": (timezone.localdate() + datetime.timedelta(days=20)).isoformat()},
    )

    assert (refused.status_code, moved.status_code) == (409, 302)
    assert f'value="{before.isoformat()}"' in refused.text


def test_ratings_are_shown_from_five_people_on_and_a_small_department_never(running: ReviewCycle, bob: Person) -> None:
    Review.objects.update(rating=3)
    few = distribution_of(running)
    small = DepartmentFactory.create(name="Small")
    for department, number in [("Large", 9), ("Middle", 6), ("Other", 7)]:
        for one in EmployeeFactory.create_batch(number, department=DepartmentFactory.create(name=department)):
            Review.objects.create(cycle=running, employee=one, rating=4)
    Review.objects.create(cycle=running, employee=EmployeeFactory.create(department=small), rating=1)

    many = distribution_of(running)

    assert few is not None
    assert few.total is None or few.total.people >= 5
    assert many is not None
    shown = {group.group: group.people for group in many.groups}
    assert "Small" not in shown
    assert many.total is not None
    assert many.total.people - sum(shown.values()) >= 5


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_reviews_asks_as_much_for_three_rows_as_for_one(
    client_of: ClientOf,
    running: ReviewCycle,
    hana: Person,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    Review.objects.exclude(pk__in=Review.objects.order_by("pk").values_list("pk", flat=True)[:number]).delete()
    client = client_of(hana)
    client.get(f"{REVIEWS}all/")

    with django_assert_num_queries(LIST_QUERIES):
        assert client.get(f"{REVIEWS}all/").status_code == 200


#: Session, user, organization, member, scopes of the partner …, then the count and the rows.
LIST_QUERIES = 9


def test_the_list_is_narrowed_by_name_and_handed_over_as_csv(client_of: ClientOf, review: Review, bob: Person) -> None:
    client = client_of(bob)

    part = client.get(f"{REVIEWS}all/?q=archer", headers=HTMX)
    export = client.get(f"{REVIEWS}all/export/?q=archer").content.decode("utf-8-sig")

    assert "<html" not in part.text
    assert "1 review" in part.text
    assert export.count("Alice Archer") == 1


def test_a_template_of_questions_is_worded_row_by_row(
    client_of: ClientOf, cycle: ReviewCycle, adam: Person, harbor: Organization
) -> None:
    client = client_of(adam)
    page = f"/o/harbor/documents/templates/{cycle.template_id}/draft/"
    shown = client.get(page)
    forms = shown.context["forms"]
    data: dict[str, Any] = {name: forms.head[name].value() for name in forms.head.fields}
    data |= {"seen": "", "questions-TOTAL_FORMS": "1", "questions-INITIAL_FORMS": "0"}
    data |= {"questions-0-text": "What did you learn?", "questions-0-kind": "text", "questions-0-asked_of": "both"}

    added = client.post(page, {**data, "add": "questions"})
    saved = client.post(page, data)
    version = begin_draft(actor=adam.member, template=cycle.template)

    assert added.text.count("<legend>Question") == 2
    assert saved.status_code == 302
    assert [(one["key"], one["text"]) for one in version.content["questions"]] == [("q1", "What did you learn?")]


def test_what_was_answered_and_shared_is_in_the_profile_and_the_case_file(
    client_of: ClientOf, written: Review, bob: Person, alice: Person
) -> None:
    share_review(actor=bob.member, review=written)

    profile = client_of(bob).get(f"/o/harbor/people/{alice.employee.pk}/")
    case_file = client_of(bob).get(f"/o/harbor/people/{alice.employee.pk}/case-file/")

    assert "Waits for the employee" in profile.text
    assert "Review shared: Review of the year" in case_file.text
    assert OWN["ahead"] != WRITTEN["overall"]
