"""The people room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Puts the pages of the room on the rail and its people into the search."""

    name = "people"
    verbose_name = _("Organizations and people")

    def ready(self) -> None:
        """Register pages and search."""
        from people.pages import register_pages  # noqa: PLC0415  # needs the models

        register_pages()
