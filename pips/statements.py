"""The words under which receipt is recorded; kept with each acknowledgement exactly as shown (rules 14, 15)."""

from django.utils.translation import gettext as _

from documents.enums import AcknowledgementKind


def statement_for(kind: AcknowledgementKind | str, version: int = 1) -> str:
    """Return the statement a person puts their name to; from version 2 on it names the version."""
    if version > 1:
        return _statement_of_version(AcknowledgementKind(kind)) % {"version": version}
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


def _statement_of_version(kind: AcknowledgementKind) -> str:
    match kind:
        case AcknowledgementKind.RECEIVED:
            return _(
                "I have received version %(version)d of this plan. This confirms receipt and does not mean that I "
                "agree with it."
            )
        case AcknowledgementKind.RECEIVED_WITH_COMMENT:
            return _(
                "I have received version %(version)d of this plan. This confirms receipt and does not mean that I "
                "agree with it. My comment is kept with the plan for good."
            )
        case AcknowledgementKind.REFUSED:
            return _(
                "Version %(version)d of this plan was handed to the employee in the presence of the witness named. The "
                "employee declined to acknowledge receipt, which is no misconduct."
            )


def letter_statement_for(kind: AcknowledgementKind | str) -> str:
    """Return the statement a person puts their name to for a letter: a disciplinary action or an outcome."""
    match AcknowledgementKind(kind):
        case AcknowledgementKind.RECEIVED:
            return _("I have received this letter. This confirms receipt and does not mean that I agree with it.")
        case AcknowledgementKind.RECEIVED_WITH_COMMENT:
            return _(
                "I have received this letter. This confirms receipt and does not mean that I agree with it. "
                "My comment is kept with the letter for good."
            )
        case AcknowledgementKind.REFUSED:
            return _(
                "This letter was handed to the employee in the presence of the witness named. The employee declined to "
                "acknowledge receipt, which is no misconduct."
            )
