"""The pips room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PipsConfig(AppConfig):
    """Name and label of the room, and what it adds to the rooms below it."""

    name = "pips"
    verbose_name = _("Improvement plans")

    def ready(self) -> None:
        """Fill the registries: obligation kinds, leave, documents, home, profile and navigation."""
        from pips import registration  # noqa: PLC0415  # models must be ready first

        registration.register()
