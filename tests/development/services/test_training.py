"""A place in a course from the request to the completion, certificates that run out, and files of completions."""

import datetime
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from development.learning_enums import ENROLMENT_TRANSITIONS, EnrolmentStatus, Standing
from development.learning_obligations import LearningOwed
from development.models import Enrolment, TrainingCourse
from development.selectors.training import completed_training, coverage_of, needs_of_people
from development.services.completions import import_completions
from development.services.recertification import months_after, owe_recertification
from development.services.training import (
    CourseInput,
    approve_enrolment,
    cancel_enrolment,
    complete_enrolment,
    decline_enrolment,
    drop_requirement,
    enrol,
    require_course,
    save_course,
)
from goals.services.evidence import EvidenceFile
from people.services.reporting_lines import rebuild_reporting_lines
from pipcycle.errors import DomainError
from reminders.enums import ObligationStatus
from reminders.models import Obligation, OutboxMessage
from tests.cast import Person
from tests.development.conftest import PDF, TODAY, At, days


@pytest.fixture
def safety(stage: At, alice: Person, bob: Person, carol: Person, adam: Person) -> TrainingCourse:
    """A course whose certificate lasts a year."""
    rebuild_reporting_lines()
    return save_course(actor=adam.member, facts=CourseInput(code="SAFE-1", name="Safety", recertification_months=12))


def place(alice: Person, bob: Person, course: TrainingCourse, status: EnrolmentStatus) -> Enrolment:
    """Return a place of Alice brought to the status through the services."""
    made = enrol(actor=alice.member, employee=alice.employee, course=course)
    if status == EnrolmentStatus.DECLINED:
        return decline_enrolment(actor=bob.member, enrolment=made, reason="Next year.")
    if status == EnrolmentStatus.CANCELLED:
        return cancel_enrolment(actor=alice.member, enrolment=made)
    if status != EnrolmentStatus.REQUESTED:
        approve_enrolment(actor=bob.member, enrolment=made)
    if status == EnrolmentStatus.COMPLETED:
        complete_enrolment(actor=alice.member, enrolment=made, completed_on=TODAY)
    return made


def open_duties(kind: LearningOwed) -> list[tuple[int | None, datetime.date]]:
    """Return who owes the kind, and when."""
    owed = Obligation.objects.filter(kind=kind, status=ObligationStatus.OPEN)
    return list(owed.values_list("owner", "due_on"))


def test_a_request_is_put_to_the_manager_who_is_told(safety: TrainingCourse, alice: Person, bob: Person) -> None:
    made = place(alice, bob, safety, EnrolmentStatus.REQUESTED)

    assert open_duties(LearningOwed.ANSWER_ENROLMENT) == [(bob.employee.pk, days(7))]
    approve_enrolment(actor=bob.member, enrolment=made)
    assert open_duties(LearningOwed.ANSWER_ENROLMENT) == []
    assert sorted(OutboxMessage.objects.values_list("subject", flat=True)) == [
        "A course waits for your answer", "Your course is approved",
    ]  # fmt: skip


def test_what_a_manager_asks_for_is_approved_with_it(safety: TrainingCourse, alice: Person, bob: Person) -> None:
    made = enrol(actor=bob.member, employee=alice.employee, course=safety)

    assert (made.status, made.answered_by) == (EnrolmentStatus.APPROVED, bob.member)


def test_where_nobody_stands_above_a_place_is_approved_at_once(safety: TrainingCourse, carol: Person) -> None:
    made = enrol(actor=carol.member, employee=carol.employee, course=safety)

    assert made.status == EnrolmentStatus.APPROVED


def test_nobody_approves_their_own_place_and_hr_takes_no_side(
    safety: TrainingCourse, alice: Person, bob: Person, hana: Person, adam: Person
) -> None:
    made = place(alice, bob, safety, EnrolmentStatus.REQUESTED)

    for who in (alice, hana, adam):
        with pytest.raises(PermissionDenied):
            approve_enrolment(actor=who.member, enrolment=made)
    with pytest.raises(PermissionDenied):
        enrol(actor=hana.member, employee=alice.employee, course=safety)


