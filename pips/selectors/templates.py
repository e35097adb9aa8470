"""The templates plans start from: those on offer now, and the one a plan was begun with."""

from documents.enums import FormKind
from documents.selectors.templates import current_version, version_numbered, versions_on_offer
from pips.models import Plan
from pips.plan_templates import PlanTemplate


def templates_on_offer() -> list[PlanTemplate]:
    """Return the templates a plan can be started from, each in its current version."""
    return [PlanTemplate.from_version(version) for version in versions_on_offer(FormKind.PLAN)]


def current_template(key: str) -> PlanTemplate:
    """Return the current version of the template. Raises LookupError for a key the organization does not know."""
    return PlanTemplate.from_version(current_version(FormKind.PLAN, key))


def template_of(plan: Plan) -> PlanTemplate | None:
    """Return exactly the version the plan was begun with, read once for each plan; None for an unknown one."""
    if "known_template" not in plan.__dict__:
        try:
            version = version_numbered(FormKind.PLAN, plan.template_key, plan.template_version)
            plan.__dict__["known_template"] = PlanTemplate.from_version(version)
        except LookupError:
            plan.__dict__["known_template"] = None
    known: PlanTemplate | None = plan.__dict__["known_template"]
    return known
