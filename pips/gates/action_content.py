"""What a disciplinary action leaves open: each function says what is missing, None when nothing is."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from documents.enums import FormKind
from documents.form_kinds import SECTIONS
from pips.days import today_for
from pips.discipline_enums import ActionLevel, Hearing, Representation
from pips.gates.gate import Text
from pips.models import DisciplinaryAction
from pips.selectors.forms import ACTION_SECTIONS, form_of_action
from pips.selectors.standing import standing_actions

# --- The facts -------------------------------------------------------------------------------------------------------


def says_what_happened(action: DisciplinaryAction) -> Text | None:
    """Say so when the day or the facts are missing."""
    if action.occurred_on is None or not action.facts.strip():
        return _("It does not say what happened and on which day.")
    return None


def rests_on_the_past(action: DisciplinaryAction) -> Text | None:
    """Say so when the incident or the hearing lies ahead."""
    today = today_for(action.employee)
    if action.occurred_on is not None and action.occurred_on > today:
        return _("The incident lies in the future.")
    if action.heard_on is not None and action.heard_on > today:
        return _("The hearing lies in the future.")
    return None


def has_category(action: DisciplinaryAction) -> Text | None:
    """Say so when the kind of misconduct is missing."""
    return None if action.category else _("It does not say what kind of misconduct it is about.")


def names_policy(action: DisciplinaryAction) -> Text | None:
    """Say so when the policy or its version is missing."""
    if not action.policy_name.strip() or not action.policy_version.strip():
        return _("It does not name the policy and its version.")
    return None


def was_looked_into(action: DisciplinaryAction) -> Text | None:
    """Say so when nobody wrote how the facts were looked into."""
    return None if action.investigation.strip() else _("It does not say how the facts were looked into.")


# --- The employee ----------------------------------------------------------------------------------------------------


def was_heard(action: DisciplinaryAction) -> Text | None:
    """Say so when the employee was not heard, or before it happened."""
    if not action.hearing or action.heard_on is None:
        return _("It does not say when and how the employee was heard.")
    if action.hearing == Hearing.STATEMENT and not action.employee_statement.strip():
        return _("The employee gave a statement, but it is not written down.")
    if action.occurred_on is not None and action.heard_on < action.occurred_on:
        return _("The employee is said to have been heard before the incident.")
    return None


def was_represented(action: DisciplinaryAction) -> Text | None:
    """Say so when union, probation or representative are open (rule 18)."""
    if not action.union_status or not action.probation_status or not action.representation:
        return _("It does not say whether a union stands behind the employee, nor what they answered.")
    if action.representation == Representation.POSTPONED:
        return _("The employee asked for a representative who was not there yet.")
    if action.representation == Representation.ATTENDED and not action.representative.strip():
        return _("A representative was present, but the name is missing.")
    return None


def lists_prior_actions(action: DisciplinaryAction) -> Text | None:
    """Say so when the prior actions are not listed as they stand."""
    has_words = bool(action.prior_actions.strip())
    standing = list(standing_actions(action.employee, before=action))
    if action.has_no_prior_actions and standing:
        return format_lazy(
            _("It says that there are no prior actions, but {count} still stands on the record."), count=len(standing)
        )
    if action.has_no_prior_actions == has_words:
        return _("It does not say which prior actions there are, or that there are none.")
    return None


# --- The level -------------------------------------------------------------------------------------------------------


def gives_reasons_for_level(action: DisciplinaryAction) -> Text | None:
    """Say so when the level, its reasons or what follows are missing."""
    if not action.level or not action.proportionality.strip():
        return _("It does not say which level it is and why this level fits.")
    if not action.consequence.strip():
        return _("It does not say what follows if it happens again.")
    return None


def says_what_changes(action: DisciplinaryAction) -> Text | None:
    """Say so when nothing is to change, or was due in the past."""
    if action.level == ActionLevel.TERMINATION:
        return None
    if not action.corrective_action.strip() or action.corrective_due_on is None:
        return _("It does not say what is to change and by when.")
    if action.corrective_due_on < today_for(action.employee):
        return _("What is to change was due in the past.")
    return None


def levels_skipped(action: DisciplinaryAction) -> list[ActionLevel]:
    """Return the levels between the last one that still stands and the one proposed."""
    if not action.level:
        return []
    standing = [ActionLevel(one.level_in_force).rank for one in standing_actions(action.employee, before=action)]
    usual = max(standing, default=-1) + 1
    return [level for level in ActionLevel if usual <= level.rank < ActionLevel(action.level).rank]


def explains_skipped_levels(action: DisciplinaryAction) -> Text | None:
    """Say so when a level is skipped without a reason."""
    skipped = levels_skipped(action)
    if not skipped or action.level_reason.strip():
        return None
    return format_lazy(_("It skips a level: {levels}."), levels=", ".join(str(level.label) for level in skipped))


# --- The form as HR worded it ----------------------------------------------------------------------------------------


def fills_the_form(action: DisciplinaryAction) -> Text | None:
    """Name a section HR's form asks for and that no other gate names; of the rest each has words of its own."""
    form = form_of_action(action)
    if form is None or action.rights.strip() or not form.section("rights").is_required:
        return None
    label = SECTIONS[FormKind.DISCIPLINE]["rights"]
    return format_lazy(_("The form asks for this, and it is not filled in: {section}."), section=label)


def replaces_prompts(action: DisciplinaryAction) -> Text | None:
    """Say so when a prompt of the form still stands."""
    form = form_of_action(action)
    words = "\n".join(getattr(action, field) for field in ACTION_SECTIONS)
    left = [prompt for prompt in (form.prompts() if form else []) if prompt in words]
    return format_lazy(_("A prompt of the form still stands: “{prompt}”."), prompt=left[0]) if left else None
