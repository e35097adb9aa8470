"""The development room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DevelopmentConfig(AppConfig):
    """Name of the room, and what it adds to the rooms below it."""

    name = "development"
    verbose_name = _("Development")

    def ready(self) -> None:
        """Fill the registries of the rooms below."""
        from development import registration  # noqa: PLC0415  # models must be ready first

        registration.register()
