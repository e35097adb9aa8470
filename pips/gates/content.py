"""Rules 2, 3 and 16: a plan somebody can succeed at, whose figures come from a named source."""

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from documents.form_kinds import REQUIRABLE
from pips.clock import milestone_days
from pips.days import today_for
from pips.enums import PLAN_LENGTHS, Direction, FindingKind, Step
from pips.gates.gate import SOURCE_PRACTICE, SOURCE_REBUTTAL, SOURCE_SHRM, Check, Gate, Text, Trouble
from pips.models import Expectation, Plan
from pips.selectors.policy import allowed_lengths, policy_now
from pips.selectors.templates import template_of

_WRITING = frozenset({Step.SUBMIT, Step.APPROVE})
_FAIR = _("A plan is fair only if both people can tell what happened, what is expected and when it is met.")


def has_concern(plan: Plan) -> Iterator[Trouble]:
    """Yield when nothing dated stands behind the plan."""
    if not plan.concerns.all():
        yield Trouble(message=_("There is no dated example of the concern."))


def concerns_say_what_and_which(plan: Plan) -> Iterator[Trouble]:
    """Yield when an example lacks what happened or the standard it fell short of."""
    if any(not concern.description.strip() or not concern.standard.strip() for concern in plan.concerns.all()):
        yield Trouble(message=_("An example says not what happened, or not which standard applies."))


def concerns_are_past(plan: Plan) -> Iterator[Trouble]:
    """Yield when an example lies ahead."""
    today = today_for(plan.employee)
    if any(concern.occurred_on > today for concern in plan.concerns.all()):
        yield Trouble(message=_("An example lies in the future."))


def has_expectation(plan: Plan) -> Iterator[Trouble]:
    """Yield when nothing measurable is expected."""
    if not plan.expectations.all():
        yield Trouble(message=_("The plan expects nothing measurable."))


def _has_figures(expectation: Expectation) -> bool:
    return expectation.baseline is not None and expectation.target is not None and expectation.unit.strip() != ""


def expectations_have_figures(plan: Plan) -> Iterator[Trouble]:
    """Yield each expectation without its value today, its target or its unit."""
    for expectation in plan.expectations.all():
        if not _has_figures(expectation):
            yield Trouble(
                message=format_lazy(
                    _("“{title}” lacks its value today, its target or its unit."), title=expectation.title
                )
            )


def expectations_improve(plan: Plan) -> Iterator[Trouble]:
    """Yield each expectation whose target is no better than today."""
    for expectation in plan.expectations.all():
        if _has_figures(expectation) and not is_improvement(expectation):
            yield Trouble(
                message=format_lazy(
                    _("The target of “{title}” is no better than today's value."), title=expectation.title
                )
            )


def is_improvement(expectation: Expectation) -> bool:
    """Return whether the target is better than the baseline, in the direction of the expectation."""
    if expectation.baseline is None or expectation.target is None:
        return False
    if expectation.direction == Direction.AT_LEAST:
        return expectation.target > expectation.baseline
    return expectation.target < expectation.baseline


def has_support(plan: Plan) -> Iterator[Trouble]:
    """Yield when the employer promises nothing."""
    if not plan.support_commitments.all():
        yield Trouble(message=_("The plan promises no support."))


def support_is_the_employers(plan: Plan) -> Iterator[Trouble]:
    """Yield for each piece of support that the employee would have to give to themself."""
    for commitment in plan.support_commitments.all():
        if commitment.owner_id == plan.employee_id:
            yield Trouble(message=_("The employee is named as the owner of the employer's support."))


def support_is_in_time(plan: Plan) -> Iterator[Trouble]:
    """Yield each piece of support that comes after the end."""
    for commitment in plan.support_commitments.all():
        if commitment.due_day > plan.length_days:
            yield Trouble(
                message=format_lazy(
                    _("Support is due on day {day}, after the end of the plan."), day=commitment.due_day
                )
            )


def length_is_allowed(plan: Plan) -> Iterator[Trouble]:
    """Yield when the plan is neither 30, 60 or 90 days long nor as long as the organization's policy allows."""
    if plan.length_days in PLAN_LENGTHS:  # the usual case asks the database nothing
        return
    lengths = allowed_lengths(policy_now())
    if plan.length_days not in lengths:
        *shorter, longest = map(str, lengths)
        yield Trouble(
            message=format_lazy(
                _("A plan of {days} days is neither {shorter} nor {longest} days long."),
                days=plan.length_days,
                shorter=", ".join(shorter),
                longest=longest,
            )
        )


def has_check_ins(plan: Plan) -> Iterator[Trouble]:
    """Yield when no check-in falls within the plan."""
    if plan.check_in_every_days >= plan.length_days:
        yield Trouble(message=_("No check-in falls within the plan."))


def milestones_have_goals(plan: Plan) -> Iterator[Trouble]:
    """Yield the days of formal reviews about which nothing is said."""
    goals = {milestone.day for milestone in plan.milestones.all() if milestone.goal.strip()}
    missing = [day for day in milestone_days(plan.length_days) if day not in goals]
    if missing:
        days = ", ".join(map(str, missing))
        yield Trouble(message=format_lazy(_("Nothing is said about what should be reached by day {days}."), days=days))


def outcomes_are_stated(plan: Plan) -> Iterator[Trouble]:
    """Yield when one of the two outcomes has no consequence."""
    if not plan.success_consequence.strip() or not plan.failure_consequence.strip():
        yield Trouble(message=_("The plan does not say what follows from both outcomes."))


def rights_are_stated(plan: Plan) -> Iterator[Trouble]:
    """Yield when the employee is not told their rights."""
    if not plan.rights.strip():
        yield Trouble(message=_("The plan does not tell the employee their rights."))


