"""The demo app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Installed everywhere; its seed and its pages refuse to run outside a demo."""

    name = "demo"
