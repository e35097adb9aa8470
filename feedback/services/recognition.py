"""Giving recognition and taking it off; values, walls and the wish not to appear."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback import recognition_rules as rules
from feedback.models import OrganizationValue, Recognition, RecognitionOptOut, RecognitionPolicy, TeamWall
from feedback.selectors.recognition import goals_to_recognize, has_team, is_opted_out
from feedback.services.note_notices import tell
from goals.models import Goal
from people.addresses import portal_url
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from pipcycle.errors import DomainError


def give_recognition(
    *,
    actor: Membership,
    receiver: Employee,
    text: str,
    value: OrganizationValue | None = None,
    goal: Goal | None = None,
) -> Recognition:
    """Recognize a colleague for something that served a value or a goal.

    Raises PermissionDenied for whoever is not employed; DomainError for oneself, leavers, people who do not want to
    appear, or without a value and a goal.
    """
    own = employee_of(actor)
    if not rules.can_recognize(actor) or own is None:
        raise PermissionDenied
    text = text.strip()
    _check(own, receiver, text)
    _check_tie(actor, receiver, value, goal)
    with transaction.atomic():
        given = Recognition.objects.create(author=own, receiver=receiver, text=text, value=value, goal=goal)
        tell(
            receiver,
            key=f"recognition:{given.pk}",
            subject=_("A colleague recognizes your work"),
            line=_("It stands on your profile. You decide whether you appear in recognition at all."),
            url=portal_url(receiver.organization, "feedback:recognition_home"),
        )
    return given


def withdraw_recognition(*, actor: Membership, recognition: Recognition, reason: str = "") -> Recognition:
    """Take recognition off; who did it and why is kept. Raises PermissionDenied, or DomainError when it is off."""
    if not rules.can_withdraw_recognition(actor, recognition):
        raise PermissionDenied
    with transaction.atomic():
        changed = Recognition.objects.filter(pk=recognition.pk, withdrawn_at__isnull=True).update(
            withdrawn_at=timezone.now(), withdrawn_by=actor, withdrawn_reason=reason.strip()
        )
        if not changed:
            raise DomainError(_("This was taken off meanwhile."))
    recognition.refresh_from_db()
    return recognition


def set_wall_open(*, actor: Membership, manager: Employee, is_open: bool) -> TeamWall:
    """Open the wall of one's own team, or close it. Raises PermissionDenied, or DomainError without a team."""
    if not rules.can_open_wall(actor, manager):
        raise PermissionDenied
    if not has_team(manager):
        raise DomainError(_("Nobody reports to you directly, so there is no team for a wall."))
    wall, _made = TeamWall.objects.update_or_create(
        manager=manager, defaults={"is_open": is_open, "changed_by": actor, "changed_at": timezone.now()}
    )
    return wall


def set_walls_open_for_all(*, actor: Membership, is_open: bool) -> RecognitionPolicy:
    """Give every team a wall unless its manager closes it, or leave it to the managers. Raises PermissionDenied."""
    if not rules.can_define_values(actor):
        raise PermissionDenied
    facts = {"walls_open": is_open, "changed_by": actor, "changed_at": timezone.now()}
    policy, _made = RecognitionPolicy.objects.update_or_create(organization_id=actor.organization_id, defaults=facts)
    return policy


def set_opted_out(*, actor: Membership, is_opted_out: bool) -> None:
    """Appear in recognition or not; takes effect everywhere at once. Raises PermissionDenied for one not employed."""
    own = employee_of(actor)
    if own is None or not actor.is_active:
        raise PermissionDenied
    if is_opted_out:
        RecognitionOptOut.objects.get_or_create(employee=own)
    else:
        RecognitionOptOut.objects.filter(employee=own).delete()


def save_value(
    *,
    actor: Membership,
    name: str,
    description: str,
    position: int,
    is_retired: bool = False,
    value: OrganizationValue | None = None,
) -> OrganizationValue:
    """Write a value of the organization, a new one or the one given. Raises PermissionDenied, or DomainError."""
    if not rules.can_define_values(actor):
        raise PermissionDenied
    name = " ".join(name.split())
    same = OrganizationValue.objects.filter(name__iexact=name).exclude(pk=value.pk if value else None)
    if same.exists():
        raise DomainError(
            _("There is a value “%(name)s” already. Change that one, or choose another name.") % {"name": name}
        )
    written = value or OrganizationValue()
    written.name, written.description, written.position = name, description.strip(), position
    written.is_retired = is_retired
    written.save()
    return written


def _check(own: Employee, receiver: Employee, text: str) -> None:
    if receiver.pk == own.pk:
        raise DomainError(_("Recognize somebody else; your own work stands in your goals."))
    if receiver.has_left:
        raise DomainError(_("%(name)s has left the organization.") % {"name": receiver.full_name})
    if is_opted_out(receiver):
        raise DomainError(
            _("%(name)s prefers not to appear in recognition. Write a feedback note instead.")
            % {"name": receiver.full_name}
        )
    if not text:
        raise DomainError(_("Say what it is for, so that others can learn from it."))


def _check_tie(actor: Membership, receiver: Employee, value: OrganizationValue | None, goal: Goal | None) -> None:
    if value is None and goal is None:
        raise DomainError(_("Choose a value it shows, or a goal it served."))
    if value is not None and value.is_retired:
        raise DomainError(_("This value is no longer offered. Choose another one."))
    if goal is not None and not goals_to_recognize(actor, receiver).filter(pk=goal.pk).exists():
        raise DomainError(_("Choose a goal of the person you recognize."))
