"""What development plans give to the rooms below: duties, pages, sections, ways to start, pictures."""

from django.utils.translation import gettext_lazy as _

from development import sharing
from development.obligations import ABOUT_PLAN, register_obligation_kinds
from development.selectors.documents import may_read_document, readable_plans
from development.services.upkeep import employment_ended
from development.starters import goal_link, outcome_step, skill_action, support_starter
from development.timeline import timeline
from development.views.lists import follows_others
from documents.registry import register_document_access
from feedback.registry import register_talking_points
from goals.registry import register_goal_link
from metrics.registry import register_skill_action, register_support_starter, register_team_facts
from people.models import Membership
from people.registry import (
    JobSection,
    ProfileSection,
    register_departure_observer,
    register_job_section,
    register_profile_section,
    register_timeline,
)
from people.rules import is_hr_partner
from people.selectors.accounts import employee_of
from pipcycle.ui import navigation, screens, search
from pipcycle.ui.screens import LIGHT, PHONE, Screen
from pips.registry import register_outcome_step
from reminders.registry import HomeSection, register_home_section


def register_plans() -> None:
    """Fill the registries."""
    register_obligation_kinds()
    register_document_access(ABOUT_PLAN, may_read_document, readable=readable_plans)
    register_departure_observer(employment_ended)
    register_timeline(timeline)
    register_support_starter(support_starter())
    register_skill_action(skill_action())
    register_goal_link(goal_link())
    register_outcome_step(outcome_step())
    register_team_facts(sharing.team_columns)
    register_talking_points(sharing.actions_to_talk_about, order=35)
    register_talking_points(sharing.anniversary_to_talk_about, order=45)
    search.register("development", sharing.find_plans)
    _register_pages()
    _register_sections()
    _register_screens()


def has_development_to_see(member: Membership) -> bool:
    """Return whether the page is of use: to everybody employed, and to HR partners."""
    return employee_of(member) is not None or is_hr_partner(member)


def _register_pages() -> None:
    item, section = navigation.NavigationItem, navigation.Section
    for entry in (
        item(
            section=section.MY_WORK,
            label=_("Development"),
            url_name="development:mine",
            visible=has_development_to_see,
            order=35,
        ),
        item(
            section=section.TEAM,
            label=_("Team development"),
            url_name="development:team",
            visible=follows_others,
            order=65,
        ),
    ):
        navigation.register(entry)


def _register_sections() -> None:
    register_home_section(
        HomeSection(
            key="development",
            title=_("Development actions"),
            template="development/_home.html",
            order=15,
            visible=sharing.has_open_actions,
            context=sharing.home_context,
        )
    )
    for section in (
        ProfileSection(
            key="development",
            title=_("Development"),
            template="development/_profile.html",
            order=20,
            visible=sharing.sees_development_of,
            context=sharing.profile_context,
        ),
        ProfileSection(
            key="milestones",
            title=_("Milestones"),
            template="development/_profile_milestones.html",
            order=33,
            visible=sharing.sees_milestones_of,
            context=sharing.milestones_context,
        ),
    ):
        register_profile_section(section)
    register_job_section(
        JobSection(
            key="ladder",
            title=_("On the ladder"),
            template="development/career/_job_section.html",
            order=30,
            visible=sharing.sees_ladder_of,
            context=sharing.ladder_context,
        )
    )


def _register_screens() -> None:
    root = f"{screens.PORTAL}/development/"
    running, submitted = screens.row_with("Running"), screens.row_with("Submitted")
    an_action = "main .dev-action__title a"
    screens.register(
        Screen(name="development", path=root, roles=("employee", "manager", "hr")),
        Screen(name="development-team", path=f"{root}team/", roles=("manager", "hr")),
        Screen(name="development-plan", path=f"{root}team/?state=running", roles=("manager",), follow=(running,)),
        Screen(
            name="development-own-plan",
            path=root,
            roles=("employee",),
            follow=('main a[href*="/development/plans/"].button--primary',),
        ),
        Screen(
            name="development-answer",
            path=f"{root}team/?state=submitted",
            roles=("manager",),
            follow=(submitted, screens.step("answer")),
        ),
        Screen(
            name="development-new",
            path=f"{root}team/?state=none",
            roles=("manager",),
            follow=('main tbody a[href*="/development/start/"]',),
        ),
        Screen(name="development-action", path=root, roles=("employee",), follow=(an_action,)),
        Screen(
            name="development-action-new",
            path=f"{root}team/?state=running",
            roles=("manager",),
            follow=(running, 'main a[href$="/actions/new/"]'),
            looks=(LIGHT, PHONE),
        ),
        Screen(name="career", path=f"{root}career/", roles=("employee", "manager")),
        Screen(
            name="career-job",
            path=f"{root}career/",
            roles=("employee",),
            follow=("main .ladder__rung:nth-last-child(2) .ladder__name",),
        ),
        Screen(name="ladder", path=f"{root}ladder/", roles=("hr", "employee"), looks=(LIGHT, PHONE)),
        Screen(name="milestones", path=f"{root}milestones/", roles=("employee",), looks=(LIGHT, PHONE)),
    )