def has_job_description(plan: Plan) -> Iterator[Trouble]:
    """Yield when the plan asks for more than a named job does."""
    if plan.job_description_id is None:
        yield Trouble(message=_("The plan is not anchored to a job description."))


def prompts_are_replaced(plan: Plan) -> Iterator[Trouble]:
    """Yield when a prompt of the template, a text in square brackets, is left standing."""
    template = template_of(plan)
    if template is None:
        return
    words = "\n".join(words_of(plan))
    left = [prompt for prompt in template.prompts() if prompt in words]
    if left:
        yield Trouble(
            message=format_lazy(_("A prompt of the template still stands in the plan: “{prompt}”."), prompt=left[0])
        )


def required_fields_are_filled(plan: Plan) -> Iterator[Trouble]:
    """Yield each field that the organization's template asks for and the plan leaves empty."""
    template = template_of(plan)
    for name in template.required if template is not None else ():
        if name in REQUIRABLE and not all(value.strip() for value in _values_of(plan, name)):
            yield Trouble(
                subject=name,
                message=format_lazy(
                    _("The template asks for this, and it is not filled in: {field}."), field=REQUIRABLE[name]
                ),
            )


def _values_of(plan: Plan, name: str) -> list[str]:
    part, _dot, column = name.partition(".")
    return [getattr(row, column) for row in getattr(plan, part).all()] if column else [getattr(plan, part)]


def words_of(plan: Plan) -> Iterator[str]:
    """Yield every text of the plan that somebody writes."""
    yield from (plan.title, plan.root_cause, plan.success_consequence, plan.failure_consequence, plan.rights)
    for concern in plan.concerns.all():
        yield from (concern.description, concern.standard, concern.evidence, concern.impact, concern.prior_coaching)
    for expectation in plan.expectations.all():
        yield from (expectation.title, expectation.measure, expectation.unit, expectation.data_source)
    yield from (milestone.goal for milestone in plan.milestones.all())
    yield from (commitment.description for commitment in plan.support_commitments.all())


def sources_are_named(plan: Plan) -> Iterator[Trouble]:
    """Yield each expectation that does not say where its figure is read (rule 3)."""
    for expectation in plan.expectations.all():
        if not expectation.data_source.strip():
            yield Trouble(message=format_lazy(_("“{title}” does not name its data source."), title=expectation.title))


def _block(code: str, check: Check[Plan], how: Text) -> Gate[Plan]:
    return Gate(
        code=code,
        rule=2,
        kind=FindingKind.BLOCK,
        steps=_WRITING,
        check=check,
        how=how,
        reason=_FAIR,
        source=SOURCE_SHRM,
    )


CONTENT_GATES: tuple[Gate[Plan], ...] = (
    _block(
        "concern_given",
        has_concern,
        _("Add at least one example: the date, what happened, and the standard expected."),
    ),
    _block(
        "concern_complete",
        concerns_say_what_and_which,
        _("Complete what happened and the standard expected in every example."),
    ),
    _block("concern_past", concerns_are_past, _("Correct its date: a plan rests on what has happened.")),
    _block(
        "expectation_given",
        has_expectation,
        _("Add at least one expectation with its baseline, target and unit."),
    ),
    _block(
        "expectation_measurable",
        expectations_have_figures,
        _("Fill in today's value, the target and the unit, so that both of you can tell when it is met."),
    ),
    _block(
        "expectation_improves",
        expectations_improve,
        _("Correct the target, or choose whether more or less is better."),
    ),
    _block("support_given", has_support, _("Add what the employer will do, who does it and by which day.")),
    _block("support_owner", support_is_the_employers, _("Name the person who will deliver the support.")),
    _block("support_in_time", support_is_in_time, _("Promise it early enough to help: by a day within the plan.")),
    _block("length", length_is_allowed, _("Choose one of these lengths.")),
    _block("check_ins", has_check_ins, _("Choose fewer days between check-ins than the plan is long.")),
    _block(
        "milestone_goals",
        milestones_have_goals,
        _("Write the goal of every milestone; each builds on the one before."),
    ),
    _block(
        "outcomes_stated",
        outcomes_are_stated,
        _("Write what happens if the plan succeeds and what may happen if it does not."),
    ),
    Gate(
        code="rights_stated",
        rule=16,
        kind=FindingKind.BLOCK,
        steps=_WRITING,
        check=rights_are_stated,
        how=_("Say that they may answer in writing, be accompanied, ask for an accommodation and appeal."),
        reason=_("Who does not know a right cannot use it."),
        source=SOURCE_REBUTTAL,
    ),
    Gate(
        code="job_description",
        rule=2,
        kind=FindingKind.WARN,
        steps=_WRITING,
        check=has_job_description,
        how=_("Choose the job description, or write why there is none."),
        reason=_("A plan may ask for what the job asks for, and no more."),
        source=SOURCE_SHRM,
    ),
    _block(
        "prompts_replaced",
        prompts_are_replaced,
        _("Replace every text in square brackets with the facts of this case."),
    ),
    _block(
        "required_fields",
        required_fields_are_filled,
        _("Fill it in; HR asks for it in every plan of this kind."),
    ),
    Gate(
        code="data_source",
        rule=3,
        kind=FindingKind.BLOCK,
        steps=_WRITING | {Step.ISSUE},
        check=sources_are_named,
        how=_("Name the report or record the figure is read from; it is locked when the plan is issued."),
        reason=_("A figure that is chosen afterwards can prove anything."),
        source=SOURCE_PRACTICE,
    ),
)
