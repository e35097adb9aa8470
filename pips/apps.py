"""The pips room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PipsConfig(AppConfig):
    """Name and label of the room."""

    name = "pips"
    verbose_name = _("Improvement plans")
