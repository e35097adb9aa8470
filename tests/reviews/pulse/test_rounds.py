"""A pulse from its plan to its figures: who is asked, what is kept, what is published, what is forgotten."""

import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from people.models import Employee, Organization
from pipcycle.errors import DomainError
from reminders.enums import ObligationStatus
from reminders.models import Obligation
from reminders.registry import kind_for
from reviews.models import PulseAnswer, PulseComment, PulseParticipation, PulseResult, PulseRound, PulseSurvey
from reviews.pulse_enums import RoundStatus
from reviews.pulse_obligations import ANSWER_PULSE
from reviews.selectors.pulse import view_of
from reviews.services.pulse import answer_pulse, end_survey, plan_survey
from reviews.services.pulse_rounds import close_round, open_round, run_pulses
from tests.cast import DepartmentFactory, EmployeeFactory, Person
from tests.reviews.pulse.conftest import ASKED, answer_for, closed, crowd, next_round

GIVEN = {"satisfaction": 5, "enps": 10, "morale": 4}


def _people(department: str) -> list[Employee]:
    return list(Employee.objects.filter(department__name=department).order_by("pk"))


def _shown(found: PulseRound) -> dict[str, int]:
    return {
        one.department.name if one.department else "all": one.answered
        for one in found.results.select_related("department")
    }


def test_a_round_asks_everybody_once_and_lets_them_owe_an_answer(opened: PulseRound) -> None:
    assert not open_round(survey_id=opened.survey_id)

    owed = Obligation.objects.filter(kind=ANSWER_PULSE, about_id=opened.pk)
    assert opened.participations.count() == owed.count() == Employee.objects.count()
    assert set(owed.values_list("due_on", flat=True)) == {opened.closes_on}


def test_nobody_above_sees_who_has_yet_to_answer_and_no_word_tells_what_is_asked() -> None:
    kind = kind_for(ANSWER_PULSE)

    assert kind.shown_above_after_days is None
    assert kind.escalate_after_days is None
    assert "Pulse" not in str(kind.subject)


def test_a_small_department_counts_in_no_group_from_the_start(survey: PulseSurvey) -> None:
    lonely = EmployeeFactory.create(department=DepartmentFactory.create(name="Legal"))
    open_round(survey_id=survey.pk)

    asked = PulseParticipation.objects.get(employee=lonely)

    assert asked.department is None
    assert PulseParticipation.objects.filter(department__name="Sales").count() == 12


def test_an_answer_is_kept_apart_from_who_gave_it(opened: PulseRound, alice: Person) -> None:
    answer_pulse(actor=alice.member, pulse_round=opened, answers=GIVEN, comment=" Fewer meetings. ")

    said = PulseAnswer.objects.get()
    names = {field.name for field in PulseAnswer._meta.get_fields()}
    assert (said.satisfaction, said.enps, said.morale, said.comment) == (5, 10, 4, "Fewer meetings.")
    assert names == {
        "id", "organization", "round", "department", "satisfaction", "morale", "enps", "comment",
    }  # fmt: skip
    assert PulseParticipation.objects.get(employee=alice.employee).has_answered
    assert Obligation.objects.get(kind=ANSWER_PULSE, owner=alice.employee).status == ObligationStatus.FULFILLED


def test_the_order_of_answers_tells_nothing(opened: PulseRound) -> None:
    for number, one in enumerate(_people("Sales")):
        answer_for(opened, [one], comment=f"{number:02}")

    read = list(PulseAnswer.objects.filter(round=opened).values_list("comment", flat=True))

    assert sorted(read) == [f"{number:02}" for number in range(12)]
    assert read != sorted(read)  # one in 479,001,600 orders is the one they came in
    assert {type(key).__name__ for key in PulseAnswer.objects.values_list("pk", flat=True)} == {"UUID"}


def test_an_answer_counts_once(opened: PulseRound, alice: Person) -> None:
    answer_pulse(actor=alice.member, pulse_round=opened, answers=GIVEN)

    with pytest.raises(DomainError, match="answered this round already"):
        answer_pulse(actor=alice.member, pulse_round=opened, answers=GIVEN)

    assert PulseAnswer.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        PulseParticipation.objects.create(round=opened, employee=alice.employee)


