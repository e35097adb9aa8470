"""The gates of a plan: what stops a step, or asks for a reason, each with its rule and how to satisfy it (RULES.md).

A gate is a function from a plan to findings; ``GATES`` says which gates stand before which step. More gates (equity,
legal review, the linter) join the table without touching the services.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from people.models import Leave
from people.selectors.accounts import employee_of
from people.selectors.employees import hr_partners_for, managers_above
from pips.clock import milestone_days
from pips.days import today_for
from pips.enums import PLAN_LENGTHS, Direction, FindingKind, Outcome, Step
from pips.models import Expectation, Plan
from pips.plan_templates import TEMPLATES

type Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing a gate found. ``rule`` is its number, ``how`` says what settles it, ``source`` where the rule is from.

    ``outcome`` names the only outcome it stands in the way of; empty for every outcome and for the other steps.
    """

    rule: int
    kind: FindingKind
    message: Text
    how: Text
    source: Text
    outcome: str = ""

    @property
    def is_blocking(self) -> bool:
        """Return whether the step cannot be taken until this is settled."""
        return self.kind == FindingKind.BLOCK


SOURCE_SHRM = _("SHRM, how to establish a performance improvement plan")
SOURCE_PRACTICE = _("employers' plan templates, common practice")
SOURCE_BERKELEY = _("UC Berkeley, performance improvement plans")
SOURCE_LEAVE = _("commentary on the Family and Medical Leave Act")
SOURCE_REBUTTAL = _("access to personnel records, Massachusetts and California")

Gate = Callable[[Plan], Iterator[Finding]]


def findings(plan: Plan, step: Step | str, *, outcome: Outcome | str = "") -> list[Finding]:
    """Return what stands in the way of the step, blocking findings first; empty when nothing does.

    For the decision, give the outcome to leave out what only concerns another.
    """
    found = [finding for gate in GATES[Step(step)] for finding in gate(plan)]
    relevant = [finding for finding in found if not outcome or finding.outcome in {"", str(outcome)}]
    return sorted(relevant, key=lambda finding: not finding.is_blocking)


def blocking(found: Sequence[Finding]) -> list[Finding]:
    """Return the findings that stop the step."""
    return [finding for finding in found if finding.is_blocking]


def _block(rule: int, message: Text, how: Text, source: Text, outcome: str = "") -> Finding:
    return Finding(rule=rule, kind=FindingKind.BLOCK, message=message, how=how, source=source, outcome=outcome)


def _warn(rule: int, message: Text, how: Text, source: Text) -> Finding:
    return Finding(rule=rule, kind=FindingKind.WARN, message=message, how=how, source=source)


# --- Rule 2: a plan somebody can succeed at ---------------------------------------------------------------------------


def concerns_are_dated(plan: Plan) -> Iterator[Finding]:
    """Dated examples and the standard they fell short of."""
    concerns = list(plan.concerns.all())
    if not concerns:
        yield _block(
            2,
            _("There is no dated example of the concern."),
            _("Add at least one example: the date, what happened, and the standard expected."),
            SOURCE_SHRM,
        )
    if any(not concern.description.strip() or not concern.standard.strip() for concern in concerns):
        yield _block(
            2,
            _("An example says not what happened, or not which standard applies."),
            _("Complete what happened and the standard expected in every example."),
            SOURCE_SHRM,
        )
    today = today_for(plan.employee)
    if any(concern.occurred_on > today for concern in concerns):
        yield _block(
            2,
            _("An example lies in the future."),
            _("Correct its date: a plan rests on what has happened."),
            SOURCE_SHRM,
        )


def expectations_are_measurable(plan: Plan) -> Iterator[Finding]:
    """A baseline, a target that is better than it, and a unit."""
    expectations = list(plan.expectations.all())
    if not expectations:
        yield _block(
            2,
            _("The plan expects nothing measurable."),
            _("Add at least one expectation with its baseline, target and unit."),
            SOURCE_SHRM,
        )
    for expectation in expectations:
        if expectation.baseline is None or expectation.target is None or not expectation.unit.strip():
            yield _block(
                2,
                format_lazy(_("“{title}” lacks its value today, its target or its unit."), title=expectation.title),
                _("Fill in today's value, the target and the unit, so that both of you can tell when it is met."),
                SOURCE_SHRM,
            )
        elif not is_improvement(expectation):
            yield _block(
                2,
                format_lazy(_("The target of “{title}” is no better than today's value."), title=expectation.title),
                _("Correct the target, or choose whether more or less is better."),
                SOURCE_SHRM,
            )


