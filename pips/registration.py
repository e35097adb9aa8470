"""What this room gives to the rooms below: obligation kinds, an observer of leave, access to documents, pages."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from documents.registry import register_document_access
from metrics.registry import TeamColumn, TeamFact, register_support_starter, register_team_facts
from people.addresses import portal_url
from people.enums import Role
from people.models import Employee, Membership
from people.registry import ProfileSection, register_leave_observer, register_profile_section
from people.rules import is_manager, is_self
from people.selectors.accounts import employee_of
from pipcycle.ui import navigation, search
from pips.models import Plan
from pips.obligations import About, register_obligation_kinds
from pips.rules import Standing, can_view_plan, standing_towards
from pips.selectors import check_ins_of_running_plans, plans_about, plans_visible_to, running_plans_visible_to
from pips.services.dates import leaves_changed
from pips.signals import plan_starter
from reminders.registry import HomeSection, register_home_section

MOST_ON_HOME = 8


def register() -> None:
    """Fill every registry; called once, when the application is ready."""
    register_obligation_kinds()
    register_leave_observer(leaves_changed)
    register_document_access(About.PLAN, may_read_document)
    register_support_starter(plan_starter())
    register_home_section(
        HomeSection(
            key="plans",
            title=_("Plans under way"),
            template="pips/_home_plans.html",
            order=20,
            visible=leads_plans,
            context=home_context,
        )
    )
    register_profile_section(
        ProfileSection(
            key="plans",
            title=_("Plans"),
            template="pips/_profile_plans.html",
            order=20,
            visible=sees_plans_of,
            context=profile_context,
        )
    )
    navigation.register(
        navigation.NavigationItem(
            section=navigation.Section.PLANS, label=_("Plans"), url_name="pips:plan_list", visible=sees_plans, order=10
        )
    )
    search.register("plans", find_plans)
    register_team_facts(check_in_columns)


def may_read_document(member: Membership, document: Document) -> bool:
    """Return whether the member may read a document about a plan: whoever may read the plan."""
    plan = Plan.objects.select_related("employee").filter(pk=document.about_id).first()
    return plan is not None and can_view_plan(member, plan)


def leads_plans(member: Membership) -> bool:
    """Return whether plans of others concern the member: managers and HR partners."""
    return member.has_role(Role.HR_PARTNER) or is_manager(member)


def sees_plans(member: Membership) -> bool:
    """Return whether the list of plans is of use to the member; an employee sees it once they have been handed one."""
    if leads_plans(member):
        return True
    own = employee_of(member)
    return own is not None and Plan.objects.filter(employee=own, issued_at__isnull=False).exists()


def home_context(member: Membership) -> dict[str, Any]:
    """Return the running plans the member may read, those that end first at the top, and how many there are."""
    plans = list(running_plans_visible_to(member)[: MOST_ON_HOME + 1])
    return {"plans": plans[:MOST_ON_HOME], "has_more": len(plans) > MOST_ON_HOME}


def sees_plans_of(member: Membership, employee: Employee) -> bool:
    """Return whether the profile shows a section on plans: never to people who could not read one."""
    if is_self(member, employee):
        return plans_about(member, employee).exists()
    return bool(standing_towards(member, employee))


def profile_context(member: Membership, employee: Employee) -> dict[str, Any]:
    """Return the employee's plans the member may read, and whether the member could draft one."""
    plans = list(plans_about(member, employee))
    may_draft = Standing.MANAGER in standing_towards(member, employee)
    has_open = any(not plan.is_ended for plan in plans)
    return {"plans": plans, "can_draft": may_draft and not has_open and not employee.has_left}


def find_plans(member: Membership, words: str) -> Iterable[search.SearchResult]:
    """Yield the plans the member may read in whose title or employee every word is found."""
    plans = plans_visible_to(member)
    for word in words.split():
        plans = plans.filter(
            Q(title__icontains=word)
            | Q(employee__given_name__icontains=word)
            | Q(employee__family_name__icontains=word)
        )
    for plan in plans[: search.PER_PROVIDER]:
        yield search.SearchResult(
            title=plan.title,
            url=portal_url(member.organization, "pips:plan_detail", plan_id=plan.pk),
            note=f"{plan.employee.full_name} · {plan.get_status_display()}",
            icon="milestone",
        )


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
