"""The page of a plan: where it leads, what is missing, what is done about it, and its record."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from development import rules
from development.balance import balance_of
from development.enums import LIVE_ACTIONS, ActionStatus, DevelopmentStatus, Side
from development.forms.steps import ProgressForm
from development.models import DevelopmentAction, DevelopmentGap, DevelopmentPlan
from development.selectors.documents import sealed_plan
from development.selectors.evidence import ShownEvidence, evidence_of
from development.selectors.plans import moves_of, plan_for, updates_of
from documents.selectors import awaits_receipt
from people.enums import CompetencyLevel
from people.http import TenantRequest
from people.models import Membership
from pipcycle.ui.level_scale import LevelScale, draw_level_scale


@dataclass(frozen=True)
class Step:
    """Something the reader can do next; ``is_post`` needs no page of its own, ``is_aside`` never comes first."""

    label: str
    url_name: str
    is_post: bool = False
    is_aside: bool = False


@dataclass(frozen=True, kw_only=True)
class ShownGap:
    """A gap in words and as a drawing."""

    gap: DevelopmentGap
    current: str
    target: str
    reached: str
    scale: LevelScale


@dataclass(frozen=True, kw_only=True)
class ShownAction:
    """An action with what the reader may do with it, and the little form that says how far it is."""

    action: DevelopmentAction
    form: ProgressForm | None
    can_update: bool
    can_answer: bool
    can_drop: bool
    is_late: bool
    evidence: ShownEvidence

    @property
    def needs_evidence(self) -> bool:
        """Return whether nothing shows yet what a finished action has brought."""
        return self.can_update and self.action.status == ActionStatus.DONE and not self.evidence

    @property
    def can_finish(self) -> bool:
        """Return whether the course is completed, and the action still open."""
        return self.can_update and self.action.status == ActionStatus.OPEN and self.evidence.completion is not None


@require_safe
def plan(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Show one plan."""
    shown = plan_for(request.member, plan_id)
    sealed = sealed_plan(shown) if shown.approved_at is not None else None
    steps = _steps(request.member, shown, receipt_awaited=awaits_receipt(sealed))
    moves = list(moves_of(shown))
    is_returned = shown.status == DevelopmentStatus.DRAFTED and bool(moves) and bool(moves[0].reason)
    context: dict[str, Any] = {
        "plan": shown,
        "is_own": rules.side_of(request.member, shown) == Side.EMPLOYEE,
        "is_shared": rules.is_shared(shown),
        "sealed": sealed,
        "steps": steps,
        "primary": next((step for step in steps if not step.is_aside), None),
        "gaps": shown_gaps(shown),
        "moves": moves,
        "updates": list(updates_of(shown)),
        "returned": moves[0] if is_returned else None,
        **actions_context(request.member, shown),
    }
    return render(request, "development/plan.html", context)


def actions_context(member: Membership, shown: DevelopmentPlan) -> dict[str, Any]:
    """Return what the section with the actions shows, on the plan's page and as a part of it."""
    actions = list(shown.actions.all())
    for action in actions:
        action.plan = shown
    live = [action for action in actions if action.status in LIVE_ACTIONS]
    return {
        "plan": shown,
        "actions": [shown_action(member, action) for action in live],
        "dropped": [action for action in actions if action.status == ActionStatus.DROPPED],
        "done_count": sum(action.status == ActionStatus.DONE for action in live),
        "action_count": len(live),
        "balance": balance_of(action.kind for action in live),
        "can_propose": rules.can_propose_action(member, shown),
    }


def shown_action(member: Membership, action: DevelopmentAction) -> ShownAction:
    """Return the action as the page shows it to the member."""
    can_update = rules.can_update_action(member, action)
    return ShownAction(
        action=action,
        form=ProgressForm(action=action) if can_update else None,
        can_update=can_update,
        can_answer=rules.can_answer_action(member, action),
        can_drop=rules.can_drop_action(member, action),
        is_late=(
            action.status == ActionStatus.OPEN
            and action.plan.status == DevelopmentStatus.RUNNING
            and action.due_on < timezone.localdate()
        ),
        evidence=evidence_of(action),
    )


def shown_gaps(shown: DevelopmentPlan) -> Sequence[ShownGap]:
    """Return the gaps of the plan in words and as drawings."""
    return [
        ShownGap(
            gap=gap,
            current=_level(gap.current_level),
            target=_level(gap.target_level),
            reached=_level(gap.reached_level),
            scale=draw_level_scale(expected=gap.target_level, own=gap.reached_level, manager=gap.current_level),
        )
        for gap in shown.gaps.all()
    ]


def _level(level: int | None) -> str:
    return "" if level is None else f"{level} · {CompetencyLevel(level).short_label}"


def _steps(member: Membership, shown: DevelopmentPlan, *, receipt_awaited: bool) -> list[Step]:
    """Return what the reader can do, the most pressing first."""
    is_own = rules.side_of(member, shown) == Side.EMPLOYEE
    receipt = Step(
        _("Acknowledge receipt") if is_own else _("Record that receipt was declined"),
        "development:plan_acknowledgement",
        is_aside=not is_own,
    )
    possible = (
        (rules.can_approve, Step(_("Answer the plan"), "development:plan_answer")),
        (rules.can_submit, Step(_("Submit the plan"), "development:plan_submission")),
        (rules.can_write_draft, Step(_("Change the draft"), "development:plan_edit")),
        (rules.can_take_back, Step(_("Take it back"), "development:plan_taking_back", is_post=True, is_aside=True)),
        (lambda *about: receipt_awaited and rules.can_record_receipt(*about), receipt),
        (rules.can_close, Step(_("Look back and close"), "development:plan_closing", is_aside=not _is_over(shown))),
        (rules.can_withdraw, Step(_("Withdraw the plan"), "development:plan_withdrawal", is_aside=True)),
    )
    return [step for rule, step in possible if rule(member, shown)]


def _is_over(shown: DevelopmentPlan) -> bool:
    """Return whether the time of the plan is over, or nothing is left to do in it."""
    states = {action.status for action in shown.actions.all()} - {ActionStatus.DROPPED}
    return shown.ends_on <= timezone.localdate() or states == {ActionStatus.DONE}
