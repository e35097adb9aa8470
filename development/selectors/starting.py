"""What a new plan, or a new action, starts with: filled in from what the portal knows; the person changes it freely."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from development.enums import ActionKind
from development.origin import Origin
from goals.starters import facts_of_signal
from metrics.explanations import explain_signal
from metrics.selectors.skills import Skill, skills_of
from people.models import Employee
from pips.enums import Verdict
from pips.models import Plan

USUAL_DAYS, ACTION_DAYS = 180, 90
MOST_GAPS = 3
MOST_STRENGTHS = 3


def first_plan(employee: Employee, origin: Origin) -> dict[str, Any]:
    """Return the first values of the form: ``plan``, ``gaps`` and ``actions``, as the form's rows take them."""
    skills = skills_of(employee)
    today = timezone.localdate()
    return {
        "plan": {
            "starts_on": today,
            "ends_on": today + datetime.timedelta(days=USUAL_DAYS),
            "aspiration": "",
            "strengths": _strengths(skills),
        },
        "gaps": gap_rows(skills, first=origin.competency.pk if origin.competency is not None else None),
        "actions": list(action_rows(employee, origin)) or [{}],
    }


def gap_rows(skills: Sequence[Skill], *, first: int | None = None) -> list[dict[str, Any]]:
    """Return what the job asks and nobody sees yet, the widest gap first; the competency asked for leads."""
    missing = sorted(
        (skill for skill in skills if skill.gap.is_missing),
        key=lambda skill: (skill.competency.pk != first, -(skill.gap.levels or 0), skill.competency.name),
    )
    return [
        {
            "competency": skill.competency.pk,
            "current_level": skill.gap.view or "",
            "target_level": skill.expected,
        }
        for skill in missing[:MOST_GAPS]
    ]


def action_rows(employee: Employee, origin: Origin) -> Iterable[dict[str, Any]]:
    """Yield the actions the origin suggests, each a row to rewrite; nothing without one."""
    if origin.signal is not None:
        metric = origin.signal.series.metric
        yield _row(
            employee,
            title=_("Find out what would help with “%(metric)s”, and try it") % {"metric": metric.name},
            measure=str(facts_of_signal(origin.signal)["title"]),
            resources=explain_signal(origin.signal),
        )
    elif origin.goal is not None:
        title = _("Learn what the goal “%(goal)s” needs") % {"goal": origin.goal.title}
        yield _row(employee, title=title, measure=origin.goal.title, due_on=origin.goal.due_on)
    elif origin.outcome_of is not None:
        yield from _from_outcome(employee, origin.outcome_of)
    elif origin.competency is not None:
        title = _("Practise “%(name)s” in a task at work") % {"name": origin.competency.name}
        yield _row(employee, title=title, competency=origin.competency.pk, measure=origin.competency.description)


def _from_outcome(employee: Employee, plan: Plan) -> Iterable[dict[str, Any]]:
    """Yield one action for each expectation that was not wholly met, or one to keep up what was."""
    expectations = plan.expectations.select_related("result").filter(
        result__verdict__in=[Verdict.PARTLY, Verdict.NOT_MET]
    )
    rows = [
        _row(employee, title=_("Work on: %(expectation)s") % {"expectation": one.title}, measure=one.measure)
        for one in expectations[:MOST_GAPS]
    ]
    yield from rows or [_row(employee, title=_("Keep up what the plan has reached"))]


def _row(employee: Employee, *, title: str, due_on: datetime.date | None = None, **more: Any) -> dict[str, Any]:
    today = timezone.localdate()
    usual = today + datetime.timedelta(days=ACTION_DAYS)
    return {
        "kind": ActionKind.EXPERIENCE,
        "title": title[:200],
        "owner": employee.pk,
        "starts_on": today,
        "due_on": due_on if due_on is not None and due_on > today else usual,
        **more,
    }


def _strengths(skills: Sequence[Skill]) -> str:
    """Return what is seen as the job expects it, or above, in a line; empty where nothing is rated."""
    rated = [skill for skill in skills if skill.gap.levels is not None and not skill.gap.is_missing]
    best = sorted(rated, key=lambda skill: (skill.gap.levels or 0, -(skill.gap.view or 0), skill.competency.name))
    return ", ".join(skill.competency.name for skill in best[:MOST_STRENGTHS])


def first_aspiration(job: str) -> str:
    """Return the sentence a chosen job starts the aspiration with."""
    when = timezone.localdate() + datetime.timedelta(days=2 * USUAL_DAYS)
    return _("I want to be ready for the job “%(job)s” by %(when)s.") % {
        "job": job,
        "when": date_format(when, "F Y"),
    }
