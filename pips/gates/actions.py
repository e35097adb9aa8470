"""The gates of a disciplinary action, the same small objects as those of a plan.

A gate is not asked for whether the step is wise but for what is missing. WARN is settled by a written reason in the
action itself, ROUTE by HR's recorded legal review; who is not HR only learns that HR reviews it.
"""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext_lazy as _

from pips.discipline_enums import ActionStep
from pips.enums import FindingKind
from pips.gates import action_content as content
from pips.gates import action_people as people
from pips.gates.gate import Check, Finding, Gate, Text, Trouble, in_order, meet
from pips.gates.wording import ACTION_WORDING_GATES
from pips.models import DisciplinaryAction

#: Why each rule exists, in a sentence.
REASONS: dict[int, Text] = {
    1: _("Misconduct and performance are answered by different means."),
    3: _("Who writes must not be the one who approves."),
    4: _("Some actions are looked at once more before they are handed over."),
    7: _("The law protects leave."),
    8: _("Nobody is handed a deadline while away."),
    17: _("Fair means: known facts, a hearing, a fitting answer, an appeal and an end."),
    18: _("Whoever asks for a representative has a right to one."),
}

ACAS = _("Acas Code of Practice 1 on discipline and grievance")
WEINGARTEN = _("NLRB v. Weingarten; works-council law")
RETALIATION = _("EEOC retaliation guidance")
PRACTICE = _("employers' disciplinary forms, common practice")
LEAVE_LAW = _("29 CFR 825.220(c)")


def action_findings(action: DisciplinaryAction, step: ActionStep | str) -> list[Finding]:
    """Return what stands in the way of the step, blocking findings first; empty when nothing does."""
    return in_order(meet(ACTION_GATES, action, ActionStep(step)))


def _one(say: Callable[[DisciplinaryAction], Text | None]) -> Check[DisciplinaryAction]:
    """Return the check that yields the one thing the function says is missing."""

    def check(action: DisciplinaryAction) -> Iterator[Trouble]:
        message = say(action)
        if message is not None:
            yield Trouble(message=message)

    return check


_WRITING = frozenset({ActionStep.SUBMIT, ActionStep.APPROVE})
_ANY = frozenset(ActionStep)


def _gate(
    code: str,
    rule: int,
    say: Callable[[DisciplinaryAction], Text | None],
    how: Text,
    *,
    source: Text,
    steps: frozenset[ActionStep] = _WRITING,
    kind: FindingKind = FindingKind.BLOCK,
) -> Gate[DisciplinaryAction]:
    return Gate(
        code=code,
        rule=rule,
        kind=kind,
        steps=steps,
        check=_one(say),
        how=how,
        reason=REASONS[rule],
        source=source,
    )


ACTION_GATES: tuple[Gate[DisciplinaryAction], ...] = (
    _gate(
        "facts",
        17,
        content.says_what_happened,
        _("Write the day and what was seen, for somebody who was not there."),
        source=ACAS,
    ),
    _gate(
        "dates",
        17,
        content.rests_on_the_past,
        _("Correct the date: an action rests on the past."),
        source=PRACTICE,
        steps=_ANY,
    ),
    _gate(
        "category",
        1,
        content.has_category,
        _("Choose it. Performance, not conduct, belongs in a plan."),
        source=PRACTICE,
    ),
    _gate(
        "policy",
        17,
        content.names_policy,
        _("Name the policy that was broken and the version in force that day."),
        source=ACAS,
    ),
    _gate("investigation", 17, content.was_looked_into, _("Say who looked into it, when, and at what."), source=ACAS),
    _gate(
        "heard", 17, content.was_heard, _("Hear the employee, or offer it and write that they declined."), source=ACAS
    ),
    _gate(
        "representative",
        18,
        content.was_represented,
        _("Say whether they are covered and on probation, and who was present; wait for a representative asked for."),
        source=WEINGARTEN,
    ),
    _gate(
        "prior",
        17,
        content.lists_prior_actions,
        _("List them, or tick “none”. Expired ones no longer count."),
        source=ACAS,
    ),
    _gate(
        "leave",
        7,
        people.spares_days_of_leave,
        _("Leave is never held against anybody. Choose another incident, or withdraw the action."),
        source=LEAVE_LAW,
        steps=_ANY,
    ),
    _gate(
        "level",
        17,
        content.gives_reasons_for_level,
        _("Choose the lightest level that fits, and say why: weight, intent, record, comparable cases."),
        source=ACAS,
    ),
    _gate(
        "form",
        17,
        content.fills_the_form,
        _("Tell the employee their rights, as your organization words them."),
        source=ACAS,
    ),
    _gate(
        "prompts",
        17,
        content.replaces_prompts,
        _("Write the facts in place of the text in square brackets."),
        source=PRACTICE,
    ),
    _gate(
        "correction",
        17,
        content.says_what_changes,
        _("Write one thing that can be seen, and the day by which."),
        source=ACAS,
    ),
    _gate(
        "jump",
        17,
        content.explains_skipped_levels,
        _("Choose the next level, or write why this incident justifies skipping one."),
        source=ACAS,
        kind=FindingKind.WARN,
    ),
    _gate(
        "reviewer",
        3,
        people.has_reviewer,
        _("Ask your HR admin to name an HR partner who is not involved."),
        source=PRACTICE,
        steps=frozenset({ActionStep.SUBMIT}),
    ),
    _gate(
        "present",
        8,
        people.is_present,
        _("Hand it over when they are back; withdraw it if they have left."),
        source=PRACTICE,
        steps=frozenset({ActionStep.ISSUE}),
    ),
    _gate(
        "protected",
        4,
        people.legal_review_is_recorded,
        _("HR records a legal review with its reasons."),
        source=RETALIATION,
        steps=frozenset({ActionStep.APPROVE, ActionStep.ISSUE}),
        kind=FindingKind.ROUTE,
    ),
    *ACTION_WORDING_GATES,
)
