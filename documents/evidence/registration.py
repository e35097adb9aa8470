"""What evidence gives to the people room: the case file's entries and its bundle, a section of the profile."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from documents.evidence.access import can_build_bundle
from documents.evidence.contents import own_parts
from documents.registry import register_bundle_part
from documents.selectors import documents_of
from documents.timeline import timeline
from people.models import Employee, Membership
from people.registry import (
    CaseFileAction,
    ProfileSection,
    register_case_file_action,
    register_profile_section,
    register_timeline,
)
from people.rules import can_view_case_file
from pipcycle.ui import screens
from pipcycle.ui.screens import LIGHT, PHONE, Screen

MOST_ON_PROFILE = 10


def register_evidence() -> None:
    """Fill the registries."""
    register_timeline(timeline)
    register_bundle_part(own_parts)
    register_case_file_action(
        CaseFileAction(
            label=_("Bundle of evidence"),
            icon="folder-archive",
            url_name="documents:evidence",
            visible=can_build_bundle,
        )
    )
    register_profile_section(
        ProfileSection(
            key="documents",
            title=_("Documents"),
            template="documents/_profile.html",
            order=25,
            visible=has_documents,
            context=profile_context,
        )
    )
    case_file = (screens.FIRST_ROW, 'main a[href$="/case-file/"]', 'main a[href*="/evidence/of/"]')
    screens.register(
        Screen(name="evidence", path=screens.PEOPLE, roles=("hr",), follow=case_file, looks=(LIGHT, PHONE)),
        Screen(
            name="evidence-bundle",
            path=f"{screens.PEOPLE}?q=alice",
            roles=("hr",),
            follow=(*case_file, "main tbody th a"),
            looks=(LIGHT, PHONE),
        ),
    )


def has_documents(member: Membership, employee: Employee) -> bool:
    """Return whether the profile lists documents: to those who may open the case file, once there is one."""
    return can_view_case_file(member, employee) and bool(documents_of(member, employee))


def profile_context(member: Membership, employee: Employee) -> dict[str, Any]:
    """Return the latest documents the member may read."""
    documents = documents_of(member, employee)
    return {"documents": documents[:MOST_ON_PROFILE], "has_more": len(documents) > MOST_ON_PROFILE}