def is_improvement(expectation: Expectation) -> bool:
    """Return whether the target is better than the baseline, in the direction of the expectation."""
    if expectation.baseline is None or expectation.target is None:
        return False
    if expectation.direction == Direction.AT_LEAST:
        return expectation.target > expectation.baseline
    return expectation.target < expectation.baseline


def support_is_promised(plan: Plan) -> Iterator[Finding]:
    """Support with an owner who is not the employee, due while the plan runs."""
    commitments = list(plan.support_commitments.all())
    if not commitments:
        yield _block(
            2,
            _("The plan promises no support."),
            _("Add what the employer will do, who does it and by which day."),
            SOURCE_SHRM,
        )
    for commitment in commitments:
        if commitment.owner_id == plan.employee_id:
            yield _block(
                2,
                _("The employee is named as the owner of the employer's support."),
                _("Name the person who will deliver the support."),
                SOURCE_SHRM,
            )
        if commitment.due_day > plan.length_days:
            yield _block(
                2,
                format_lazy(_("Support is due on day {day}, after the end of the plan."), day=commitment.due_day),
                _("Promise it early enough to help: by a day within the plan."),
                SOURCE_SHRM,
            )


def time_is_set(plan: Plan) -> Iterator[Finding]:
    """A length of 30, 60 or 90 days with check-ins and a goal for each milestone."""
    if plan.length_days not in PLAN_LENGTHS:
        yield _block(
            2,
            format_lazy(_("A plan of {days} days is neither 30, 60 nor 90 days long."), days=plan.length_days),
            _("Choose one of these lengths."),
            SOURCE_SHRM,
        )
    if plan.check_in_every_days >= plan.length_days:
        yield _block(
            2,
            _("No check-in falls within the plan."),
            _("Choose fewer days between check-ins than the plan is long."),
            SOURCE_SHRM,
        )
    goals = {milestone.day for milestone in plan.milestones.all() if milestone.goal.strip()}
    missing = [day for day in milestone_days(plan.length_days) if day not in goals]
    if missing:
        yield _block(
            2,
            format_lazy(
                _("Nothing is said about what should be reached by day {days}."), days=", ".join(map(str, missing))
            ),
            _("Write the goal of every milestone; each builds on the one before."),
            SOURCE_SHRM,
        )


def consequences_are_stated(plan: Plan) -> Iterator[Finding]:
    """Both outcomes, the rights, and the job the plan is measured against."""
    if not plan.success_consequence.strip() or not plan.failure_consequence.strip():
        yield _block(
            2,
            _("The plan does not say what follows from both outcomes."),
            _("Write what happens if the plan succeeds and what may happen if it does not."),
            SOURCE_SHRM,
        )
    if not plan.rights.strip():
        yield _block(
            16,
            _("The plan does not tell the employee their rights."),
            _("Say that they may answer in writing, be accompanied, ask for an accommodation and appeal."),
            SOURCE_REBUTTAL,
        )
    if plan.job_description_id is None:
        yield _warn(
            2,
            _("The plan is not anchored to a job description."),
            _("Choose the job description, or write in the note why there is none."),
            SOURCE_SHRM,
        )


def prompts_are_replaced(plan: Plan) -> Iterator[Finding]:
    """No prompt of the template, a text in square brackets, is left standing."""
    template = TEMPLATES.get(plan.template_key)
    if template is None:
        return
    words = "\n".join(_words_of(plan))
    left = [prompt for prompt in template.prompts() if prompt in words]
    if left:
        yield _block(
            2,
            format_lazy(_("A prompt of the template still stands in the plan: “{prompt}”."), prompt=left[0]),
            _("Replace every text in square brackets with the facts of this case."),
            SOURCE_SHRM,
        )


def _words_of(plan: Plan) -> Iterator[str]:
    yield from (plan.title, plan.root_cause, plan.success_consequence, plan.failure_consequence, plan.rights)
    for concern in plan.concerns.all():
        yield from (concern.description, concern.standard, concern.evidence, concern.impact, concern.prior_coaching)
    for expectation in plan.expectations.all():
        yield from (expectation.title, expectation.measure, expectation.unit, expectation.data_source)
    yield from (milestone.goal for milestone in plan.milestones.all())
    yield from (commitment.description for commitment in plan.support_commitments.all())


