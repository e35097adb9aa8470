"""What check-ins give to the rooms below: obligation kinds, an observer of leave, sections, pages, pictures."""

from django.utils.translation import gettext_lazy as _

from feedback import check_in_sharing as sharing
from feedback.check_in_obligations import register_obligation_kinds
from feedback.registry import register_talking_points
from feedback.services.dates import leaves_changed
from feedback.talking_points import goals_off_track, new_signals
from people.models import Membership
from people.registry import ProfileSection, register_leave_observer, register_profile_section
from people.rules import is_hr_partner, is_manager
from people.selectors.accounts import employee_of
from pipcycle.ui import navigation, screens, search
from pipcycle.ui.screens import LIGHT, PHONE, Screen
from reminders.registry import HomeSection, register_home_section


def register_check_ins() -> None:
    """Fill the registries."""
    register_obligation_kinds()
    register_leave_observer(leaves_changed)
    register_talking_points(goals_off_track, order=10)
    register_talking_points(new_signals, order=20)
    register_home_section(
        HomeSection(
            key="check-ins",
            title=_("Check-ins"),
            template="feedback/check_ins/_home.html",
            order=5,
            visible=sharing.meets_regularly,
            context=sharing.home_context,
        )
    )
    register_profile_section(
        ProfileSection(
            key="check-ins",
            title=_("Check-ins"),
            template="feedback/check_ins/_profile.html",
            order=15,
            visible=sharing.sees_check_ins_of,
            context=sharing.profile_context,
        )
    )
    navigation.register(
        navigation.NavigationItem(
            section=navigation.Section.MY_WORK,
            label=_("Check-ins"),
            url_name="feedback:series_list",
            visible=has_check_ins_to_see,
            order=30,
        )
    )
    navigation.register(
        navigation.NavigationItem(
            section=navigation.Section.TEAM,
            label=_("Team check-ins"),
            url_name="feedback:team_check_ins",
            visible=is_manager,
            order=60,
        )
    )
    search.register("check-ins", sharing.find_check_ins)
    _register_screens()


def has_check_ins_to_see(member: Membership) -> bool:
    """Return whether the list is of use: to everybody employed, and to HR partners."""
    return employee_of(member) is not None or is_hr_partner(member)


def _register_screens() -> None:
    check_ins = f"{screens.PORTAL}/check-ins/"
    next_one = 'main a[href*="/meetings/"]'
    screens.register(
        Screen(name="check-ins", path=check_ins, roles=("employee", "manager", "hr")),
        Screen(name="check-ins-team", path=f"{check_ins}team/", roles=("manager", "hr"), looks=(LIGHT, PHONE)),
        Screen(name="check-in-series", path=check_ins, roles=("employee", "manager"), follow=(screens.FIRST_ROW,)),
        Screen(name="check-in-now", path=check_ins, roles=("employee", "manager"), follow=(next_one,)),
        Screen(
            name="check-in-record",
            path=check_ins,
            roles=("manager",),
            follow=(next_one, 'main a[href$="/record/"]'),
        ),
        Screen(name="check-ins-new", path=f"{check_ins}new/", roles=("manager",), looks=(LIGHT, PHONE)),
        Screen(name="private-notes", path=f"{check_ins}private-notes/", roles=("manager", "employee")),
    )
