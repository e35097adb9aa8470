"""Somebody beside the employee: asked in, and sent off again, by the employee alone (rules 17, 18)."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from people.selectors.accounts import employee_of
from people.services.audit import record_access
from pipcycle.errors import DomainError, require
from pips.enums import CompanionKind, NoteKind
from pips.models import Plan, PlanCompanion
from pips.obligations import About
from pips.rules import standing_in
from pips.rules_voice import can_invite_companion
from pips.selectors.voice import member_by_email
from pips.services.moves import write_note
from pips.services.notices import tell


def invite_companion(
    *, actor: Membership, plan: Plan, email: str, kind: CompanionKind | str = CompanionKind.REPRESENTATIVE
) -> PlanCompanion:
    """Let a member of the organization read this one plan and its documents, known by their e-mail address.

    Raises PermissionDenied unless the plan is the actor's own, DomainError for an address nobody here has and for
    somebody who can read the plan anyway.
    """
    require(can_invite_companion(actor, plan))
    member = member_by_email(email)
    if member is None:
        raise DomainError(
            _("Nobody of your organization signs in with this address. Ask HR to give the person access first."),
            rule=17,
        )
    if standing_in(member, plan):
        raise DomainError(_("%(name)s can read this plan already.") % {"name": member}, rule=17)
    with transaction.atomic():
        try:
            with transaction.atomic():
                companion = PlanCompanion.objects.create(
                    plan=plan, member=member, kind=CompanionKind(kind), invited_by=actor
                )
        except IntegrityError as error:
            raise DomainError(_("%(name)s can read this plan already.") % {"name": member}, rule=17) from error
        record_access(member=actor, about_type=About.PLAN, about_id=plan.pk, action="invited")
        _note(companion, actor, gettext("%(name)s was asked in as %(kind)s."))
        own = employee_of(member)
        if own is not None:
            tell(
                plan=plan,
                event=f"invited:{companion.pk}",
                to=own,
                subject=_("Somebody asks you to stand beside them"),
                lines=[_("A colleague lets you read something of theirs, so that you can support them.")],
                actor=actor,
            )
    return companion


def revoke_companion(*, actor: Membership, companion: PlanCompanion) -> None:
    """Take the access back, at once. Raises PermissionDenied unless the plan is the actor's own, or DomainError."""
    require(can_invite_companion(actor, companion.plan))
    with transaction.atomic():
        companion.refresh_from_db(from_queryset=PlanCompanion.objects.select_for_update(of=("self",)))
        if companion.revoked_at is not None:
            raise DomainError(_("This access is taken back already."), rule=17)
        companion.revoked_at = timezone.now()
        companion.save(update_fields=["revoked_at"])
        record_access(member=actor, about_type=About.PLAN, about_id=companion.plan_id, action="revoked")
        _note(companion, actor, gettext("%(name)s is %(kind)s no longer and cannot read this page any more."))


def _note(companion: PlanCompanion, actor: Membership, sentence: str) -> None:
    words = {"name": companion.member, "kind": str(CompanionKind(companion.kind).label).lower()}
    write_note(plan=companion.plan, kind=NoteKind.VOICE, body=sentence % words, author=actor)
