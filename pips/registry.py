"""What the rooms above give to this one: a step after a plan has ended, and the page that looks back at it.

A higher room fills it in its ``AppConfig.ready``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from people.models import Membership
from pips.models import Plan


@dataclass(frozen=True, kw_only=True)
class OutcomeStep:
    """Something a higher room lets a reader do once the outcome is decided; ``page`` takes ``plan_id``."""

    label: str | Promise
    page: str
    visible: Callable[[Membership, Plan], bool]
    icon: str = ""


_steps: dict[str, OutcomeStep] = {}


def register_outcome_step(step: OutcomeStep) -> None:
    """Offer a step on the page of each decided plan; registering the same address again replaces it."""
    _steps[step.page] = step


def outcome_steps(member: Membership, plan: Plan) -> list[OutcomeStep]:
    """Return what the rooms above let the reader do now that the outcome is decided; nothing before."""
    return [step for step in _steps.values() if plan.outcome and step.visible(member, plan)]


_follow_up_pages: list[str] = []


def register_follow_up_page(url_name: str) -> None:
    """Name the page of a higher room on which follow-ups are recorded; it takes ``plan_id`` and ``follow_up_id``."""
    _follow_up_pages[:] = [url_name]


def follow_up_page() -> str:
    """Return the name of the page on which a follow-up is recorded."""
    return _follow_up_pages[0]
