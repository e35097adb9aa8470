"""A draft that begins like an earlier plan: its structure, never the facts of the person it was about."""

import re
from collections.abc import Callable
from dataclasses import replace

from django.db import transaction

from people.models import Employee, Membership
from pipcycle.errors import require
from pips.drafts import content_of_draft
from pips.models import Plan
from pips.rules import is_manager_in
from pips.services.drafting import draft_plan, revise_draft


def draft_plan_like(*, actor: Membership, employee: Employee, source: Plan) -> Plan:
    """Begin a plan with what the source expects (metrics included), promises, announces and does to the job (rule 5).

    Examples, the root cause, today's figures, dates and the job stay behind, and the other person's name gives way to
    that of the employee. Raises PermissionDenied unless the actor leads both people, and what ``draft_plan`` raises.
    """
    require(is_manager_in(actor, source))
    with transaction.atomic():
        plan = draft_plan(
            actor=actor,
            employee=employee,
            template_key=source.template_key,
            length_days=source.length_days,
        )
        old, new = content_of_draft(source), content_of_draft(plan)
        renamed = _renamer(source.employee, employee)
        kept = {
            name: renamed(old[name])
            for name in ("title", "success_consequence", "failure_consequence", "rights", "relapse_terms")
        }
        rows = {
            "expectations": [
                replace(one, baseline=None, title=renamed(one.title), measure=renamed(one.measure))
                for one in old["expectations"]
            ],
            "milestones": [replace(one, goal=renamed(one.goal)) for one in old["milestones"]],
            "support": [
                replace(one, description=renamed(one.description), owner_id=plan.manager_id) for one in old["support"]
            ],
        }
        carried = ("check_in_every_days", "employment_effects", "harshest_step", "relapse_window_days")
        terms = {name: old[name] for name in carried}
        return revise_draft(actor=actor, plan=plan, **{**new, **kept, **terms, **rows})


def _renamer(old: Employee, new: Employee) -> Callable[[str], str]:
    """Return what puts the new person's name where the old one's stands; the same person keeps it."""
    if old.pk == new.pk:
        return str
    names = {old.full_name: new.full_name, old.given_name: new.given_name, old.family_name: new.family_name}
    known = {name: by for name, by in names.items() if name}
    longest_first = sorted(known, key=len, reverse=True)
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, longest_first)) + r")\b")
    return lambda text: pattern.sub(lambda found: known[found[1]], text)
