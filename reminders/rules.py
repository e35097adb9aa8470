"""Who may look after the organization's mail."""

from people.models import Membership
from people.rules import is_hr_admin


def can_view_mail(member: Membership) -> bool:
    """Return whether the member may see which messages did not arrive, and have them sent again."""
    return is_hr_admin(member)