def test_of_two_who_answer_the_second_is_told(
    safety: TrainingCourse, alice: Person, bob: Person, carol: Person
) -> None:
    first = place(alice, bob, safety, EnrolmentStatus.REQUESTED)
    second = Enrolment.objects.select_related("employee", "course", "organization").get(pk=first.pk)
    approve_enrolment(actor=bob.member, enrolment=first)

    with pytest.raises(DomainError, match="is “Approved” now"):
        decline_enrolment(actor=carol.member, enrolment=second, reason="No.")


def test_a_second_open_place_and_a_course_not_offered_are_refused(
    safety: TrainingCourse, alice: Person, bob: Person, adam: Person
) -> None:
    place(alice, bob, safety, EnrolmentStatus.REQUESTED)
    with pytest.raises(DomainError, match="has a place in this course already"):
        enrol(actor=alice.member, employee=alice.employee, course=safety)
    former = save_course(actor=adam.member, facts=CourseInput(code="OLD", name="Old", is_offered=False))
    with pytest.raises(DomainError, match="not offered any more"):
        enrol(actor=alice.member, employee=alice.employee, course=former)


def test_a_decline_needs_its_reason(safety: TrainingCourse, alice: Person, bob: Person) -> None:
    made = place(alice, bob, safety, EnrolmentStatus.REQUESTED)

    with pytest.raises(DomainError, match="Say why"):
        decline_enrolment(actor=bob.member, enrolment=made, reason=" ")


def test_a_completion_keeps_its_certificate_and_runs_out_when_the_course_says(
    safety: TrainingCourse, alice: Person, bob: Person
) -> None:
    made = place(alice, bob, safety, EnrolmentStatus.APPROVED)
    complete_enrolment(actor=alice.member, enrolment=made, completed_on=TODAY, certificate=PDF)

    assert made.expires_on == datetime.date(2027, 4, 29)
    kept = made.certificates.get()
    assert (kept.filename, kept.content_type, bytes(kept.content)) == ("proof.pdf", "application/pdf", PDF.content)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"completed_on": days(1)}, "still to come"),
        ({"completed_on": datetime.date(26, 4, 28)}, "four figures"),
        ({"expires_on": days(-1)}, "before it was earned"),
        ({"certificate": EvidenceFile("proof.pdf", b"MZ")}, "whose content fits its name"),
    ],
)
def test_a_completion_out_of_order_is_refused_and_nothing_is_kept(
    changes: dict[str, Any], words: str, safety: TrainingCourse, alice: Person, bob: Person
) -> None:
    made = place(alice, bob, safety, EnrolmentStatus.APPROVED)

    with pytest.raises(DomainError, match=words):
        complete_enrolment(actor=alice.member, enrolment=made, **{"completed_on": TODAY, **changes})
    made.refresh_from_db()
    assert (made.status, made.certificates.count()) == (EnrolmentStatus.APPROVED, 0)


def test_a_certificate_asks_to_be_renewed_before_it_runs_out_and_only_once(
    stage: At, safety: TrainingCourse, alice: Person, bob: Person
) -> None:
    made = place(alice, bob, safety, EnrolmentStatus.COMPLETED)
    assert owe_recertification() == 0

    stage(datetime.date(2027, 3, 1))
    owe_recertification()
    owe_recertification()

    assert open_duties(LearningOwed.RECERTIFY) == [(alice.employee.pk, made.expires_on)]
    again = enrol(actor=bob.member, employee=alice.employee, course=safety)
    complete_enrolment(actor=bob.member, enrolment=again, completed_on=datetime.date(2027, 3, 1))
    assert open_duties(LearningOwed.RECERTIFY) == []


def test_nobody_owes_a_course_again_that_is_not_offered_any_more(
    stage: At, safety: TrainingCourse, alice: Person, bob: Person, adam: Person
) -> None:
    place(alice, bob, safety, EnrolmentStatus.COMPLETED)
    stage(datetime.date(2027, 3, 1))
    owe_recertification()
    assert len(open_duties(LearningOwed.RECERTIFY)) == 1

    former = CourseInput(code="SAFE-1", name="Safety", recertification_months=12, is_offered=False)
    save_course(actor=adam.member, facts=former, course=safety)

    assert open_duties(LearningOwed.RECERTIFY) == []
    save_course(actor=adam.member, facts=replace(former, is_offered=True), course=safety)
    owe_recertification()
    assert len(open_duties(LearningOwed.RECERTIFY)) == 1


