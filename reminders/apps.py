"""The reminders room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemindersConfig(AppConfig):
    """Name and label of the room."""

    name = "reminders"
    verbose_name = _("Obligations and reminders")
