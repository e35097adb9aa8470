"""The gates: each finding has its rule, its reason and its remedy, and goes when the remedy is taken."""

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from people.enums import LeaveKind
from people.services.leave import record_leave
from pips.enums import Direction, FindingKind, Outcome, PlanStatus, Step
from pips.forms.steps import SubmissionForm
from pips.gates.catalogue import findings
from pips.inputs import ConcernInput, ExpectationInput, MilestoneInput
from pips.models import Plan
from pips.plan_templates import TEMPLATES
from pips.services.plan import draft_plan
from tests.cast import Person
from tests.pips.conftest import START, Stage, columns_of

CONCERN = ConcernInput(occurred_on=datetime.date(2026, 11, 3), description="Late.", standard="On the agreed day.")
EXPECTATION = ExpectationInput(
    title="On time", baseline=Decimal(55), target=Decimal(90), unit="%", data_source="Tracker"
)


def found(plan: Plan, step: Step, outcome: str = "") -> list[tuple[int, str]]:
    return [(finding.rule, str(finding.message)) for finding in findings(plan, step, outcome=outcome)]


def test_a_complete_draft_meets_every_gate(stage: Stage) -> None:
    assert findings(stage.draft(), Step.SUBMIT) == []


def test_every_finding_says_its_rule_its_remedy_and_its_source(stage: Stage) -> None:
    plan = draft_plan(actor=stage.bob.member, employee=stage.alice.employee, template_key="quality")

    for finding in findings(plan, "submit"):
        assert finding.rule in range(1, 30)
        assert str(finding.message).endswith((".", "”."))
        assert str(finding.how).endswith(".")
        assert str(finding.source) != ""


BROKEN: list[tuple[dict[str, Any], int, str]] = [
    ({"concerns": []}, 2, "There is no dated example of the concern."),
    (
        {"concerns": [replace(CONCERN, standard=" ")]},
        2,
        "An example says not what happened, or not which standard applies.",
    ),
    ({"concerns": [replace(CONCERN, occurred_on=datetime.date(2027, 1, 5))]}, 2, "An example lies in the future."),
    ({"expectations": []}, 2, "The plan expects nothing measurable."),
    (
        {"expectations": [replace(EXPECTATION, baseline=None)]},
        2,
        "“On time” lacks its value today, its target or its unit.",
    ),
    (
        {"expectations": [replace(EXPECTATION, target=None)]},
        2,
        "“On time” lacks its value today, its target or its unit.",
    ),
    ({"expectations": [replace(EXPECTATION, unit="")]}, 2, "“On time” lacks its value today, its target or its unit."),
    (
        {"expectations": [replace(EXPECTATION, target=Decimal(55))]},
        2,
        "The target of “On time” is no better than today's value.",
    ),
    (
        {"expectations": [replace(EXPECTATION, direction=Direction.AT_MOST)]},
        2,
        "The target of “On time” is no better than today's value.",
    ),
    ({"expectations": [replace(EXPECTATION, data_source="")]}, 3, "“On time” does not name its data source."),
    ({"support": []}, 2, "The plan promises no support."),
    ({"length_days": 45}, 2, "A plan of 45 days is neither 30, 60 nor 90 days long."),
    ({"check_in_every_days": 90}, 2, "No check-in falls within the plan."),
    (
        {"milestones": [MilestoneInput(day=30, goal="A"), MilestoneInput(day=90, goal=" ")]},
        2,
        "Nothing is said about what should be reached by day 60, 90.",
    ),
    ({"success_consequence": ""}, 2, "The plan does not say what follows from both outcomes."),
    ({"failure_consequence": ""}, 2, "The plan does not say what follows from both outcomes."),
    ({"rights": ""}, 16, "The plan does not tell the employee their rights."),
]


@pytest.mark.parametrize(
    ("broken", "rule", "message"), BROKEN, ids=[f"{'-'.join(case[0])}: {case[2]}" for case in BROKEN]
)
def test_what_is_missing_blocks_the_submission(stage: Stage, broken: dict[str, Any], rule: int, message: str) -> None:
    plan = stage.draft(**broken)

    assert (rule, message) in found(plan, Step.SUBMIT)
    assert all(finding.kind == FindingKind.BLOCK for finding in findings(plan, Step.SUBMIT))
    assert (rule, message) in found(plan, Step.APPROVE)


def test_support_due_after_the_end_blocks(stage: Stage) -> None:
    plan = stage.draft()
    plan.support_commitments.update(due_day=91)

    assert found(plan, Step.SUBMIT) == [(2, "Support is due on day 91, after the end of the plan.")] * 2


