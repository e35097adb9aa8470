"""The employee speaks: words that stay, and readings that are checked (rules 3, 16)."""

from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from people.models import Membership
from pipcycle.errors import DomainError, require
from pips.days import today_for
from pips.enums import RUNNING, CheckStatus, NoteKind, VoiceKind
from pips.models import DataCheck, Expectation, MilestoneReading, Plan, VoiceEntry
from pips.obligations import About, Owed
from pips.readings import reading_for
from pips.rules_voice import can_answer_check, can_challenge, can_speak
from pips.selectors.voice import documents_to_answer
from pips.services.moves import lock_plan, require_words, write_note
from pips.services.notices import tell, tell_both
from pips.services.promises_voice import owe_check
from reminders.services.obligations import fulfil


def add_comment(*, actor: Membership, plan: Plan, body: str) -> VoiceEntry:
    """Put the employee's words on the record, whatever state the plan is in. Raises PermissionDenied or DomainError."""
    return _speak(actor, plan, VoiceKind.COMMENT, body)


def add_rebuttal(*, actor: Membership, plan: Plan, body: str, document: Document | None = None) -> VoiceEntry:
    """Attach the employee's answer to a sealed document, the latest unless one is given; it never goes (rule 16).

    Raises PermissionDenied or DomainError.
    """
    about = documents_to_answer(plan)
    if document is not None and document not in about:
        raise DomainError(_("This document is not part of the plan. Reload the page and choose again."), rule=16)
    return _speak(actor, plan, VoiceKind.REBUTTAL, body, document or next(iter(about), None))


def _speak(actor: Membership, plan: Plan, kind: VoiceKind, body: str, document: Document | None = None) -> VoiceEntry:
    require(can_speak(actor, plan))
    body = require_words(body, _("Write your words."), rule=16)
    with transaction.atomic():
        entry = VoiceEntry.objects.create(plan=plan, kind=kind, body=body, document=document, author=actor)
        tell(
            plan=plan,
            event=f"voice:{entry.pk}",
            to=plan.manager,
            subject=_("Something was added to a plan"),
            lines=[_("The employee has added their own words to a plan you lead. Read them on its page.")],
            actor=actor,
        )
    return entry


def challenge_reading(
    *, actor: Membership, expectation: Expectation, words: str, reading: MilestoneReading | None = None
) -> DataCheck:
    """Ask HR to check a figure: a recorded reading, or what the metric says today; it is under check from now on.

    Raises PermissionDenied or DomainError.
    """
    plan = expectation.plan
    require(can_challenge(actor, plan))
    words = require_words(words, _("Write what is wrong with the figure."), rule=3)
    with transaction.atomic():
        lock_plan(plan, RUNNING)
        value = _challenged_value(expectation, reading)
        try:
            with transaction.atomic():
                check = DataCheck.objects.create(
                    plan=plan,
                    expectation=expectation,
                    reading=reading,
                    challenged_value=value,
                    words=words,
                    opened_by=actor,
                )
        except IntegrityError as error:
            raise DomainError(_("This figure is under check already. HR answers it."), rule=3) from error
        owe_check(check)
        tell(
            plan=plan,
            event=f"check:{check.pk}",
            to=plan.manager,
            subject=_("A reading is under check"),
            lines=[_("The employee has asked HR to check a figure of a plan you lead.")],
            actor=actor,
        )
    return check


def _challenged_value(expectation: Expectation, reading: MilestoneReading | None) -> Decimal | None:
    if reading is not None:
        if reading.expectation_id != expectation.pk:
            raise DomainError(_("This reading belongs to another expectation. Reload the page and choose again."))
        return reading.value
    measured = reading_for(expectation, today_for(expectation.plan.employee))
    if measured is None:
        raise DomainError(_("There is no figure of this expectation yet that could be checked."), rule=3)
    return measured.value


def answer_check(*, actor: Membership, check: DataCheck, answer: str, corrected_value: Decimal | None = None) -> None:
    """Answer as HR: with a value the reading is corrected, without one it stands; always with the reason.

    What the metric itself says is corrected in the metrics. Raises PermissionDenied unless the actor is an uninvolved
    HR partner, or DomainError.
    """
    plan = check.plan
    answer = require_words(answer, _("Write what you looked at and what you found."), rule=3)
    with transaction.atomic():
        check.refresh_from_db(from_queryset=DataCheck.objects.select_for_update(of=("self",)))
        if check.status != CheckStatus.OPEN:
            raise DomainError(_("This check is answered already. Reload the page to see it."), rule=3)
        require(can_answer_check(actor, check))
        is_corrected = corrected_value is not None
        check.status = CheckStatus.CORRECTED if is_corrected else CheckStatus.STANDS
        check.answer = answer
        check.corrected_value = corrected_value
        check.answered_by = actor
        check.answered_at = timezone.now()
        check.save(update_fields=["status", "answer", "corrected_value", "answered_by", "answered_at"])
        if is_corrected and check.reading_id is not None:
            MilestoneReading.objects.filter(pk=check.reading_id).update(value=corrected_value)
        fulfil(kind=Owed.ANSWER_CHECK, about_type=About.DATA_CHECK, about_id=check.pk, actor=actor)
        body = gettext("%(title)s: %(status)s\n%(answer)s") % {
            "title": check.expectation.title,
            "status": CheckStatus(check.status).label,
            "answer": answer,
        }
        write_note(plan=plan, kind=NoteKind.VOICE, body=body, author=actor)
        tell_both(
            plan=plan,
            event=f"check-answered:{check.pk}",
            subject=_("A check of a reading is answered"),
            lines=[_("HR has checked a figure of a plan that concerns you. The page says what was found.")],
            actor=actor,
        )
