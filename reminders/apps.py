"""The reminders room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pipcycle.ui import navigation


class RemindersConfig(AppConfig):
    """Puts the home page on the rail."""

    name = "reminders"
    verbose_name = _("Obligations and reminders")

    def ready(self) -> None:
        """Register the home page."""
        navigation.register(
            navigation.NavigationItem(
                section=navigation.Section.MY_WORK, label=_("To do"), url_name="reminders:home", order=0
            )
        )
