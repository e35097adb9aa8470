"""The pages of this room on the rail, its sections on the home page and on profiles, and its results in the search."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.addresses import portal_url
from people.enums import Role
from people.models import Employee, Membership
from people.registry import GuestPage, ProfileSection, register_guest_pages, register_profile_section
from people.rules import is_manager, is_self
from pipcycle.ui import navigation, search
from pips.rules import Standing, can_change_policy, can_see_legal_reviews, standing_towards
from pips.selectors.plans import (
    late_support,
    plans_about,
    plans_visible_to,
    running_plans_visible_to,
)
from pips.selectors.rail import to_read
from reminders.registry import HomeSection, register_home_section

MOST_ON_HOME = 8


def register_pages() -> None:
    """Register what a page of another room shows of this one."""
    for entry in _rail():
        navigation.register(entry)
    for section in _home_sections():
        register_home_section(section)
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
    search.register("plans", find_plans)
    register_guest_pages(plans_of_guest)


def _rail() -> Iterator[navigation.NavigationItem]:
    item, section = navigation.NavigationItem, navigation.Section
    plans = (
        (_("Plans"), "pips:plan_list", sees_plans, 10),
        (_("HR reviews"), "pips:legal_review_list", can_see_legal_reviews, 20),
        (_("Check a text"), "pips:wording_check", leads_plans, 40),
    )
    for label, url_name, visible, order in plans:
        yield item(section=section.PLANS, label=label, url_name=url_name, visible=visible, order=order)
    yield item(
        section=section.SETTINGS,
        label=_("Plan policy"),
        url_name="pips:plan_policy",
        visible=can_change_policy,
        order=30,
    )


def _home_sections() -> Iterator[HomeSection]:
    yield HomeSection(
        key="plans",
        title=_("Plans under way"),
        template="pips/_home_plans.html",
        order=20,
        visible=leads_plans,
        context=home_context,
    )
    yield HomeSection(
        key="late-support",
        title=_("Support that has not arrived"),
        template="pips/_home_late_support.html",
        order=25,
        visible=hears_of_late_support,
        context=late_support_context,
    )


def leads_plans(member: Membership) -> bool:
    """Return whether plans of others concern the member: managers and HR partners."""
    return member.has_role(Role.HR_PARTNER) or is_manager(member)


def sees_plans(member: Membership) -> bool:
    """Return whether the list of plans is of use to the member; others once they may read one."""
    return leads_plans(member) or to_read(member).plan


def home_context(member: Membership) -> dict[str, Any]:
    """Return the running plans the member may read, those that end first at the top, and how many there are."""
    plans = list(running_plans_visible_to(member)[: MOST_ON_HOME + 1])
    return {"plans": plans[:MOST_ON_HOME], "has_more": len(plans) > MOST_ON_HOME}


def hears_of_late_support(member: Membership) -> bool:
    """Return whether the home page says which promises are late: to HR partners, while there are any."""
    return member.has_role(Role.HR_PARTNER) and late_support(member).exists()


def late_support_context(member: Membership) -> dict[str, Any]:
    """Return the promises that are late or did not arrive, the oldest first (rule 13)."""
    return {"promises": list(late_support(member)[:MOST_ON_HOME])}


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


def plans_of_guest(member: Membership) -> Iterator[GuestPage]:
    """Yield the plans somebody from outside stands beside."""
    for plan in plans_visible_to(member).order_by("pk"):
        url = portal_url(member.organization, "pips:plan_detail", plan_id=plan.pk)
        yield GuestPage(title=f"{plan.employee.full_name}: {plan.title}", url=url)
