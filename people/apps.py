"""The people room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Puts the pages of the room on the rail and its people into the search; lets them be imported."""

    name = "people"
    verbose_name = _("Organizations and people")

    def ready(self) -> None:
        """Register pages, search and the files that can be imported."""
        from people import import_kinds  # noqa: PLC0415  # needs the models
        from people.pages import register_pages  # noqa: PLC0415  # likewise
        from people.services.imports import EMPLOYEES  # noqa: PLC0415  # likewise

        register_pages()
        import_kinds.register(EMPLOYEES)
