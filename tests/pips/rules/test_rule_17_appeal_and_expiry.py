"""Rule 17: facts, a hearing, a fitting level, an appeal to somebody uninvolved, and warnings that expire."""

from typing import Any

import pytest

from people.enums import Role
from pipcycle.errors import DomainError
from pips.discipline_enums import ActionLevel, ActionStatus, ActionStep
from pips.enums import FindingKind
from pips.gates.action_content import levels_skipped
from pips.gates.actions import action_findings
from pips.models import DisciplinaryAction
from pips.selectors.discipline import possible_hearers
from pips.services.discipline.appeal import appeal_action, appoint_hearer, decide_appeal
from tests.cast import Person, make_person
from tests.pips.discipline.conftest import D, DisciplineStage


def found(action: DisciplinaryAction, step: ActionStep = ActionStep.SUBMIT) -> list[tuple[str, int]]:
    return [(finding.code, finding.rule) for finding in action_findings(action, step)]


def test_a_complete_draft_meets_every_gate(discipline: DisciplineStage) -> None:
    action = discipline.draft()

    assert [found(action, step) for step in ActionStep] == [[], [], []]


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ({"facts": " "}, "facts"),
        ({"occurred_on": None}, "facts"),
        ({"occurred_on": D(2027, 1, 5), "heard_on": D(2027, 1, 5)}, "dates"),
        ({"heard_on": D(2027, 1, 5)}, "dates"),
        ({"policy_name": ""}, "policy"),
        ({"policy_version": ""}, "policy"),
        ({"investigation": ""}, "investigation"),
        ({"hearing": ""}, "heard"),
        ({"heard_on": None}, "heard"),
        ({"employee_statement": " "}, "heard"),
        ({"heard_on": D(2026, 12, 13)}, "heard"),
        ({"has_no_prior_actions": False}, "prior"),
        ({"prior_actions": "One."}, "prior"),
        ({"level": ""}, "level"),
        ({"proportionality": ""}, "level"),
        ({"consequence": ""}, "level"),
        ({"corrective_action": ""}, "correction"),
        ({"corrective_due_on": None}, "correction"),
        ({"corrective_due_on": D(2027, 1, 3)}, "correction"),
    ],
)
def test_what_is_missing_blocks(discipline: DisciplineStage, broken: dict[str, Any], code: str) -> None:
    action = discipline.draft(**broken)

    assert (code, 17) in found(action)
    for finding in action_findings(action, ActionStep.SUBMIT):
        assert str(finding.message).endswith(".")
        assert str(finding.how).endswith(".")
        assert str(finding.reason) != ""
        assert str(finding.source) != ""


def test_misconduct_is_named_or_it_belongs_in_a_plan(discipline: DisciplineStage) -> None:
    assert found(discipline.draft(category="")) == [("category", 1)]


def test_an_employee_who_was_offered_a_hearing_and_declined_counts_as_heard(discipline: DisciplineStage) -> None:
    assert found(discipline.draft(hearing="declined", employee_statement="")) == []


def test_none_is_refused_while_an_earlier_one_stands(discipline: DisciplineStage) -> None:
    discipline.acknowledged()

    assert found(discipline.draft(level="written")) == [("prior", 17)]
    assert found(discipline.draft(level="written", has_no_prior_actions=False, prior_actions="One.")) == []


def test_an_expired_one_no_longer_counts(discipline: DisciplineStage) -> None:
    discipline.acknowledged()
    discipline.clock.to(D(2028, 1, 4))

    action = discipline.draft(corrective_due_on=D(2028, 2, 1))

    assert found(action) == []
    assert levels_skipped(action) == []


@pytest.mark.parametrize(
    ("level", "skipped"),
    [
        ("verbal", []),
        ("written", [ActionLevel.VERBAL]),
        ("termination", [ActionLevel.VERBAL, ActionLevel.WRITTEN, ActionLevel.FINAL, ActionLevel.SUSPENSION]),
    ],
)
def test_skipping_a_level_needs_a_written_reason(
    discipline: DisciplineStage, level: str, skipped: list[ActionLevel]
) -> None:
    action = discipline.draft(level=level)

    assert levels_skipped(action) == skipped
    assert [finding.kind for finding in action_findings(action, ActionStep.SUBMIT)] == [FindingKind.WARN] * bool(
        skipped
    )
    discipline.fill(action, level=level, level_reason="Somebody was nearly hurt.")
    assert found(action) == []


def test_the_next_level_follows_what_still_stands(discipline: DisciplineStage) -> None:
    discipline.acknowledged()

    action = discipline.draft(level="written", has_no_prior_actions=False, prior_actions="One.")

    assert levels_skipped(action) == []


# --- The appeal ------------------------------------------------------------------------------------------------------


def test_an_appeal_is_open_until_its_last_day(discipline: DisciplineStage) -> None:
    action = discipline.issued()
    discipline.clock.to(D(2027, 1, 18))

    appeal_action(actor=discipline.alice.member, action=action, grounds="I had reported it.")

    assert action.status == ActionStatus.APPEALED


def test_an_appeal_too_late_is_refused_with_its_day(discipline: DisciplineStage) -> None:
    action = discipline.acknowledged()
    discipline.clock.to(D(2027, 1, 19))

    with pytest.raises(DomainError, match="ended on 18 January 2027") as refused:
        appeal_action(actor=discipline.alice.member, action=action, grounds="I had reported it.")
    assert refused.value.rule == 17


def test_only_the_uninvolved_may_hear_it(
    discipline: DisciplineStage, carol: Person, nora: Person, adam: Person
) -> None:
    hugo = make_person(carol.organization, "Hugo", "Hale", roles=(Role.HR_PARTNER,))
    below = make_person(carol.organization, "Lea", "Lang", manager=discipline.bob)
    make_person(carol.organization, "Max", "Maas", manager=below)
    action = discipline.appealed()

    assert {person.full_name for person in possible_hearers(action)} == {
        "Carol Castellan",
        "Hugo Hale",
        "Nora North",
    }
    for involved in (discipline.alice, discipline.bob, discipline.hana, below, adam):
        with pytest.raises(DomainError, match="Choose somebody else"):
            appoint_hearer(actor=hugo.member, action=action, hearer=involved.employee)


@pytest.mark.parametrize(
    ("decision", "level", "status"),
    [
        ("upheld", "", ActionStatus.UPHELD),
        ("reduced", "verbal", ActionStatus.REDUCED),
        ("withdrawn", "", ActionStatus.WITHDRAWN),
    ],
)
def test_the_appeal_is_decided_with_reasons(
    discipline: DisciplineStage, nora: Person, decision: str, level: str, status: ActionStatus
) -> None:
    action = discipline.heard_by(nora, level="written", level_reason="Somebody was nearly hurt.")

    with pytest.raises(DomainError, match="Write the reasons"):
        decide_appeal(actor=nora.member, action=action, decision=decision, reasons=" ", reduced_level=level)
    document = decide_appeal(
        actor=nora.member, action=action, decision=decision, reasons="I spoke with both sides.", reduced_level=level
    )

    action.refresh_from_db()
    assert (action.status, action.level_in_force) == (status, level or "written")
    assert (action.appeal.decision, action.appeal.decided_by) == (decision, nora.member)
    assert document.kind == "appeal_decision"


def test_an_appeal_never_makes_it_worse(discipline: DisciplineStage, nora: Person) -> None:
    action = discipline.heard_by(nora)

    for level in ("verbal", "final", ""):
        with pytest.raises(DomainError, match="lighter than the one issued"):
            decide_appeal(actor=nora.member, action=action, decision="reduced", reasons="Lighter.", reduced_level=level)
