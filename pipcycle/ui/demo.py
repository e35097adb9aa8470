"""The sign-ins of the demo tenants, in one place: the sign-in page, the start message and the screens use it."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

DEMO_PASSWORD = "pipcycle-demo"  # noqa: S105  # public by design, only ever set by the demo seed
DEMO_ORGANIZATIONS = {"harbor": "Harbor Logistics", "alder": "Alder Health"}
DEMO_ROLES = {
    "hr": _("HR partner"),
    "manager": _("Manager"),
    "employee": _("Employee"),
    "admin": _("HR admin"),
    "executive": _("Executive"),
}


def sign_ins() -> list[dict[str, Any]]:
    """Return organizations with their people: role, e-mail, password; empty unless this is a demo."""
    if not settings.DEMO:
        return []
    return [
        {
            "slug": slug,
            "name": name,
            "people": [
                {"role": role, "name": key, "email": f"{key}@{slug}.example", "password": DEMO_PASSWORD}
                for key, role in DEMO_ROLES.items()
            ],
        }
        for slug, name in DEMO_ORGANIZATIONS.items()
    ]
