"""An appeal against an outcome: filed in time, looked at by somebody uninvolved, decided with reasons (rule 17)."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from people.selectors.accounts import employee_of
from pipcycle.errors import DomainError, require
from pips.enums import ENDED, AppealStatus, NoteKind, Outcome
from pips.models import Appeal, Plan
from pips.obligations import About, Owed
from pips.rules import is_employee_in
from pips.rules_voice import can_appeal, can_assign_appeal, can_decide_appeal, is_uninvolved
from pips.selectors.voice import member_by_email
from pips.services.moves import lock_plan, require_words, write_note
from pips.services.notices import tell, tell_both
from pips.services.promises_voice import owe_appeal, owe_assignment
from reminders.services.obligations import fulfil


def file_appeal(*, actor: Membership, plan: Plan, words: str) -> Appeal:
    """Appeal as the employee against the outcome, once. Raises PermissionDenied or DomainError."""
    require(is_employee_in(actor, plan))
    words = require_words(words, _("Write why the outcome is wrong."), rule=17)
    with transaction.atomic():
        lock_plan(plan, ENDED)
        if not can_appeal(actor, plan):
            raise DomainError(_("The time to appeal has passed, or you have appealed already."), rule=17)
        try:
            with transaction.atomic():
                appeal = Appeal.objects.create(
                    plan=plan, words=words, outcome=plan.outcome, outcome_reason=plan.outcome_reason, filed_by=actor
                )
        except IntegrityError as error:
            raise DomainError(_("You have appealed already."), rule=17) from error
        write_note(plan=plan, kind=NoteKind.VOICE, body=gettext("The employee appealed."), author=actor)
        owe_assignment(appeal)
    return appeal


def assign_appeal(*, actor: Membership, appeal: Appeal, email: str) -> None:
    """Choose as HR who looks at the appeal; they read this one plan until it is decided.

    Raises PermissionDenied, or DomainError for an unknown address and for anybody who had a part in the plan.
    """
    plan = appeal.plan
    require(can_assign_appeal(actor, appeal))
    reviewer = member_by_email(email)
    if reviewer is None:
        raise DomainError(_("Nobody of your organization signs in with this address."), rule=17)
    if not is_uninvolved(reviewer, plan):
        raise DomainError(
            _("%(name)s cannot look at it: choose a manager or HR partner who had no part in the plan.")
            % {"name": reviewer},
            rule=17,
        )
    with transaction.atomic():
        appeal.refresh_from_db(from_queryset=Appeal.objects.select_for_update(of=("self",)))
        if appeal.status != AppealStatus.FILED:
            raise DomainError(_("Somebody looks at this appeal already. Reload the page to see it."), rule=17)
        appeal.status = AppealStatus.ASSIGNED
        appeal.reviewer = reviewer
        appeal.assigned_by = actor
        appeal.assigned_at = timezone.now()
        appeal.save(update_fields=["status", "reviewer", "assigned_by", "assigned_at"])
        fulfil(kind=Owed.ASSIGN_APPEAL, about_type=About.APPEAL, about_id=appeal.pk, actor=actor)
        owe_appeal(appeal)
        body = gettext("%(name)s looks at the appeal.") % {"name": reviewer}
        write_note(plan=plan, kind=NoteKind.VOICE, body=body, author=actor)
        own = employee_of(reviewer)
        if own is not None:
            tell(
                plan=plan,
                event=f"appeal-assigned:{appeal.pk}",
                to=own,
                subject=_("An appeal awaits your decision"),
                lines=[_("HR asks you, as somebody uninvolved, to look at an appeal. The case is open to you.")],
                actor=actor,
            )


def decide_appeal(*, actor: Membership, appeal: Appeal, is_upheld: bool, reasons: str) -> None:
    """Decide the appeal as the one HR chose: the outcome stands, or it is withdrawn and judged by nobody any more.

    An appeal never makes anything worse: the only other outcome is "withdrawn"; what was decided first stays in the
    appeal. Raises PermissionDenied or DomainError.
    """
    plan = appeal.plan
    require(can_decide_appeal(actor, appeal))
    reasons = require_words(reasons, _("Write your reasons; both sides read them."), rule=17)
    with transaction.atomic():
        lock_plan(plan, ENDED)
        appeal.refresh_from_db(from_queryset=Appeal.objects.select_for_update(of=("self",)))
        if appeal.status != AppealStatus.ASSIGNED:
            raise DomainError(_("This appeal is decided already. Reload the page to see it."), rule=17)
        appeal.status = AppealStatus.UPHELD if is_upheld else AppealStatus.CHANGED
        appeal.reasons = reasons
        appeal.decided_at = timezone.now()
        appeal.save(update_fields=["status", "reasons", "decided_at"])
        if not is_upheld:
            plan.outcome = Outcome.WITHDRAWN
            plan.outcome_reason = gettext("Withdrawn on appeal: %(reasons)s") % {"reasons": reasons}
            plan.save(update_fields=["outcome", "outcome_reason"])
        fulfil(kind=Owed.DECIDE_APPEAL, about_type=About.APPEAL, about_id=appeal.pk, actor=actor)
        body = f"{AppealStatus(appeal.status).label}\n{reasons}"
        write_note(plan=plan, kind=NoteKind.VOICE, body=body, author=actor)
        tell_both(
            plan=plan,
            event=f"appeal-decided:{appeal.pk}",
            subject=_("An appeal is decided"),
            lines=[_("An appeal that concerns you is decided. The page gives the reasons.")],
            actor=actor,
        )
