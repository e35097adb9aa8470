"""The words under which receipt is recorded; kept with each acknowledgement exactly as shown (rules 14, 15)."""

from django.utils.translation import gettext as _

from documents.enums import AcknowledgementKind


def statement_for(kind: AcknowledgementKind | str) -> str:
    """Return the statement a person puts their name to."""
    match AcknowledgementKind(kind):
        case AcknowledgementKind.RECEIVED:
            return _("I have received this plan. This confirms receipt and does not mean that I agree with it.")
        case AcknowledgementKind.RECEIVED_WITH_COMMENT:
            return _(
                "I have received this plan. This confirms receipt and does not mean that I agree with it. "
                "My comment is kept with the plan for good."
            )
        case AcknowledgementKind.REFUSED:
            return _(
                "This plan was handed to the employee in the presence of the witness named. The employee declined to "
                "acknowledge receipt, which is no misconduct."
            )
