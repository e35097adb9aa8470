"""Somebody beside the employee, from the house or from outside, asked in by them or by HR for them (rules 17, 18)."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from people.selectors.accounts import employee_of
from people.services.accounts import admit_guest
from people.services.audit import record_access
from pipcycle.errors import DomainError, require
from pips.enums import CompanionKind, NoteKind
from pips.models import Plan, PlanCompanion
from pips.obligations import About
from pips.rules import standing_in
from pips.rules_voice import can_invite_companion, can_revoke_companion
from pips.selectors.voice import member_by_email
from pips.services.moves import write_note
from pips.services.notices import tell


def invite_companion(
    *,
    actor: Membership,
    plan: Plan,
    email: str,
    name: str = "",
    kind: CompanionKind | str = CompanionKind.REPRESENTATIVE,
) -> PlanCompanion:
    """Let somebody read this one plan and its documents: a member known by their address, else a guest by that name.

    Who is asked in hears of it by mail, and so does the employee when HR asks for them. Raises PermissionDenied unless
    the plan is the actor's own or the actor reviews it, DomainError for an address nobody here has without a name, and
    for somebody who can read the plan anyway.
    """
    require(can_invite_companion(actor, plan))
    member = member_by_email(email)
    if member is None and not name.strip():
        raise DomainError(
            _("Nobody of your organization signs in with this address. If they are from outside, give their name."),
            rule=17,
        )
    if member is not None and standing_in(member, plan):
        raise DomainError(_("%(name)s can read this plan already.") % {"name": member}, rule=17)
    with transaction.atomic():
        if member is None or member.is_guest:
            member = admit_guest(actor=actor, email=email, full_name=name.strip())
        companion = _put_beside(plan, member, CompanionKind(kind), actor)
        record_access(member=actor, about_type=About.PLAN, about_id=plan.pk, action="invited")
        _note(companion, actor, _invited_words(member))
        _tell(companion, actor)
    return companion


def revoke_companion(*, actor: Membership, companion: PlanCompanion) -> None:
    """Take the access back, at once. Raises PermissionDenied, or DomainError when it was taken back before."""
    require(can_revoke_companion(actor, companion))
    with transaction.atomic():
        companion.refresh_from_db(from_queryset=PlanCompanion.objects.select_for_update(of=("self",)))
        if companion.revoked_at is not None:
            raise DomainError(_("This access is taken back already."), rule=17)
        companion.revoked_at = timezone.now()
        companion.save(update_fields=["revoked_at"])
        record_access(member=actor, about_type=About.PLAN, about_id=companion.plan_id, action="revoked")
        _note(companion, actor, gettext("%(name)s is %(kind)s no longer and cannot read this page any more."))


def _put_beside(plan: Plan, member: Membership, kind: CompanionKind, actor: Membership) -> PlanCompanion:
    try:
        with transaction.atomic():
            return PlanCompanion.objects.create(plan=plan, member=member, kind=kind, invited_by=actor)
    except IntegrityError as error:
        raise DomainError(_("%(name)s can read this plan already.") % {"name": member}, rule=17) from error


def _invited_words(member: Membership) -> str:
    if member.is_guest:
        return gettext("%(name)s, from outside the organization, was asked in as %(kind)s.")
    return gettext("%(name)s was asked in as %(kind)s.")


def _tell(companion: PlanCompanion, actor: Membership) -> None:
    """Tell a colleague who was asked in, and the employee when somebody asked for them; a guest has mail already."""
    plan, own = companion.plan, employee_of(companion.member)
    if own is not None:
        tell(
            plan=plan,
            event=f"invited:{companion.pk}",
            to=own,
            subject=_("Somebody asks you to stand beside them"),
            lines=[_("A colleague lets you read something of theirs, so that you can support them.")],
            actor=actor,
        )
    tell(
        plan=plan,
        event=f"asked-in:{companion.pk}",
        to=plan.employee,
        subject=_("Somebody was asked in for you"),
        lines=[_("HR has let somebody read something of yours, so that they can support you. You can take it back.")],
        actor=actor,
    )


def _note(companion: PlanCompanion, actor: Membership, sentence: str) -> None:
    words = {"name": companion.member, "kind": str(CompanionKind(companion.kind).label).lower()}
    write_note(plan=companion.plan, kind=NoteKind.VOICE, body=sentence % words, author=actor)