def test_support_owned_by_the_employee_blocks(stage: Stage) -> None:
    plan = stage.draft()
    plan.support_commitments.update(owner=stage.alice.employee)

    assert found(plan, Step.SUBMIT)[0] == (2, "The employee is named as the owner of the employer's support.")


def test_a_plan_without_a_job_description_needs_a_reason(stage: Stage) -> None:
    finding = findings(stage.draft(job_description=None), Step.SUBMIT)[0]

    assert (finding.kind, str(finding.message)) == (
        FindingKind.WARN,
        "The plan is not anchored to a job description.",
    )


def test_a_prompt_of_the_template_that_stands_blocks(stage: Stage) -> None:
    prompt = TEMPLATES["delivery"].prompts()[0]

    assert (2, f"A prompt of the template still stands in the plan: “{prompt}”.") in found(
        stage.draft(root_cause=f"{prompt} and more"), Step.SUBMIT
    )


def test_brackets_of_ones_own_are_no_prompt(stage: Stage) -> None:
    assert findings(stage.draft(root_cause="Late [see the audit]."), Step.SUBMIT) == []


def test_somebody_uninvolved_must_be_there_to_review(stage: Stage) -> None:
    plan = stage.draft()
    stage.hana.member.roles = []
    stage.hana.member.save(update_fields=["roles"])
    stage.bob.member.roles = ["hr_partner"]
    stage.bob.member.save(update_fields=["roles"])

    assert found(plan, Step.SUBMIT) == [(3, "No HR partner can review this plan.")]


# --- Issue -----------------------------------------------------------------------------------------------------------


def test_nobody_is_handed_a_plan_on_a_day_of_leave(stage: Stage) -> None:
    plan = stage.draft()
    today = datetime.date(2027, 1, 4)
    record_leave(
        actor=stage.hana.member, employee=stage.alice.employee, starts_on=today, ends_on=today, kind=LeaveKind.OTHER
    )

    assert found(plan, Step.ISSUE) == [(8, "The employee is on leave today.")]
    stage.clock.to(datetime.date(2027, 1, 5))
    assert found(plan, Step.ISSUE) == []


def test_nobody_is_handed_a_plan_after_leaving(stage: Stage) -> None:
    plan = stage.draft()
    plan.employee.status = "left"

    assert found(plan, Step.ISSUE) == [(8, "The employee has left the organization.")]


# --- Decision --------------------------------------------------------------------------------------------------------


def test_an_unfavourable_outcome_waits_for_the_milestones_the_end_and_the_support(stage: Stage) -> None:
    plan = stage.running()

    assert found(plan, Step.DECIDE, Outcome.UNSUCCESSFUL) == [
        (6, "The review of day 30, 60, 90 is not recorded."),
        (8, "The plan has not reached its end."),
        (13, "Promised support was not delivered: “Weekly half hour”."),
        (13, "Promised support was not delivered: “Two sessions on estimating”."),
    ]


def test_success_waits_for_the_milestones_only(stage: Stage) -> None:
    assert found(stage.running(), Step.DECIDE, Outcome.SUCCESSFUL) == [
        (6, "The review of day 30, 60, 90 is not recorded.")
    ]


def test_a_plan_may_be_withdrawn_at_any_time(stage: Stage) -> None:
    assert found(stage.running(), Step.DECIDE, Outcome.WITHDRAWN) == []


def test_without_an_outcome_everything_in_the_way_of_any_is_listed(stage: Stage) -> None:
    rules = [finding.rule for finding in findings(stage.running(), Step.DECIDE)]

    assert rules == [6, 6, 8, 13, 13]


def test_nothing_stands_in_the_way_at_the_end(stage: Stage) -> None:
    plan = stage.ended()

    assert findings(plan, Step.DECIDE) == []


def test_gates_read_a_plan_that_was_not_saved_by_a_service(stage: Stage, alice: Person, bob: Person) -> None:
    plan = Plan.objects.create(
        employee=alice.employee,
        manager=bob.employee,
        template_key="of-old",
        title="Old",
        **columns_of(PlanStatus.DRAFT),
        starts_on=START,
    )

    assert [rule for rule, _message in found(plan, Step.SUBMIT)] == [2, 2, 2, 2, 2, 16, 2]


def test_the_same_words_in_two_places_are_answered_each_for_itself(stage: Stage) -> None:
    concern = replace(CONCERN, description="A bad attitude.")
    plan = stage.draft(concerns=[concern, replace(concern, standard="No bad attitude.")])

    met = [finding for finding in findings(plan, Step.SUBMIT) if finding.gate.code == "wording_subjective"]

    form = SubmissionForm(findings=met)
    assert len({finding.code for finding in met}) == len(form.reason_fields()) == len(met) == 3
