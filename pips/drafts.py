"""The steps in which a draft is written, and what each of them holds."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.form_kinds import PLAN_STEPS
from pips.clock import milestone_days
from pips.gates.gate import Finding
from pips.inputs import ConcernInput, ExpectationInput, MilestoneInput, SupportInput
from pips.models import Plan
from pips.selectors.templates import template_of

CHECK = "check"
#: The steps in order; the last one only looks at what the others hold.
STEPS: dict[str, str | Promise] = {**PLAN_STEPS, CHECK: _("Check")}

#: The plan's own columns, by the step that writes them.
COLUMNS: dict[str, tuple[str, ...]] = {
    "frame": (
        "title",
        "job_description",
        "length_days",
        "starts_on",
        "check_in_every_days",
        "root_cause",
        "employment_effects",
    ),
    "consequences": (
        "success_consequence",
        "failure_consequence",
        "harshest_step",
        "rights",
        "relapse_window_days",
        "relapse_terms",
    ),
}

#: Where a finding is settled, by the code of its gate; what is not named is settled nowhere in the draft.
_STEP_OF_GATE = {
    "length": "frame",
    "check_ins": "frame",
    "job_description": "frame",
    "employment_terms": "frame",
    "concern_given": "concerns",
    "concern_complete": "concerns",
    "concern_past": "concerns",
    "relapse_cited": "concerns",
    "expectation_given": "expectations",
    "expectation_measurable": "expectations",
    "expectation_improves": "expectations",
    "data_source": "expectations",
    "target_outside_range": "expectations",
    "milestone_goals": "milestones",
    "support_given": "support",
    "support_owner": "support",
    "support_in_time": "support",
    "outcomes_stated": "consequences",
    "rights_stated": "consequences",
}


def following(step: str) -> str:
    """Return the step after this one; the last stays."""
    names = list(STEPS)
    return names[min(names.index(step) + 1, len(names) - 1)]


def before(step: str) -> str:
    """Return the step before this one, or an empty text for the first."""
    names = list(STEPS)
    return names[names.index(step) - 1] if names.index(step) else ""


def content_of_draft(plan: Plan) -> dict[str, Any]:
    """Return the whole content of the draft in the shape ``revise_draft`` takes."""
    return {
        **{name: getattr(plan, name) for names in COLUMNS.values() for name in names},
        "concerns": [_input(ConcernInput, row) for row in plan.concerns.order_by("pk")],
        "expectations": [_input(ExpectationInput, row) for row in plan.expectations.order_by("pk")],
        "milestones": [MilestoneInput(day=row.day, goal=row.goal) for row in plan.milestones.all()],
        "support": [_input(SupportInput, row) for row in plan.support_commitments.order_by("pk")],
    }


def fitting_milestones(plan: Plan, length_days: int) -> list[MilestoneInput]:
    """Return the goals for a length: those of days that stay, the template's for days that are new."""
    goals = {milestone.day: milestone.goal for milestone in plan.milestones.all()}
    template = template_of(plan)
    suggested = {
        day: template.milestone_goal(day, length_days) if template else "" for day in milestone_days(length_days)
    }
    return [MilestoneInput(day=day, goal=goals.get(day) or goal) for day, goal in suggested.items()]


def fingerprint(plan: Plan, step: str) -> str:
    """Return a short digest of what the step holds, to notice that it was saved elsewhere in the meantime."""
    text = json.dumps(texts_of_step(plan, step))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def work_left(plan: Plan, findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings wait in each step."""
    left = dict.fromkeys(STEPS, 0)
    for finding in findings:
        if not finding.answer:
            left[step_of_finding(plan, finding)] += 1
    return left


def step_of_finding(plan: Plan, finding: Finding) -> str:
    """Return the step in which the finding is settled."""
    code = finding.gate.code
    if code == "required_fields":
        part = finding.trouble.subject.partition(".")[0]
        return part if part in STEPS else "frame"
    if code == "prompts_replaced":
        return _step_with_prompt(plan)
    return _STEP_OF_GATE.get(code, CHECK)


def _step_with_prompt(plan: Plan) -> str:
    template = template_of(plan)
    prompts = template.prompts() if template else []
    for step in PLAN_STEPS:
        words = json.dumps(texts_of_step(plan, step), ensure_ascii=False)
        if any(json.dumps(prompt, ensure_ascii=False)[1:-1] in words for prompt in prompts):
            return step
    return CHECK


def texts_of_step(plan: Plan, step: str) -> list[Any]:
    """Return what the step holds, as plain values."""
    if step in COLUMNS:
        return [str(getattr(plan, name)) for name in COLUMNS[step]]
    return _rows(plan, step)


_ROWS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "concerns": ("concerns", ("occurred_on", "description", "standard", "evidence", "impact", "prior_coaching")),
    "expectations": (
        "expectations",
        ("title", "measure", "baseline", "target", "unit", "direction", "data_source", "metric_id"),
    ),
    "milestones": ("milestones", ("day", "goal")),
    "support": ("support_commitments", ("description", "owner_id", "due_day")),
}


def _rows(plan: Plan, step: str) -> list[Any]:
    if step not in _ROWS:
        return []
    relation, columns = _ROWS[step]
    return [[str(getattr(row, name)) for name in columns] for row in getattr(plan, relation).all()]


def _input[Given](shape: type[Given], row: Any) -> Given:
    return shape(**{name: getattr(row, name) for name in shape.__annotations__})
