"""The reviews room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    """Name of the room, and what it adds to the rooms below it."""

    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        """Fill the registries of the rooms below."""
        from reviews import registration  # noqa: PLC0415  # models must be ready first

        registration.register()
