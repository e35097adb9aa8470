"""Writing a plan: from a template to a draft ready for review."""

import datetime
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, TypedDict, Unpack

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from documents.services.templates import provide_templates
from metrics.models import Metric
from people.models import Employee, JobDescription, Membership
from people.selectors.accounts import employee_of
from pipcycle.errors import DomainError, require
from pips.clock import milestone_days
from pips.enums import Consequence, EmploymentEffect, PlanStatus
from pips.inputs import ConcernInput, ExpectationInput, MilestoneInput, SupportInput
from pips.models import Expectation, Milestone, Plan, PlanTransition, SupportCommitment
from pips.plan_templates import PlanTemplate
from pips.relapse import USUAL_TERMS
from pips.rules import can_draft_plan_for, is_manager_in
from pips.selectors.policy import policy_now
from pips.selectors.templates import current_template
from pips.services.moves import lock_plan, require_words


class AgreedTerms(TypedDict, total=False):
    """What both sides know beforehand about the end: the harshest step, and what counts as a relapse for how long."""

    harshest_step: str
    relapse_window_days: int | None
    relapse_terms: str


def draft_plan(
    *,
    actor: Membership,
    employee: Employee,
    template_key: str,
    title: str = "",
    length_days: int | None = None,
    starts_on: datetime.date | None = None,
) -> Plan:
    """Begin a plan for the employee from a template, led by the actor, anchored to the employee's job description.

    Raises PermissionDenied unless the actor manages the employee, DomainError when the employee has left or has an open
    plan, and LookupError for an unknown template.
    """
    require(can_draft_plan_for(actor, employee))
    manager = employee_of(actor)
    if manager is None:
        raise PermissionDenied
    if employee.has_left:
        raise DomainError(_("%(name)s has left, so there is no plan to write.") % {"name": employee.full_name})
    provide_templates()
    template = current_template(template_key)
    columns = _columns_of_template(template)
    columns["title"] = title.strip() or columns["title"]
    columns["length_days"] = length_days or template.length_days
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                employee=employee,
                manager=manager,
                job_description=employee.job_description,
                starts_on=starts_on,
                relapse_window_days=policy_now().relapse_window_days,
                created_by=actor,
                **columns,
            )
            _fill_from_template(plan, template, manager)
            PlanTransition.objects.create(plan=plan, source="", target=PlanStatus.DRAFT, actor=actor)
    except IntegrityError as error:
        _refuse_second_plan(employee, error)
        raise
    return plan


def revise_draft(
    *,
    actor: Membership,
    plan: Plan,
    title: str,
    job_description: JobDescription | None,
    length_days: int,
    starts_on: datetime.date | None,
    check_in_every_days: int,
    root_cause: str,
    success_consequence: str,
    failure_consequence: str,
    rights: str,
    concerns: Sequence[ConcernInput],
    expectations: Sequence[ExpectationInput],
    milestones: Sequence[MilestoneInput],
    support: Sequence[SupportInput],
    employment_effects: Collection[EmploymentEffect] = (),
    **agreed: Unpack[AgreedTerms],
) -> Plan:
    """Save the draft as given: what is in the lists stays or comes, what is not goes; half-finished drafts are welcome.

    The terms ``agreed`` beforehand stay as they are where they are not given. Raises PermissionDenied unless
    the actor manages the employee, DomainError when the plan is no draft any more.
    """
    require(is_manager_in(actor, plan))
    columns = {
        "title": require_words(title, _("Give the plan a title."), rule=2),
        "job_description": job_description,
        "length_days": _at_least_one(length_days),
        "starts_on": starts_on,
        "check_in_every_days": _at_least_one(check_in_every_days),
        "employment_effects": sorted(EmploymentEffect(effect).value for effect in employment_effects),
        "root_cause": root_cause.strip(),
        "success_consequence": success_consequence.strip(),
        "failure_consequence": failure_consequence.strip(),
        "rights": rights.strip(),
        **{name: value for name, value in agreed.items() if value is not None},
    }
    with transaction.atomic():
        lock_plan(plan, {PlanStatus.DRAFT})
        for field, value in columns.items():
            setattr(plan, field, value)
        plan.save(update_fields=[*columns])
        _require_known(plan, expectations, support)
        _sync(plan.concerns, concerns, _concern_columns)
        _sync(plan.expectations, list(enumerate(expectations)), _expectation_columns)
        _sync_milestones(plan, {milestone.day: milestone.goal for milestone in milestones})
        _sync(plan.support_commitments, support, _support_columns)
    return plan


_NOT_OPEN = (PlanStatus.DECIDED, PlanStatus.FOLLOWED_UP, PlanStatus.CLOSED)


