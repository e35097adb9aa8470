"""The words under which receipt of a review is recorded, of a cycle or after a plan."""

from django.utils.translation import gettext

from documents.enums import AcknowledgementKind


def statement_for(kind: AcknowledgementKind | str) -> str:
    """Return the words receipt is recorded under; kept with it exactly as shown (rules 14, 15)."""
    match AcknowledgementKind(kind):
        case AcknowledgementKind.RECEIVED:
            return gettext("I have received this review. This confirms receipt and does not mean that I agree with it.")
        case AcknowledgementKind.RECEIVED_WITH_COMMENT:
            return gettext(
                "I have received this review. This confirms receipt and does not mean that I agree with it. "
                "My comment is kept with the review for good."
            )
        case AcknowledgementKind.REFUSED:
            return gettext(
                "This review was handed to the employee in the presence of the witness named. The employee declined to "
                "acknowledge receipt, which is no misconduct."
            )
