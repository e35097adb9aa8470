"""Rule 3: the source of a figure was promised, so its reading can be challenged; while under check it holds nothing."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from pipcycle.errors import DomainError
from pips.enums import CheckStatus, Outcome, Step
from pips.models import DataCheck, Plan
from pips.rules import findings
from pips.selectors.voice import expectations_under_check
from pips.services.voice import answer_check, challenge_reading
from reminders.models import Obligation, OutboxMessage
from tests.metrics.factories import MetricFactory
from tests.pips.conftest import Stage


def challenge(stage: Stage, plan: Plan) -> DataCheck:
    reading = plan.milestones.get(day=90).readings.select_related("expectation").order_by("pk")[0]
    return challenge_reading(
        actor=stage.alice.member,
        expectation=plan.expectations.get(pk=reading.expectation_id),
        words="Two weeks of another team are counted.",
        reading=reading,
    )


def in_the_way(plan: Plan) -> list[str]:
    plan = Plan.objects.get(pk=plan.pk)
    return [one.gate.code for one in findings(plan, Step.DECIDE, outcome=Outcome.UNSUCCESSFUL)]


def test_a_challenge_opens_a_check_that_hr_owes(stage: Stage) -> None:
    plan = stage.ended()

    check = challenge(stage, plan)

    assert (check.status, check.challenged_value) == (CheckStatus.OPEN, Decimal(80))
    assert expectations_under_check(plan) == {check.expectation_id}
    owed = Obligation.objects.get(about_type="data_check", about_id=check.pk)
    assert (owed.kind, owed.owner_role, owed.status) == ("answer_data_check", "hr_partner", "open")


def test_while_it_is_open_not_met_is_blocked_and_no_other_outcome(stage: Stage) -> None:
    plan = stage.ended()
    assert in_the_way(plan) == []

    challenge(stage, plan)

    assert in_the_way(plan) == ["readings_checked"]
    assert findings(Plan.objects.get(pk=plan.pk), Step.DECIDE, outcome=Outcome.SUCCESSFUL) == []


def test_a_corrected_reading_is_the_reading_from_then_on(stage: Stage) -> None:
    plan = stage.ended()
    check = challenge(stage, plan)

    answer_check(actor=stage.hana.member, check=check, answer="Two weeks removed.", corrected_value=Decimal(86))

    check.refresh_from_db()
    assert check.reading is not None
    assert (check.status, check.challenged_value, check.reading.value) == ("corrected", Decimal(80), Decimal(86))
    assert in_the_way(plan) == []
    assert Obligation.objects.get(about_type="data_check", about_id=check.pk).status == "fulfilled"


def test_a_reading_that_stands_keeps_its_figure_and_has_a_reason(stage: Stage) -> None:
    plan = stage.ended()
    check = challenge(stage, plan)

    with pytest.raises(DomainError, match="what you found"):
        answer_check(actor=stage.hana.member, check=check, answer=" ")
    answer_check(actor=stage.hana.member, check=check, answer="The two weeks are yours: see the log.")

    check.refresh_from_db()
    assert check.reading is not None
    assert (check.status, check.reading.value) == ("stands", Decimal(80))


def test_a_figure_is_under_check_once(stage: Stage) -> None:
    plan = stage.ended()
    challenge(stage, plan)

    with pytest.raises(DomainError, match="under check already"):
        challenge(stage, plan)


def test_what_the_metric_says_can_be_challenged_before_any_milestone(stage: Stage) -> None:
    plan = stage.draft()
    plan.expectations.update(metric=MetricFactory.create())
    plan = stage.running_from(plan)

    check = challenge_reading(
        actor=stage.alice.member, expectation=plan.expectations.all()[0], words="Nothing of mine is in it."
    )

    assert (check.reading, check.status) == (None, CheckStatus.OPEN)


def test_without_any_figure_there_is_nothing_to_challenge(stage: Stage) -> None:
    plan = stage.running()

    with pytest.raises(DomainError, match="no figure"):
        challenge_reading(actor=stage.alice.member, expectation=plan.expectations.all()[0], words="Wrong.")


def test_only_the_employee_challenges_and_only_uninvolved_hr_answers(stage: Stage) -> None:
    plan = stage.ended()
    expectation = plan.expectations.all()[0]
    for other in (stage.bob, stage.hana):
        with pytest.raises(PermissionDenied):
            challenge_reading(actor=other.member, expectation=expectation, words="Wrong.")
    check = challenge(stage, plan)
    for other in (stage.bob, stage.alice):
        with pytest.raises(PermissionDenied):
            answer_check(actor=other.member, check=check, answer="Fine.")


def test_no_mail_says_which_figure_or_why(stage: Stage) -> None:
    check = challenge(stage, stage.ended())
    answer_check(actor=stage.hana.member, check=check, answer="Two weeks removed.", corrected_value=Decimal(86))

    said = " ".join(f"{message.subject} {message.text_body}" for message in OutboxMessage.objects.all())
    assert "Two weeks" not in said
    assert check.expectation.title not in said