def test_an_employee_is_told_when_a_manager_gives_their_place_back(
    safety: TrainingCourse, alice: Person, bob: Person
) -> None:
    made = place(alice, bob, safety, EnrolmentStatus.APPROVED)
    cancel_enrolment(actor=bob.member, enrolment=made)

    assert OutboxMessage.objects.filter(subject="Your place in a course was given back").count() == 1
    again = place(alice, bob, safety, EnrolmentStatus.APPROVED)
    cancel_enrolment(actor=alice.member, enrolment=again)
    assert OutboxMessage.objects.filter(subject="Your place in a course was given back").count() == 1


def test_the_same_day_months_later_stays_in_its_month() -> None:
    assert months_after(datetime.date(2024, 2, 29), 12) == datetime.date(2025, 2, 28)
    assert months_after(datetime.date(2026, 10, 31), 4) == datetime.date(2027, 2, 28)


@pytest.mark.parametrize("source", list(EnrolmentStatus))
def test_an_enrolment_moves_along_the_table_only(
    source: EnrolmentStatus, safety: TrainingCourse, alice: Person, bob: Person
) -> None:
    made = place(alice, bob, safety, source)
    moved = set()
    for target in EnrolmentStatus:
        day = TODAY if target == EnrolmentStatus.COMPLETED else None
        try:
            with transaction.atomic():
                columns = {"completed_on": day, "expires_on": None, "reason": "No."}
                Enrolment.objects.filter(pk=made.pk).update(status=target, **columns)
                moved.add(target)
                transaction.set_rollback(True)
        except DatabaseError:
            pass

    assert moved - {source} == ENROLMENT_TRANSITIONS[source]


@pytest.mark.parametrize("changes", [{"cost": 5}, {"hours": -1}, {"recertification_months": 0}])
def test_the_columns_of_a_course_belong_together(changes: dict[str, Any], safety: TrainingCourse) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        TrainingCourse.objects.filter(pk=safety.pk).update(**changes)


def test_a_code_in_use_and_a_price_without_currency_are_refused(safety: TrainingCourse, adam: Person) -> None:
    with pytest.raises(DomainError, match="has the code SAFE-1"):
        save_course(actor=adam.member, facts=CourseInput(code="SAFE-1", name="Another"))
    with pytest.raises(DomainError, match="in which currency"):
        save_course(actor=adam.member, facts=CourseInput(code="X", name="X", cost=5))  # type: ignore[arg-type]  # any number will do


def test_only_hr_keeps_the_catalogue(safety: TrainingCourse, bob: Person, alice: Person) -> None:
    job = alice.employee.job_description
    assert job is not None
    with pytest.raises(PermissionDenied):
        save_course(actor=bob.member, facts=CourseInput(code="X", name="X"))
    with pytest.raises(PermissionDenied):
        require_course(actor=bob.member, course=safety, job=job)
    with pytest.raises(PermissionDenied):
        import_completions(actor=bob.member, content=b"number,course,completed_on\n")


def test_the_coverage_counts_who_has_what_their_job_asks_for(
    stage: At, safety: TrainingCourse, alice: Person, bob: Person, carol: Person, adam: Person
) -> None:
    job = alice.employee.job_description
    assert job is not None
    required = require_course(actor=adam.member, course=safety, job=job)
    place(alice, bob, safety, EnrolmentStatus.COMPLETED)

    mine = [need for need in needs_of_people(carol.member) if need.number == alice.employee.number]
    assert [need.standing for need in mine] == [Standing.HAS]
    counted = coverage_of(mine)
    assert [(row.needed, row.have, row.lack, row.percent) for row in counted] == [(1, 1, 0, 100)]

    stage(datetime.date(2027, 4, 1))
    mine = [need for need in needs_of_people(bob.member) if need.number == alice.employee.number]
    assert [need.standing for need in mine] == [Standing.SOON]
    stage(datetime.date(2027, 5, 1))
    mine = [need for need in needs_of_people(bob.member) if need.number == alice.employee.number]
    assert [need.standing for need in mine] == [Standing.RAN_OUT]
    assert coverage_of(mine)[0].percent == 0

    former = CourseInput(code="SAFE-1", name="Safety", is_offered=False)
    save_course(actor=adam.member, facts=former, course=safety)
    assert [row.is_offered for row in coverage_of(needs_of_people(bob.member))] == [False]

    drop_requirement(actor=adam.member, required=required)
    assert needs_of_people(bob.member) == []
    assert needs_of_people(adam.member) == []


