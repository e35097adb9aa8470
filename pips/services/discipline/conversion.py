"""Plan and disciplinary action turned into each other: the source closes with the reason, both keep their history."""

import datetime

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from people.selectors.accounts import employee_of
from pipcycle.errors import DomainError, require
from pips.discipline_enums import ACTION_BEFORE_ISSUE, ACTION_STANDS, ActionStatus
from pips.discipline_rules import can_turn_into_plan
from pips.enums import BEFORE_ISSUE, RUNNING
from pips.explanations import full_date
from pips.inputs import ConcernInput
from pips.models import Concern, DisciplinaryAction, Plan
from pips.rules import can_convert_plan
from pips.services.closing import turn_away
from pips.services.discipline.drafting import begin_action
from pips.services.discipline.moves import lock_action
from pips.services.discipline.review import end_action
from pips.services.drafting import draft_plan
from pips.services.moves import lock_plan, require_words


def convert_plan_to_action(*, actor: Membership, plan: Plan, reason: str) -> DisciplinaryAction:
    """Turn a plan into a disciplinary action: the concern was about conduct, not performance (rule 1).

    The plan ends without a judgement and is closed; its examples become the first words of the facts. The draft is the
    manager's to write and HR's to review, whoever turned it. Raises PermissionDenied or DomainError.
    """
    require(can_convert_plan(actor, plan))
    reason = require_words(reason, _("Write why this is about conduct; the reason stays on both records."), rule=1)
    with transaction.atomic():
        lock_plan(plan, BEFORE_ISSUE | RUNNING)
        action = begin_action(
            actor=actor,
            author=_membership_of(plan) or actor,
            employee=plan.employee,
            manager=plan.manager,
            from_plan=plan,
            facts=facts_from(plan),
            occurred_on=_last_day(plan),
            reason=gettext("From the plan “%(title)s”: %(reason)s") % {"title": plan.title, "reason": reason},
        )
        turn_away(plan=plan, actor=actor, reason=reason)
    return action


def convert_action_to_plan(*, actor: Membership, action: DisciplinaryAction, template_key: str, reason: str) -> Plan:
    """Turn a disciplinary action into a plan: it was about performance after all (rule 1).

    The action is withdrawn with the reason; its facts become the first concern of the manager's draft. Raises
    PermissionDenied, or DomainError when the manager cannot sign in or a plan is open.
    """
    require(can_turn_into_plan(actor, action))
    reason = require_words(reason, _("Write why this is about performance; the reason stays on both records."), rule=1)
    with transaction.atomic():
        lock_action(action, ACTION_BEFORE_ISSUE | ACTION_STANDS - {ActionStatus.APPEALED})
        author = action.manager.membership
        if author is None or not author.is_active:
            raise DomainError(
                gettext("%(name)s, who would write the plan, has no sign-in.") % {"name": action.manager.full_name}
            )
        plan = draft_plan(actor=author, employee=action.employee, template_key=template_key)
        plan.from_action = action
        plan.save(update_fields=["from_action"])
        _add_concern(plan, action)
        end_action(
            action=action,
            target=ActionStatus.WITHDRAWN,
            actor=actor,
            reason=gettext("Turned into the plan “%(title)s”: %(reason)s") % {"title": plan.title, "reason": reason},
        )
    return plan


def facts_from(plan: Plan) -> str:
    """Return the plan's dated examples as the first words of the facts."""
    parts = []
    for concern in plan.concerns.all():
        lines = [f"{full_date(concern.occurred_on)}: {concern.description}", concern.evidence, concern.impact]
        parts.append("\n".join(line for line in lines if line.strip()))
    return "\n\n".join(parts)


def _last_day(plan: Plan) -> datetime.date | None:
    last: Concern | None = plan.concerns.order_by("occurred_on", "pk").last()
    return None if last is None else last.occurred_on


def _membership_of(plan: Plan) -> Membership | None:
    member = plan.manager.membership
    return member if member is not None and member.is_active and employee_of(member) is not None else None


def _add_concern(plan: Plan, action: DisciplinaryAction) -> None:
    if action.occurred_on is None or not action.facts.strip():
        return
    given = ConcernInput(
        occurred_on=action.occurred_on,
        description=action.facts,
        standard=" ".join(filter(None, [action.policy_name, action.policy_version])),
        evidence=action.investigation,
    )
    plan.concerns.create(
        occurred_on=given.occurred_on,
        description=given.description,
        standard=given.standard,
        evidence=given.evidence,
    )
