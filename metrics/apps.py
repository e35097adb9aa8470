"""The metrics room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MetricsConfig(AppConfig):
    """Name of the room, and what it adds to the rooms below it."""

    name = "metrics"
    verbose_name = _("Metrics")

    def ready(self) -> None:
        """Fill the registries of the rooms below."""
        from metrics import registration  # noqa: PLC0415  # models must be ready first

        registration.register()
