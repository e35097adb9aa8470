"""The record of who read what is confidential."""

from people.models import AccessRecord, Membership


def record_access(*, member: Membership, about_type: str, about_id: int | str, action: str = "read") -> AccessRecord:
    """Record that the member has read (or downloaded, exported) a confidential object."""
    return AccessRecord.objects.create(member=member, about_type=about_type, about_id=str(about_id), action=action)