def _columns_of_template(template: PlanTemplate) -> dict[str, Any]:
    return {
        "template_key": template.key,
        "template_version": template.version,
        "title": str(template.title),
        "check_in_every_days": template.check_in_every_days,
        "root_cause": str(template.root_cause_prompt),
        "success_consequence": str(template.success_consequence),
        "failure_consequence": str(template.failure_consequence),
        "rights": str(template.rights),
        "harshest_step": Consequence.TERMINATION,
        "relapse_terms": str(USUAL_TERMS),
    }


def _refuse_second_plan(employee: Employee, error: IntegrityError) -> None:
    """Raise DomainError where it was an open plan that stood in the way."""
    if Plan.objects.filter(employee=employee).exclude(status__in=_NOT_OPEN).exists():
        raise DomainError(
            _("%(name)s has a plan already. Finish or discard it first.") % {"name": employee.full_name}
        ) from error


def _fill_from_template(plan: Plan, template: PlanTemplate, manager: Employee) -> None:
    Expectation.objects.bulk_create(
        Expectation(
            plan=plan,
            position=position,
            title=str(prompt.title),
            measure=str(prompt.measure),
            target=prompt.target,
            unit=str(prompt.unit),
            direction=prompt.direction,
            data_source=str(prompt.data_source),
        )
        for position, prompt in enumerate(template.expectations)
    )
    Milestone.objects.bulk_create(
        Milestone(plan=plan, day=day, goal=template.milestone_goal(day, plan.length_days))
        for day in milestone_days(plan.length_days)
    )
    SupportCommitment.objects.bulk_create(
        SupportCommitment(plan=plan, description=str(prompt.description), owner=manager, due_day=prompt.due_day)
        for prompt in template.support
    )


def _at_least_one(days: int) -> int:
    if days < 1:
        raise DomainError(_("A number of days is at least 1."), rule=2)
    return days


def _sync[Given](parts: Any, given: Sequence[Given], columns_of: Callable[[Given], dict[str, Any]]) -> None:
    """Make the parts of the plan those given, in order: change what differs, add what is new, drop the rest."""
    standing = list(parts.order_by("pk"))
    for part, one in zip(standing, given, strict=False):
        _change(part, columns_of(one))
    for part in standing[len(given) :]:
        part.delete()
    for one in given[len(standing) :]:
        parts.create(**columns_of(one))


def _change(part: models.Model, columns: dict[str, Any]) -> None:
    changed = [field for field, value in columns.items() if getattr(part, field) != value]
    for field in changed:
        setattr(part, field, columns[field])
    if changed:
        part.save(update_fields=changed)


def _concern_columns(given: ConcernInput) -> dict[str, Any]:
    return {
        "occurred_on": given.occurred_on,
        "description": given.description.strip(),
        "standard": given.standard.strip(),
        "evidence": given.evidence.strip(),
        "impact": given.impact.strip(),
        "prior_coaching": given.prior_coaching.strip(),
    }


def _expectation_columns(numbered: tuple[int, ExpectationInput]) -> dict[str, Any]:
    position, given = numbered
    return {
        "position": position,
        "title": given.title.strip(),
        "measure": given.measure.strip(),
        "baseline": given.baseline,
        "target": given.target,
        "unit": given.unit.strip(),
        "direction": given.direction,
        "data_source": given.data_source.strip(),
        "metric_id": given.metric_id,
    }


def _support_columns(given: SupportInput) -> dict[str, Any]:
    return {"description": given.description.strip(), "owner_id": given.owner_id, "due_day": given.due_day}


def _sync_milestones(plan: Plan, goals: dict[int, str]) -> None:
    """Keep exactly the milestones of the plan's length; a day nothing is said about keeps an empty goal."""
    days = milestone_days(plan.length_days)
    plan.milestones.exclude(day__in=days).delete()
    standing = {milestone.day: milestone for milestone in plan.milestones.all()}
    for day in days:
        goal = goals.get(day, "").strip()
        if day in standing:
            _change(standing[day], {"goal": goal})
        else:
            plan.milestones.create(day=day, goal=goal)


def require_known_metrics(keys: Iterable[int | None]) -> None:
    """Raise DomainError for a metric of nowhere, or of another organization."""
    wanted = {key for key in keys if key is not None}
    if wanted and Metric.objects.filter(pk__in=wanted).count() < len(wanted):
        raise DomainError(_("Choose a metric of this organization for each expectation, or none."), rule=3)


def _require_known(plan: Plan, expectations: Sequence[ExpectationInput], support: Sequence[SupportInput]) -> None:
    require_known_metrics(one.metric_id for one in expectations)
    _require_owners(plan, support)


def _require_owners(plan: Plan, support: Sequence[SupportInput]) -> None:
    wanted = {one.owner_id for one in support}
    known = set(Employee.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - known:
        raise DomainError(_("Choose somebody of this organization for each piece of support."), rule=2)
    if plan.employee_id in wanted:
        raise DomainError(
            format_lazy(_("{name} cannot own the employer's support."), name=plan.employee.full_name), rule=2
        )
