"""The people room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Name and label of the room."""

    name = "people"
    verbose_name = _("Organizations and people")
