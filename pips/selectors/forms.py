"""How HR worded the forms of disciplinary actions and of check-ins: the version each one was begun with."""

from collections.abc import Mapping, Sequence

from documents.enums import FormKind
from documents.form_content import SectionsContent
from documents.selectors.templates import form_numbered
from pips.models import DisciplinaryAction, PlanCheckIn

#: The sections of the form that a field of an action stands for.
ACTION_SECTIONS: Mapping[str, Sequence[str]] = {
    "facts": ("facts",),
    "policy_name": ("policy",),
    "investigation": ("investigation",),
    "prior_actions": ("prior_actions",),
    "employee_statement": ("employee_statement",),
    "proportionality": ("proportionality",),
    "corrective_action": ("corrective_action",),
    "consequence": ("consequence",),
    "rights": ("rights",),
}

#: The sections of the form that a field of a plan's check-in stands for.
CHECK_IN_SECTIONS: Mapping[str, Sequence[str]] = {
    "manager_view": ("progress", "evidence"),
    "employee_view": ("employee_view",),
    "support_delivered": ("support",),
    "obstacles": ("obstacles",),
    "actions": ("actions",),
}


def form_of_action(action: DisciplinaryAction) -> SectionsContent | None:
    """Return the form as it was worded when the action was begun, read once for each action."""
    if "known_form" not in action.__dict__:
        action.__dict__["known_form"] = form_numbered(FormKind.DISCIPLINE, action.form_version)
    known: SectionsContent | None = action.__dict__["known_form"]
    return known


def form_of_check_in(check_in: PlanCheckIn) -> SectionsContent | None:
    """Return the form as it was worded when the check-in was planned."""
    return form_numbered(FormKind.CHECK_IN, check_in.form_version)
