"""Rules 4, 5 and 19: what goes to a legal review before the plan may go on."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from pips.enums import FindingKind, LegalReviewStatus, Step
from pips.gates.gate import SOURCE_MULDROW, SOURCE_RETALIATION, Gate, Trouble
from pips.models import Plan


def legal_review_is_over(plan: Plan) -> Iterator[Trouble]:
    """Yield while a legal review of the plan is open or has stopped it; never why (rules 4, 19)."""
    latest = plan.legal_reviews.order_by("-opened_at", "-pk").first()
    if latest is not None and latest.status != LegalReviewStatus.CLEARED:
        yield Trouble(message=_("HR review required."))


def terms_stay(plan: Plan) -> Iterator[Trouble]:
    """Yield when the plan adds duties, changes terms or blocks advancement (rule 5)."""
    if plan.employment_effects:
        yield Trouble(
            message=_("The plan adds duties, changes terms of employment or blocks advancement."),
            subject="-".join(sorted(plan.employment_effects)),
        )


ROUTING_GATES: tuple[Gate[Plan], ...] = (
    Gate(
        code="legal_review",
        rule=4,
        kind=FindingKind.ROUTE,
        steps=frozenset({Step.APPROVE, Step.ISSUE}),
        check=legal_review_is_over,
        how=_("HR tells you as soon as the plan can go on. Nothing needs to be done until then."),
        reason=_("Some plans are looked at once more before they are handed over."),
        source=SOURCE_RETALIATION,
    ),
    Gate(
        code="employment_terms",
        rule=5,
        kind=FindingKind.WARN,
        steps=frozenset({Step.SUBMIT}),
        check=terms_stay,
        how=_("Leave the change out, or write why it is needed; the plan then goes to a legal review."),
        reason=_("A plan that makes the job worse can itself be an adverse action."),
        source=SOURCE_MULDROW,
    ),
)
