"""What this room gives to the rooms below: obligation kinds, pages, sections of the home page and of the profile."""

from django.utils.translation import gettext_lazy as _

from metrics.charts.examples import gallery_charts
from metrics.rules import can_define_metrics
from pipcycle.ui import gallery, navigation, screens
from pipcycle.ui.screens import LIGHT, PHONE, Screen


def register() -> None:
    """Fill every registry; called once, when the application is ready."""
    _register_definitions()
    _register_charts()


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
