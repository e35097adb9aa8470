"""What this room gives to the rooms below: obligation kinds, pages, sections of the home page and of the profile."""

from django.utils.translation import gettext_lazy as _

from metrics.charts.examples import gallery_charts
from metrics.rules import can_define_metrics, can_read_aggregates
from people.rules import is_manager
from pipcycle.ui import gallery, navigation, screens
from pipcycle.ui.screens import LIGHT, PHONE, Screen


def register() -> None:
    """Fill every registry; called once, when the application is ready."""
    _register_definitions()
    _register_charts()
    _register_figures()


def _register_charts() -> None:
    gallery.register(gallery.GalleryPart("gallery/_charts.html", gallery_charts))


def _register_definitions() -> None:
    navigation.register(
        navigation.NavigationItem(
            section=navigation.Section.ORGANIZATION,
            label=_("Metrics"),
            url_name="metrics:definition_list",
            visible=can_define_metrics,
            order=50,
        )
    )
    path = f"{screens.PORTAL}/metrics/definitions/"
    screens.register(
        Screen(name="metrics-definitions", path=path, roles=("hr",)),
        Screen(name="metrics-definition", path=path, roles=("hr",), follow=(screens.FIRST_ROW,), looks=(LIGHT, PHONE)),
        Screen(name="metrics-definition-new", path=f"{path}new/", roles=("hr",), looks=(LIGHT, PHONE)),
    )


def _register_figures() -> None:
    item, section = navigation.NavigationItem, navigation.Section
    navigation.register(
        item(section=section.TEAM, label=_("Team figures"), url_name="metrics:own_team", visible=is_manager, order=20)
    )
    navigation.register(
        item(
            section=section.ORGANIZATION,
            label=_("Figures"),
            url_name="metrics:organization",
            visible=can_read_aggregates,
            order=5,
        )
    )
    path = f"{screens.PORTAL}/metrics"
    screens.register(
        Screen(name="figures-team", path=f"{path}/teams/", roles=("manager",)),
        Screen(name="figures-team-everyone", path=f"{path}/teams/?level=everyone", roles=("manager",), looks=(LIGHT,)),
        Screen(name="figures-organization", path=f"{path}/organization/", roles=("executive", "hr")),
        Screen(
            name="figures-department",
            path=f"{path}/organization/",
            roles=("executive",),
            follow=('main tbody th a[href*="/departments/"]',),
        ),
    )
