"""The feedback room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    """Name of the room, and what it adds to the rooms below it."""

    name = "feedback"
    verbose_name = _("Feedback")

    def ready(self) -> None:
        """Fill the registries of the rooms below."""
        from feedback import registration  # noqa: PLC0415  # models must be ready first

        registration.register()
