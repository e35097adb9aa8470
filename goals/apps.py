"""The goals room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoalsConfig(AppConfig):
    """Name of the room, and what it adds to the rooms below it."""

    name = "goals"
    verbose_name = _("Goals")

    def ready(self) -> None:
        """Fill the registries of the rooms below."""
        from goals import registration  # noqa: PLC0415  # models must be ready first

        registration.register()
