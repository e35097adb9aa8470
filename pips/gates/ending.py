"""Rules 3, 6, 8, 9, 11 and 13: what must have happened before an outcome is decided."""

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pips.days import today_for
from pips.enums import AccommodationStatus, CheckStatus, FindingKind, Outcome, Step
from pips.gates.gate import (
    SOURCE_ACCOMMODATION,
    SOURCE_BERKELEY,
    SOURCE_LEAVE,
    SOURCE_OPM,
    SOURCE_PRACTICE,
    Gate,
    Trouble,
)
from pips.models import Plan, SupportCommitment
from pips.support_facts import unsettled

_DECIDING = frozenset({Step.DECIDE})


def milestones_are_recorded(plan: Plan) -> Iterator[Trouble]:
    """Yield when a formal review was not held (rule 6); a plan may be withdrawn without.

    An early success needs those whose day has come, and at least one.
    """
    today = today_for(plan.employee)
    milestones = list(plan.milestones.all())
    missing = [milestone for milestone in milestones if milestone.manager_recorded_at is None]
    due = [milestone for milestone in missing if milestone.due_on is None or milestone.due_on <= today]
    for_success = due if len(missing) < len(milestones) else missing
    for outcome, lacking in ((Outcome.SUCCESSFUL, for_success), (Outcome.UNSUCCESSFUL, missing)):
        if lacking:
            days = ", ".join(str(milestone.day) for milestone in lacking)
            yield Trouble(
                message=format_lazy(_("The review of day {days} is not recorded."), days=days), outcome=outcome.value
            )


def time_is_up(plan: Plan) -> Iterator[Trouble]:
    """Yield before the last day of the plan: nobody fails early (rule 8)."""
    if plan.ends_on is not None and today_for(plan.employee) < plan.ends_on:
        yield Trouble(message=_("The plan has not reached its end."), outcome=Outcome.UNSUCCESSFUL.value)


def support_is_delivered(plan: Plan) -> Iterator[Trouble]:
    """Yield each piece of support that was promised and did not arrive: it blocks "not met" (rule 13).

    What both sides confirm, what nobody objected to in time and what HR resolved with a reason does not.
    """
    for support in unsettled(plan.support_commitments.all(), today_for(plan.employee)):
        yield Trouble(
            message=format_lazy(_SUPPORT_WORDS[_kind_of_gap(support)], support=str(support)),
            subject=str(support.pk),
            outcome=Outcome.UNSUCCESSFUL.value,
        )


_SUPPORT_WORDS = {
    "missing": _("Promised support was not delivered: “{support}”."),
    "disputed": _("The employee says that promised support did not arrive: “{support}”."),
    "awaiting": _("The employee can still say whether promised support arrived: “{support}”."),
}


def _kind_of_gap(support: SupportCommitment) -> str:
    if support.delivered_on is None:
        return "missing"
    return "disputed" if support.answer else "awaiting"


def readings_are_checked(plan: Plan) -> Iterator[Trouble]:
    """Yield each expectation whose reading is under check: nothing is held against anybody meanwhile (rule 3)."""
    for check in plan.data_checks.filter(status=CheckStatus.OPEN).select_related("expectation"):
        yield Trouble(
            message=format_lazy(_("A reading is under check: “{title}”."), title=check.expectation.title),
            subject=str(check.pk),
            outcome=Outcome.UNSUCCESSFUL.value,
        )


def accommodation_is_answered(plan: Plan) -> Iterator[Trouble]:
    """Yield while the employee waits for an answer to a request for an accommodation (rule 9)."""
    if plan.accommodation_requests.filter(status=AccommodationStatus.OPEN).exists():
        yield Trouble(message=_("A request to HR is not answered yet."), outcome=Outcome.UNSUCCESSFUL.value)


def latest_version_is_received(plan: Plan) -> Iterator[Trouble]:
    """Yield while the receipt of a later version is open: nobody fails what they were not handed (rules 11, 14)."""
    if plan.receipt_owed_for is not None:
        yield Trouble(
            message=format_lazy(_("Receipt of version {version} is not recorded."), version=plan.receipt_owed_for),
            outcome=Outcome.UNSUCCESSFUL.value,
        )


ENDING_GATES: tuple[Gate[Plan], ...] = (
    Gate(
        code="milestones_recorded",
        rule=6,
        kind=FindingKind.BLOCK,
        steps=_DECIDING,
        check=milestones_are_recorded,
        how=_("The manager holds and records every milestone before the outcome is decided."),
        reason=_("An outcome nobody saw coming was not talked about on the way."),
        source=SOURCE_BERKELEY,
    ),
    Gate(
        code="time_is_up",
        rule=8,
        kind=FindingKind.BLOCK,
        steps=_DECIDING,
        check=time_is_up,
        how=_("Wait until its last day: leave has moved it where it stands."),
        reason=_("The time that was promised belongs to the employee."),
        source=SOURCE_LEAVE,
    ),
    Gate(
        code="version_received",
        rule=11,
        kind=FindingKind.BLOCK,
        steps=_DECIDING,
        check=latest_version_is_received,
        how=_("The employee acknowledges it, or a refusal is recorded before a witness."),
        reason=_("What a plan asks for is what the employee was last handed."),
        source=SOURCE_OPM,
    ),
    Gate(
        code="support_delivered",
        rule=13,
        kind=FindingKind.BLOCK,
        steps=_DECIDING,
        check=support_is_delivered,
        how=_("Deliver it and record it, resolve it as HR with a reason, or decide another outcome."),
        reason=_("A plan is a contract of two sides: who did not keep theirs cannot hold the other to it."),
        source=SOURCE_PRACTICE,
    ),
    Gate(
        code="readings_checked",
        rule=3,
        kind=FindingKind.BLOCK,
        steps=_DECIDING,
        check=readings_are_checked,
        how=_("HR answers the check: the reading is corrected, or stands with a reason."),
        reason=_("The employee was promised where the figure comes from and may ask whether it is right."),
        source=SOURCE_PRACTICE,
    ),
    Gate(
        code="accommodation_answered",
        rule=9,
        kind=FindingKind.BLOCK,
        steps=_DECIDING,
        check=accommodation_is_answered,
        how=_("HR talks it through with the employee and answers."),
        reason=_("Nobody fails a plan while the help they asked for is being talked about."),
        source=SOURCE_ACCOMMODATION,
    ),
)
