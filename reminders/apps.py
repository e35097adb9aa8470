"""The reminders room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pipcycle.ui import navigation, screens


class RemindersConfig(AppConfig):
    """Puts the pages of the room on the rail."""

    name = "reminders"
    verbose_name = _("Obligations and reminders")

    def ready(self) -> None:
        """Register the pages."""
        from reminders.rules import can_view_mail  # noqa: PLC0415  # needs the models

        navigation.register(
            navigation.NavigationItem(
                section=navigation.Section.MY_WORK, label=_("To do"), url_name="reminders:home", order=0
            )
        )
        navigation.register(
            navigation.NavigationItem(
                section=navigation.Section.SETTINGS,
                label=_("Mail"),
                url_name="reminders:mail",
                visible=can_view_mail,
                order=60,
            )
        )
        screens.register(
            screens.Screen(name="calendar", path=f"{screens.PORTAL}/settings/calendar/", roles=("employee",))
        )
