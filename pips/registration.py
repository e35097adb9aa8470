"""What this room gives to the rooms below: obligation kinds, observers, access to documents, figures, its pages."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from documents.registry import (
    register_bundle_part,
    register_bundle_subject,
    register_document_access,
    register_shipped_templates,
)
from feedback.registry import register_talking_points
from metrics.registry import TeamColumn, TeamFact, register_support_starter, register_team_facts
from people.models import Employee, Membership
from people.registry import (
    register_departure_observer,
    register_leave_observer,
    register_protected_observer,
    register_timeline,
)
from pips import evidence
from pips.calendar import calendar
from pips.models import Plan
from pips.obligations import About, register_obligation_kinds
from pips.pages import register_pages
from pips.plan_templates import shipped_plan_templates
from pips.registration_discipline import register_discipline
from pips.rules import can_view_plan
from pips.selectors.plans import (
    check_ins_of_running_plans,
    plans_about,
)
from pips.services.closing import employee_left
from pips.services.leave_effects import leaves_changed
from pips.services.legal import protected_changed
from pips.signals import plan_starter
from pips.talking_points import support_due
from pips.timeline import timeline
from reminders.registry import register_calendar


def register() -> None:
    """Fill every registry; called once, when the application is ready."""
    register_obligation_kinds()
    register_leave_observer(leaves_changed)
    register_leave_observer(protected_changed)
    register_protected_observer(protected_changed)
    register_document_access(About.PLAN, may_read_document, readable=readable_plans)
    register_document_access(About.OUTCOME, may_read_document, readable=readable_plans)
    register_departure_observer(employee_left)
    register_discipline()
    register_shipped_templates(shipped_plan_templates())
    register_support_starter(plan_starter())
    register_team_facts(check_in_columns)
    register_talking_points(support_due, order=40)
    register_timeline(timeline)
    register_calendar(calendar)
    register_bundle_part(evidence.parts)
    register_bundle_subject(evidence.subjects)
    register_pages()


def may_read_document(member: Membership, document: Document) -> bool:
    """Return whether the member may read a document about a plan: whoever may read the plan."""
    plan = Plan.objects.select_related("employee").filter(pk=document.about_id).first()
    return plan is not None and can_view_plan(member, plan)


def readable_plans(member: Membership, employee: Employee) -> QuerySet[Any, Any]:
    """Return the keys of the employee's plans whose documents the member may read."""
    return plans_about(member, employee).order_by().values_list("pk", flat=True)


def check_in_columns(employee_ids: Collection[int]) -> list[TeamColumn]:
    """Return the column of the team page on check-ins of running plans: the next one, overdue ones first, and the last.

    Whoever reads the figures of these people may read their running plans as well; one statement.
    """
    facts = {row["plan__employee"]: _check_in_fact(row) for row in check_ins_of_running_plans(employee_ids)}
    return [TeamColumn(key="check-ins", title=_("Check-ins"), facts=facts)]


def _check_in_fact(row: dict[str, Any]) -> TeamFact:
    last, due = row["last_held"], row["next_due"]
    note = gettext("last held %(day)s") % {"day": date_format(last, "j M")} if last else gettext("none held yet")
    if due is None:
        return TeamFact(value=gettext("all held"), note=note)
    day = {"day": date_format(due, "j M")}
    if due < timezone.localdate():
        return TeamFact(value=gettext("overdue since %(day)s") % day, note=note, kind="warning")
    return TeamFact(value=gettext("next %(day)s") % day, note=note)