@pytest.mark.parametrize("given", [{**GIVEN, "morale": None}, {**GIVEN, "enps": 11}, {**GIVEN, "satisfaction": 0}, {}])
def test_each_question_takes_an_answer_in_its_range(
    opened: PulseRound, alice: Person, given: dict[str, int | None]
) -> None:
    with pytest.raises(DomainError, match="an answer to each question"):
        answer_pulse(actor=alice.member, pulse_round=opened, answers=given)

    assert not PulseParticipation.objects.filter(has_answered=True).exists()


def test_a_round_that_is_over_takes_no_answer(opened: PulseRound, alice: Person) -> None:
    with (
        time_machine.travel(timezone.now() + datetime.timedelta(days=11)),
        pytest.raises(DomainError, match="This round is over"),
    ):
        answer_pulse(actor=alice.member, pulse_round=opened, answers=GIVEN)


def test_whoever_was_not_asked_cannot_answer(survey: PulseSurvey, alice: Person) -> None:
    PulseSurvey.objects.update(departments=[DepartmentFactory.create(name="Sales").pk])
    open_round(survey_id=survey.pk)

    with pytest.raises(PermissionDenied):
        answer_pulse(actor=alice.member, pulse_round=survey.rounds.get(), answers=GIVEN)


def test_results_appear_at_the_close_and_single_answers_are_gone(opened: PulseRound, hana: Person) -> None:
    answer_for(opened, _people("Sales"), comment="Quieter rooms.", satisfaction=2)
    answer_for(opened, _people("Finance"), enps=3)
    before = view_of(hana.member, opened.survey)

    found = closed(opened)

    assert before.latest is None
    assert PulseAnswer.objects.count() == 0
    assert _shown(found) == {"all": 21, "Sales": 12, "Finance": 9}
    total = found.results.get(department=None)
    assert (str(total.satisfaction), total.enps, total.asked) == ("2.9", 14, Employee.objects.count())
    assert not close_round(round_id=found.pk)


def test_what_is_still_owed_ends_with_the_round(opened: PulseRound) -> None:
    closed(opened)

    assert not Obligation.objects.filter(kind=ANSWER_PULSE, status=ObligationStatus.OPEN).exists()


def test_under_five_answers_nothing_is_published_not_even_words(opened: PulseRound) -> None:
    answer_for(opened, _people("Sales")[:4], comment="Only us.")

    found = closed(opened)

    assert not found.is_published
    assert not PulseResult.objects.exists()
    assert not PulseComment.objects.exists()
    assert not PulseAnswer.objects.exists()


def test_attack_by_complement_the_total_less_the_departments_isolates_nobody(opened: PulseRound) -> None:
    answer_for(opened, _people("Sales"))
    answer_for(opened, _people("Finance")[:2], satisfaction=1)

    shown = _shown(closed(opened))

    assert shown == {"all": 14}


def test_attack_before_and_after_one_newcomer_is_not_read_by_subtraction(survey: PulseSurvey, hana: Person) -> None:
    first = next_round(survey)
    answer_for(first, _people("Sales") + _people("Finance"))
    closed(first)
    newcomer = crowd(1, "Sales")
    second = next_round(survey)
    answer_for(second, _people("Finance") + [one for one in _people("Sales") if one not in newcomer])
    answer_for(second, newcomer, satisfaction=1)

    closed(second)
    found = view_of(hana.member, survey)

    assert not second.is_published
    assert [row.result is not None for row in found.rounds] == [False, True]
    assert found.latest is not None
    assert found.latest.round == first


def test_attack_one_who_leaves_a_department_hides_it_and_another_with_it(survey: PulseSurvey) -> None:
    crowd(8, "Stores")
    first = next_round(survey)
    answer_for(first, _people("Sales") + _people("Finance") + _people("Stores"))
    closed(first)
    crowd(5, "Stores")
    second = next_round(survey)
    answer_for(second, _people("Sales")[1:] + _people("Finance") + _people("Stores"))

    shown = _shown(closed(second))

    assert "Sales" not in shown
    assert shown.get("all", 0) - sum(number for name, number in shown.items() if name != "all") != 11


