"""What pulses and exit interviews give to the rooms below: kinds of obligation, pages, an observer, pictures."""

from django.utils.translation import gettext_lazy as _

from people.registry import register_departure_observer
from pipcycle.ui import navigation, screens
from pipcycle.ui.screens import LIGHT, PHONE, Screen
from reviews.pulse_obligations import register_obligation_kinds
from reviews.pulse_rules import can_read_exit_themes, can_read_pulses
from reviews.services.exits import employee_left


def register() -> None:
    """Fill every registry; called once, when the application is ready."""
    register_obligation_kinds()
    register_departure_observer(employee_left)
    item, section = navigation.NavigationItem, navigation.Section.ORGANIZATION
    navigation.register(
        item(section=section, label=_("Pulse"), url_name="reviews:pulse_list", visible=can_read_pulses, order=46)
    )
    navigation.register(
        item(
            section=section,
            label=_("Exit interviews"),
            url_name="reviews:exit_list",
            visible=can_read_exit_themes,
            order=47,
        )
    )
    _register_screens()


def _register_screens() -> None:
    pulses, exits = f"{screens.PORTAL}/reviews/pulses/", f"{screens.PORTAL}/reviews/exits/"
    readers = ("hr", "executive", "manager")
    screens.register(
        Screen(name="pulses", path=pulses, roles=("hr",), looks=(LIGHT, PHONE)),
        Screen(name="pulse", path=pulses, roles=readers, follow=(screens.FIRST_ROW,)),
        Screen(name="pulse-new", path=f"{pulses}new/", roles=("hr",), looks=(LIGHT, PHONE)),
        Screen(
            name="pulse-answer",
            path=f"{screens.PORTAL}/",
            roles=("employee",),
            follow=('main a[href*="/reviews/pulses/rounds/"]',),
        ),
        Screen(name="exits", path=exits, roles=("hr", "executive")),
        Screen(name="exit", path=exits, roles=("hr",), follow=(screens.FIRST_ROW,), looks=(LIGHT, PHONE)),
    )