def test_good_rows_of_a_file_are_kept_and_the_others_named_with_line_and_reason(
    safety: TrainingCourse, alice: Person, bob: Person, adam: Person
) -> None:
    number = alice.employee.number
    text = (
        "Number;Course;Completed on;Expires on\n"
        f"{number};safe-1;2026-03-01;\n"
        f"{number};safe-1;2026-03-01;\n"
        f"{number};NONE;2026-03-01;\n"
        "nobody;SAFE-1;2026-03-01;\n"
        f"{number};SAFE-1;31.3.2026;\n"
        f"{number};SAFE-1;2030-01-01;\n"
        f"{number};SAFE-1;2025-01-02;2024-01-01\n"
        f"{number};SAFE-1;2025-01-01;2026-05-20\n"
    )

    report = import_completions(actor=adam.member, content=text.encode("utf-8-sig"))

    assert report.kept == 2
    assert [(row.line, row.reason.split(" ")[0]) for row in report.refused] == [
        (3, "This"), (4, "No"), (5, "No"), (6, "“31.3.2026”"), (7, "The"), (8, "The"),
    ]  # fmt: skip
    facts = completed_training(alice.employee, since=datetime.date(2025, 1, 1), until=TODAY)
    assert [(fact.completed_on, fact.expires_on) for fact in facts] == [
        (datetime.date(2026, 3, 1), datetime.date(2027, 3, 1)),
        (datetime.date(2025, 1, 1), datetime.date(2026, 5, 20)),
    ]
    assert import_completions(actor=adam.member, content=text.encode()).kept == 0


@pytest.mark.parametrize(
    ("status", "day", "left"),
    [
        (EnrolmentStatus.APPROVED, TODAY, ["completed"]),
        (EnrolmentStatus.REQUESTED, TODAY, ["cancelled", "completed"]),
        (EnrolmentStatus.APPROVED, days(-1), ["approved", "completed"]),
    ],
)
def test_a_completion_from_a_file_closes_the_place_asked_for_before_it(
    status: EnrolmentStatus, day: datetime.date, left: list[str], safety: TrainingCourse,
    alice: Person, bob: Person, adam: Person,
) -> None:  # fmt: skip
    place(alice, bob, safety, status)
    text = f"number,course,completed_on\n{alice.employee.number},SAFE-1,{day}\n"

    report = import_completions(actor=adam.member, content=text.encode())

    assert (report.kept, report.refused) == (1, [])
    assert sorted(Enrolment.objects.values_list("status", flat=True)) == left
    assert open_duties(LearningOwed.ANSWER_ENROLMENT) == []


@pytest.mark.parametrize(("day", "words"), [("9999-12-31", "still to come"), ("0026-03-01", "four figures")])
def test_a_row_with_a_day_of_another_age_is_named_and_the_file_goes_on(
    day: str, words: str, safety: TrainingCourse, alice: Person, adam: Person
) -> None:
    number = alice.employee.number
    text = f"number,course,completed_on\n{number},SAFE-1,{day}\n{number},SAFE-1,2026-03-01\n"

    report = import_completions(actor=adam.member, content=text.encode())

    assert (report.kept, [row.line for row in report.refused]) == (1, [2])
    assert words in report.refused[0].reason


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"name,day\nx,y\n", "no column number, course, completed_on"), (b"%PDF-1", "PDF")],
)
def test_a_file_that_is_no_such_table_is_refused_whole(
    content: bytes, words: str, safety: TrainingCourse, adam: Person
) -> None:
    with pytest.raises(DomainError, match=words):
        import_completions(actor=adam.member, content=content)