def test_many_changes_are_shown_as_a_trend(survey: PulseSurvey, hana: Person) -> None:
    first = next_round(survey)
    answer_for(first, _people("Sales"), satisfaction=2)
    closed(first)
    crowd(6, "Sales")
    second = next_round(survey)
    answer_for(second, _people("Sales"), satisfaction=4)
    closed(second)

    rows = view_of(hana.member, survey).rounds

    assert [str(row.result.satisfaction) for row in rows if row.result] == ["4.0", "2.0"]


def test_words_carry_a_department_only_where_it_is_shown(opened: PulseRound) -> None:
    answer_for(opened, _people("Sales"), comment="From Sales.")
    answer_for(opened, _people("Finance"), comment="From Finance.")
    answer_for(opened, _people("Operations")[:1], comment="From one.")
    closed(opened)

    places = set(PulseComment.objects.values_list("text", "department__name"))

    assert places == {("From Sales.", "Sales"), ("From Finance.", None), ("From one.", None)}


def test_a_manager_reads_their_own_department_alone_and_only_from_five_on(
    survey: PulseSurvey, bob: Person, eve: Person
) -> None:
    crowd(6, "Operations")
    first = next_round(survey)
    answer_for(first, _people("Sales"), comment="From Sales.")
    answer_for(first, _people("Operations"), comment="From Operations.", satisfaction=2)
    closed(first)

    by_manager, by_executive = view_of(bob.member, survey), view_of(eve.member, survey)

    assert by_manager.latest is not None
    assert by_manager.latest.result is not None
    assert str(by_manager.latest.result.satisfaction) == "2.0"
    assert set(by_manager.comments) == {"From Operations."}
    assert not by_manager.departments
    assert len(by_executive.departments) == 2
    Employee.objects.filter(pk=bob.employee.pk).update(department=DepartmentFactory.create(name="Finance"))
    bob.member.employee.refresh_from_db()
    assert view_of(bob.member, survey).latest is None


def test_the_rhythm_goes_on_by_itself_and_missed_days_are_not_made_up_for(survey: PulseSurvey) -> None:
    run_pulses()
    survey.refresh_from_db()
    assert survey.next_opens_on == timezone.localdate() + datetime.timedelta(weeks=4)

    with time_machine.travel(timezone.now() + datetime.timedelta(weeks=9)):
        assert run_pulses() == 2
        assert run_pulses() == 0

        survey.refresh_from_db()
        assert survey.next_opens_on == timezone.localdate() + datetime.timedelta(weeks=3)
    assert [one.status for one in survey.rounds.order_by("number")] == [RoundStatus.CLOSED, RoundStatus.OPEN]


def test_an_ended_pulse_opens_no_further_round(survey: PulseSurvey, hana: Person) -> None:
    end_survey(actor=hana.member, survey=survey)

    assert run_pulses() == 0
    with pytest.raises(DomainError, match="nothing to end"):
        end_survey(actor=hana.member, survey=survey)


def test_a_pulse_that_could_name_somebody_is_not_planned(
    harbor_context: Organization, hana: Person, alice: Person
) -> None:
    facts: dict[str, Any] = {"name": "Pulse", "questions": ASKED, "opens_on": timezone.localdate(), "days_open": 10}
    small = DepartmentFactory.create(name="Legal")
    EmployeeFactory.create(department=small)

    with pytest.raises(DomainError, match="five people or more"):
        plan_survey(actor=hana.member, departments=[small.pk], **facts)
    Employee.objects.exclude(pk__in=[alice.employee.pk, hana.employee.pk]).update(status="left", left_on="2026-01-01")
    with pytest.raises(DomainError, match="Fewer than five people"):
        plan_survey(actor=hana.member, **facts)
    with pytest.raises(DomainError, match="still be open"):
        plan_survey(actor=hana.member, every_weeks=1, **facts)
    with pytest.raises(PermissionDenied):
        plan_survey(actor=alice.member, **facts)


def test_single_answers_are_written_and_counted_in_two_places_and_read_in_no_other() -> None:
    users = {
        path.relative_to(settings.BASE_DIR).as_posix()
        for path in Path(settings.BASE_DIR, "reviews").rglob("*.py")
        if "PulseAnswer" in path.read_text() and "migrations" not in path.parts
    }

    assert users == {
        "reviews/models/__init__.py",
        "reviews/models/pulse.py",
        "reviews/services/pulse.py",
        "reviews/services/pulse_rounds.py",
    }
