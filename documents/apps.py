"""The documents room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Name and label of the room, and what it adds to the room below it."""

    name = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        """Fill the registries: navigation, screens, the case file, the profile, bundles of evidence."""
        from documents import registration  # noqa: PLC0415  # models must be ready first

        registration.register()
