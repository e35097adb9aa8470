"""The base app: tenancy, UI components, navigation."""

from django.apps import AppConfig


class PipcycleConfig(AppConfig):
    """Adds the same-tenant constraint of every reference once all models are loaded."""

    name = "pipcycle"

    def ready(self) -> None:
        """Declare the database guard of every tenant-to-tenant reference."""
        from pipcycle.tenancy.references import declare_tenant_references  # noqa: PLC0415  # models must be ready first

        declare_tenant_references()
