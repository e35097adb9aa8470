"""The shipped templates are whole, fair and ready to be filled."""

import pytest

from pips.clock import milestone_days
from pips.enums import PLAN_LENGTHS
from pips.plan_templates import TEMPLATES, PlanTemplate

ALL = pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)


def test_three_templates_are_shipped() -> None:
    assert list(TEMPLATES) == ["delivery", "quality", "attendance"]


@ALL
def test_a_template_begins_a_plan_of_a_usual_length(template: PlanTemplate) -> None:
    assert template.length_days in PLAN_LENGTHS
    assert template.check_in_every_days < template.length_days


@ALL
@pytest.mark.parametrize("length", PLAN_LENGTHS)
def test_every_milestone_has_a_goal_and_the_last_asks_for_the_full_target(template: PlanTemplate, length: int) -> None:
    goals = [template.milestone_goal(day, length) for day in milestone_days(length)]

    assert all(goals)
    assert goals[-1] == str(template.final_goal)
    assert "every target of this plan is met" in goals[-1]


@ALL
def test_each_expectation_asks_for_its_data_source(template: PlanTemplate) -> None:
    assert len(template.expectations) >= 3
    for prompt in template.expectations:
        assert str(prompt.unit) != ""
        assert str(prompt.measure) != ""
        assert str(prompt.data_source).startswith("[")


@ALL
def test_support_comes_early_enough_to_help(template: PlanTemplate) -> None:
    assert all(prompt.due_day <= 30 for prompt in template.support)


@ALL
@pytest.mark.parametrize(
    "right", ["does not mean that you agree", "answer in writing", "companion", "leave", "accommodation", "appeal"]
)
def test_the_rights_are_told(template: PlanTemplate, right: str) -> None:
    assert right in str(template.rights)


@ALL
def test_prompts_are_the_texts_in_square_brackets(template: PlanTemplate) -> None:
    prompts = template.prompts()

    assert len(prompts) >= 5
    assert all(prompt.startswith("[") and prompt.endswith("]") for prompt in prompts)


def test_attendance_leaves_out_leave_everywhere() -> None:
    attendance = TEMPLATES["attendance"]

    assert "leave" in str(attendance.expectations[0].measure)
    assert "Leave out any day of sickness" in str(attendance.concern_prompt)
