"""What disciplinary actions add to the rooms below: documents, profile, navigation, search, people who leave."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from documents.registry import register_bundle_part, register_bundle_subject, register_document_access
from people.addresses import portal_url
from people.enums import Role
from people.models import Employee, Membership
from people.registry import (
    ProfileSection,
    register_departure_observer,
    register_profile_section,
    register_timeline,
)
from people.rules import is_manager
from pipcycle.ui import navigation, search
from pips import evidence_discipline
from pips.discipline_filters import with_words
from pips.discipline_rules import can_view_action
from pips.models import DisciplinaryAction
from pips.obligations import About
from pips.selectors.discipline import actions_about, actions_visible_to
from pips.selectors.rail import to_read
from pips.services.discipline.people import employee_left
from pips.timeline_discipline import timeline


def register_discipline() -> None:
    """Fill the registries; called once, when the application is ready."""
    register_document_access(About.ACTION, may_read_letter, readable=readable_actions)
    register_timeline(timeline)
    register_bundle_part(evidence_discipline.parts)
    register_bundle_subject(evidence_discipline.subjects)
    register_departure_observer(employee_left)
    register_profile_section(
        ProfileSection(
            key="discipline",
            title=_("Disciplinary actions"),
            template="discipline/_profile_actions.html",
            order=25,
            visible=has_actions_to_show,
            context=profile_actions,
        )
    )
    navigation.register(
        navigation.NavigationItem(
            section=navigation.Section.PLANS,
            label=_("Disciplinary actions"),
            url_name="discipline:action_list",
            visible=sees_actions,
            order=30,
        )
    )
    search.register("discipline", find_actions)


def may_read_letter(member: Membership, document: Document) -> bool:
    """Return whether the member may read a letter: whoever may read the action it is about."""
    action = DisciplinaryAction.objects.select_related("employee", "appeal").filter(pk=document.about_id).first()
    return action is not None and can_view_action(member, action)


def readable_actions(member: Membership, employee: Employee) -> QuerySet[Any, Any]:
    """Return the keys of the employee's actions whose letters the member may read."""
    return actions_about(member, employee).order_by().values_list("pk", flat=True)


def sees_actions(member: Membership) -> bool:
    """Return whether the list is of use to the member: managers, HR, who was handed one, who hears an appeal."""
    return member.has_role(Role.HR_PARTNER) or is_manager(member) or to_read(member).action


def has_actions_to_show(member: Membership, employee: Employee) -> bool:
    """Return whether the profile has the section: only where there is something to read."""
    return actions_about(member, employee).exists()


def profile_actions(member: Membership, employee: Employee) -> dict[str, Any]:
    """Return the employee's actions the member may read."""
    return {"actions": list(actions_about(member, employee))}


def find_actions(member: Membership, words: str) -> Iterable[search.SearchResult]:
    """Yield the actions the member may read in whose person or policy every word is found."""
    for action in with_words(actions_visible_to(member), words).order_by("-created_at")[: search.PER_PROVIDER]:
        yield search.SearchResult(
            title=action.title,
            url=portal_url(member.organization, "discipline:action_detail", action_id=action.pk),
            note=f"{action.employee.full_name} · {action.get_status_display()}",
            icon="scale",
        )
