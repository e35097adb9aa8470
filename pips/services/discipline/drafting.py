"""Writing a disciplinary action: from the incident to a draft ready for review."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.enums import FormKind
from documents.selectors.templates import current_form
from documents.services.templates import provide_templates
from people.models import Employee, Membership
from pipcycle.errors import DomainError, require
from pips.discipline_enums import ActionStatus
from pips.discipline_rules import can_draft_action_for, is_writer_in
from pips.explanations import full_date
from pips.inputs import ActionInput
from pips.models import DisciplinaryAction, DisciplineMove
from pips.models.discipline import CONTENT_FIELDS
from pips.selectors.forms import ACTION_SECTIONS
from pips.selectors.standing import standing_actions
from pips.services.discipline.moves import lock_action


def draft_action(*, actor: Membership, employee: Employee, **columns: Any) -> DisciplinaryAction:
    """Begin a disciplinary action about the employee, led by the employee's manager.

    Prior actions that still stand are filled in. Raises PermissionDenied, or DomainError when the employee has left or
    nobody manages them.
    """
    require(can_draft_action_for(actor, employee))
    if employee.has_left:
        raise DomainError(_("%(name)s has left, so there is nothing to answer.") % {"name": employee.full_name})
    return begin_action(actor=actor, employee=employee, author=actor, **columns)


def begin_action(
    *, actor: Membership | None, employee: Employee, author: Membership | None, reason: str = "", **columns: Any
) -> DisciplinaryAction:
    """Write the first row of an action; the caller has checked its rule. ``author`` is who then does not approve.

    It begins with the texts of HR's form and keeps that version; prior actions that stand are listed in any case.
    """
    manager = columns.pop("manager", None) or employee.manager
    if manager is None:
        raise DomainError(
            _("%(name)s reports to nobody. Name their manager first: somebody hands the letter over.")
            % {"name": employee.full_name}
        )
    standing = standing_words(employee)
    provide_templates()
    version, form = current_form(FormKind.DISCIPLINE)
    first_words = {field: _fitting(field, str(form.section(key).default)) for field, (key,) in ACTION_SECTIONS.items()}
    prior = {"has_no_prior_actions": not standing, "prior_actions": standing}
    with transaction.atomic():
        action = DisciplinaryAction.objects.create(
            employee=employee,
            manager=manager,
            created_by=author,
            form_version=version,
            **{**first_words, **prior, **columns},
        )
        DisciplineMove.objects.create(
            action=action, source="", target=ActionStatus.DRAFTED, actor=actor, reason=reason.strip()
        )
    return action


def _fitting(field: str, words: str) -> str:
    """Return the form's words as the field holds them: a field of one line takes the beginning, without line breaks."""
    most = DisciplinaryAction._meta.get_field(field).max_length
    return words if most is None else " ".join(words.split())[:most]


def standing_words(employee: Employee, *, before: DisciplinaryAction | None = None) -> str:
    """Return the prior actions that still stand, one line each; empty when there are none."""
    lines = []
    for one in standing_actions(employee, before=before):
        issued = gettext("issued %(day)s") % {"day": full_date(one.issued_at.date())} if one.issued_at else ""
        until = gettext("stands until %(day)s") % {"day": full_date(one.expires_on)} if one.expires_on else ""
        lines.append(", ".join(filter(None, [one.title, issued, until])))
    return "\n".join(lines)


def revise_action(*, actor: Membership, action: DisciplinaryAction, content: ActionInput) -> DisciplinaryAction:
    """Save the draft as given; half-finished drafts are welcome.

    Raises PermissionDenied, or DomainError when the action is no draft any more.
    """
    require(is_writer_in(actor, action))
    with transaction.atomic():
        lock_action(action, {ActionStatus.DRAFTED})
        for field in CONTENT_FIELDS:
            value = getattr(content, field)
            setattr(action, field, value.strip() if isinstance(value, str) else value)
        action.save(update_fields=list(CONTENT_FIELDS))
    return action
