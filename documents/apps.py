"""The documents room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Name and label of the room."""

    name = "documents"
    verbose_name = _("Documents")
