"""What a draft says, written as a whole: words, gaps, actions; and the signal it answers."""

from collections.abc import Sequence

from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from development.enums import ActionKind, ActionStatus, Side
from development.inputs import ActionInput, GapInput, PlanInput
from development.models import DevelopmentAction, DevelopmentGap, DevelopmentPlan
from development.origin import Origin
from metrics.services.signals import start_support
from people.models import Employee, Membership, ReportingLine
from pipcycle.errors import DomainError

#: The key under which a signal remembers that a development plan answers it.
SUPPORT_KEY = "development_plan"
MOST_ACTIONS = 30


def check_content(employee: Employee, facts: PlanInput) -> None:
    """Raise DomainError for dates out of order, gaps that lead nowhere, or an action that is nobody's."""
    if facts.ends_on <= facts.starts_on:
        raise DomainError(_("The plan ends before it begins. Correct one of the two dates."))
    _check_gaps(facts.gaps)
    check_actions(employee, facts.actions)


def _check_gaps(gaps: Sequence[GapInput]) -> None:
    named = [gap.competency.pk for gap in gaps]
    if len(set(named)) < len(named):
        raise DomainError(_("A competency is named twice. Keep one of the two."))
    for gap in gaps:
        if gap.current_level is not None and gap.target_level <= gap.current_level:
            raise DomainError(
                format_lazy(
                    _("“{name}” is at that level already. Choose a higher one, or leave the competency out."),
                    name=gap.competency.name,
                )
            )


def check_actions(employee: Employee, actions: Sequence[ActionInput]) -> None:
    """Raise DomainError for dates out of order, a course for another kind, or an owner neither employee nor above."""
    if len(actions) > MOST_ACTIONS:
        raise DomainError(_("That is more than anybody can do. Keep the few actions that matter most."))
    for action in actions:
        if action.due_on < action.starts_on:
            raise DomainError(
                format_lazy(_("“{title}” is due before it begins. Correct one of the two dates."), title=action.title)
            )
        if action.course is not None and action.kind != ActionKind.COURSE:
            raise DomainError(
                format_lazy(
                    _("“{title}” names a course but is none. Choose the kind, or no course."), title=action.title
                )
            )
    owners = {action.owner.pk for action in actions} - {employee.pk}
    above = ReportingLine.objects.filter(employee=employee, manager__in=owners).values_list("manager", flat=True)
    if owners - set(above):
        raise DomainError(_("An action is seen to by the employee or a manager above. Choose one of them."))


def write_content(plan: DevelopmentPlan, facts: PlanInput, *, side: Side) -> None:
    """Write what the draft says; gaps and actions are those given, in order."""
    plan.starts_on, plan.ends_on = facts.starts_on, facts.ends_on
    plan.aspiration, plan.strengths, plan.aim = facts.aspiration.strip(), facts.strengths.strip(), facts.aim
    plan.save(update_fields=["starts_on", "ends_on", "aspiration", "strengths", "aim"])
    plan.actions.all().delete()
    plan.gaps.all().delete()
    gaps = DevelopmentGap.objects.bulk_create(
        DevelopmentGap(
            plan=plan,
            competency=gap.competency,
            position=position,
            current_level=gap.current_level,
            target_level=gap.target_level,
        )
        for position, gap in enumerate(facts.gaps)
    )
    by_competency = {gap.competency_id: gap for gap in gaps}
    DevelopmentAction.objects.bulk_create(
        action_row(plan, action, by_competency, side=side, position=position)
        for position, action in enumerate(facts.actions)
    )


def action_row(
    plan: DevelopmentPlan,
    action: ActionInput,
    by_competency: dict[int, DevelopmentGap],
    *,
    side: Side,
    position: int,
    status: ActionStatus = ActionStatus.OPEN,
) -> DevelopmentAction:
    """Return the row of an action, not yet saved; it is for the gap of its competency, where there is one."""
    return DevelopmentAction(
        plan=plan,
        gap=by_competency.get(action.competency.pk) if action.competency is not None else None,
        kind=action.kind,
        course=action.course,
        title=action.title.strip(),
        owner=action.owner,
        starts_on=action.starts_on,
        due_on=action.due_on,
        resources=action.resources.strip(),
        measure=action.measure.strip(),
        position=position,
        status=status,
        proposed_side=side,
    )


def record_origin(*, actor: Membership, origin: Origin, plan: DevelopmentPlan) -> None:
    """Answer the signal the plan was started from, if it was; raises DomainError when somebody was quicker."""
    if origin.signal is not None:
        start_support(actor=actor, signal=origin.signal, kind=SUPPORT_KEY, about_id=plan.pk)
