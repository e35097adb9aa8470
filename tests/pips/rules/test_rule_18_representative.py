"""Rule 18: whoever asks for a representative is not heard without them, and the record says what was answered."""

from typing import Any

import pytest

from pipcycle.errors import DomainError
from pips.discipline_enums import ActionStep
from pips.gates.actions import action_findings
from pips.services.discipline.review import submit_action
from tests.pips.discipline.conftest import DisciplineStage


@pytest.mark.parametrize(
    "broken",
    [
        {"union_status": ""},
        {"probation_status": ""},
        {"representation": ""},
        {"representation": "postponed"},
        {"representation": "attended", "representative": " "},
    ],
)
def test_without_the_answer_or_the_representative_it_stops(discipline: DisciplineStage, broken: dict[str, Any]) -> None:
    action = discipline.draft(**broken)

    assert [(one.code, one.rule) for one in action_findings(action, ActionStep.SUBMIT)] == [("representative", 18)]
    with pytest.raises(DomainError) as refused:
        submit_action(actor=discipline.bob.member, action=action)
    assert refused.value.rule == 18


@pytest.mark.parametrize(
    "given", [{"representation": "declined"}, {"representation": "attended", "representative": "Pat Price, Local 7"}]
)
def test_with_the_answer_on_record_it_goes_on(discipline: DisciplineStage, given: dict[str, Any]) -> None:
    action = discipline.draft(union_status="covered", **given)

    assert action_findings(action, ActionStep.SUBMIT) == []
