"""What cycles, objectives and the list of goals give to the rooms below: a kind of obligation, pages, results."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goals.figures import organization_facts
from goals.proposals import register_proposals
from goals.selectors.goals import goals_visible_to
from goals.selectors.tree import objectives_visible_to
from metrics.registry import register_organization_facts
from people.addresses import portal_url
from people.models import Membership
from people.rules import is_hr_partner, is_manager
from people.selectors.accounts import employee_of
from pipcycle.ui import navigation, screens, search
from pipcycle.ui.screens import LIGHT, PHONE, Screen


def register_structure() -> None:
    """Fill the registries."""
    register_proposals()
    item, section = navigation.NavigationItem, navigation.Section
    for entry in (
        item(section=section.MY_WORK, label=_("Goals"), url_name="goals:goal_list", visible=has_goals_to_see, order=20),
        item(section=section.ORGANIZATION, label=_("Objectives"), url_name="goals:objective_tree", order=40),
        # Cycles and templates are tabs of this page: HR finds all three in one place, and the rail stays short.
    ):
        navigation.register(entry)
    register_organization_facts(organization_facts)
    _register_screens()
    search.register("objectives", find_objectives)
    search.register("goals", find_goals)


def _register_screens() -> None:
    goals = f"{screens.PORTAL}/goals/"
    screens.register(
        Screen(name="goals", path=goals, roles=("employee", "manager", "hr")),
        Screen(name="goals-by-person", path=f"{goals}?group=person", roles=("manager",), looks=(LIGHT, PHONE)),
        Screen(name="objectives", path=f"{goals}objectives/", roles=("employee", "manager", "hr", "executive")),
        Screen(
            name="objective",
            path=f"{goals}objectives/",
            roles=("employee", "hr"),
            follow=("main .tree__links a",),
            looks=(LIGHT, PHONE),
        ),
        Screen(name="objective-new", path=f"{goals}objectives/new/", roles=("hr",), looks=(LIGHT, PHONE)),
        Screen(name="goal-cycles", path=f"{goals}cycles/", roles=("hr",)),
        Screen(name="goal-cycle", path=f"{goals}cycles/", roles=("hr", "executive"), follow=(screens.FIRST_ROW,)),
        Screen(name="goal-cycle-new", path=f"{goals}cycles/new/", roles=("hr",), looks=(LIGHT, PHONE)),
        Screen(name="goal-templates", path=f"{goals}templates/", roles=("hr", "manager")),
        Screen(
            name="goals-for-team",
            path=f"{goals}templates/",
            roles=("manager",),
            follow=('main a[href$="/goals/"].button',),
        ),
        Screen(
            name="goals-copying",
            path=goals,
            roles=("manager",),
            follow=('main a[href$="/copying/"]',),
        ),
    )


def has_goals_to_see(member: Membership) -> bool:
    """Return whether the list of goals is of use: to everybody employed, to managers and to HR partners."""
    return employee_of(member) is not None or is_manager(member) or is_hr_partner(member)


def find_objectives(member: Membership, words: str) -> Iterable[search.SearchResult]:
    """Yield the objectives the member may read in which every word is found."""
    found = objectives_visible_to(member)
    for word in words.split():
        found = found.filter(title__icontains=word)
    for one in found.select_related("cycle").order_by("-cycle__starts_on", "pk")[: search.PER_PROVIDER]:
        yield search.SearchResult(
            title=one.title,
            url=portal_url(member.organization, "goals:objective", objective_id=one.pk),
            note=f"{one.get_level_display()} · {one.cycle.name}",
            icon="network",
        )


def find_goals(member: Membership, words: str) -> Iterable[search.SearchResult]:
    """Yield the goals the member may read in whose words or person every word is found."""
    goals = goals_visible_to(member)
    for word in words.split():
        goals = goals.filter(
            Q(title__icontains=word)
            | Q(employee__given_name__icontains=word)
            | Q(employee__family_name__icontains=word)
        )
    for goal in goals.select_related("employee").order_by("-due_on", "-pk")[: search.PER_PROVIDER]:
        yield search.SearchResult(
            title=goal.title,
            url=portal_url(member.organization, "goals:goal_detail", goal_id=goal.pk),
            note=f"{goal.employee.full_name} · {goal.get_status_display()}",
            icon="target",
        )