def somebody_can_review(plan: Plan) -> Iterator[Finding]:
    """An HR partner serves the employee who is neither the employee nor above them (rule 3: HR approves)."""
    involved = {plan.employee_id, plan.manager_id, *managers_above(plan.employee).values_list("pk", flat=True)}
    partners = hr_partners_for(plan.employee)
    if not any(getattr(employee_of(partner), "pk", None) not in involved for partner in partners):
        yield _block(
            3,
            _("No HR partner can review this plan."),
            _("Ask your HR admin to name an HR partner for the employee's department who is not involved."),
            SOURCE_PRACTICE,
        )


# --- Rule 3: where the figures come from ------------------------------------------------------------------------------


def sources_are_named(plan: Plan) -> Iterator[Finding]:
    """Each expectation names its data source."""
    for expectation in plan.expectations.all():
        if not expectation.data_source.strip():
            yield _block(
                3,
                format_lazy(_("“{title}” does not name its data source."), title=expectation.title),
                _("Name the report or record the figure is read from; it is locked when the plan is issued."),
                SOURCE_PRACTICE,
            )


# --- Rule 8: nobody is handed a plan while on leave -------------------------------------------------------------------


def employee_is_present(plan: Plan) -> Iterator[Finding]:
    """The employee is employed and not on leave on the day the plan is handed over."""
    today = today_for(plan.employee)
    if plan.employee.has_left:
        yield _block(
            8,
            _("The employee has left the organization."),
            _("Discard the plan."),
            SOURCE_PRACTICE,
        )
    away = Leave.objects.filter(employee=plan.employee_id, starts_on__lte=today).exclude(ends_on__lt=today)
    if away.exists():
        yield _block(
            8,
            _("The employee is on leave today."),
            _("Issue the plan when they are back."),
            SOURCE_LEAVE,
        )


# --- Rules 6, 8 and 13: before an outcome -----------------------------------------------------------------------------


def milestones_are_recorded(plan: Plan) -> Iterator[Finding]:
    """Every formal review has been held (rule 6); a plan may be withdrawn without."""
    missing = [milestone.day for milestone in plan.milestones.all() if milestone.manager_recorded_at is None]
    if missing:
        for outcome in (Outcome.SUCCESSFUL, Outcome.UNSUCCESSFUL):
            yield _block(
                6,
                format_lazy(_("The review of day {days} is not recorded."), days=", ".join(map(str, missing))),
                _("The manager holds and records every milestone before the outcome is decided."),
                SOURCE_BERKELEY,
                outcome.value,
            )


def time_is_up(plan: Plan) -> Iterator[Finding]:
    """Nobody fails before the last day of the plan (rule 8)."""
    if plan.ends_on is not None and today_for(plan.employee) < plan.ends_on:
        yield _block(
            8,
            _("The plan has not reached its end."),
            _("Wait until its last day: leave has moved it where it stands."),
            SOURCE_LEAVE,
            Outcome.UNSUCCESSFUL.value,
        )


def support_is_delivered(plan: Plan) -> Iterator[Finding]:
    """Undelivered support blocks "not met" (rule 13)."""
    undelivered = [support for support in plan.support_commitments.all() if support.delivered_on is None]
    for support in undelivered:
        yield _block(
            13,
            format_lazy(_("Promised support was not delivered: “{support}”."), support=str(support)),
            _("Deliver it and record it, or decide another outcome."),
            SOURCE_PRACTICE,
            Outcome.UNSUCCESSFUL.value,
        )


_CONTENT: tuple[Gate, ...] = (
    concerns_are_dated,
    expectations_are_measurable,
    support_is_promised,
    time_is_set,
    consequences_are_stated,
    prompts_are_replaced,
    sources_are_named,
)

GATES: dict[Step, tuple[Gate, ...]] = {
    Step.SUBMIT: (*_CONTENT, somebody_can_review),
    Step.APPROVE: _CONTENT,
    Step.ISSUE: (sources_are_named, employee_is_present),
    Step.DECIDE: (milestones_are_recorded, time_is_up, support_is_delivered),
}
