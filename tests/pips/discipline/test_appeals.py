"""The way of an appeal: filed once, given to somebody uninvolved who may then read one case, decided and sealed."""

import pytest
from django.core.exceptions import PermissionDenied

from documents.models import Document
from pipcycle.errors import DomainError
from pips.discipline_enums import ActionStatus
from pips.models import DisciplinaryAppeal
from pips.selectors.discipline import actions_visible_to
from pips.services.discipline.appeal import appeal_action, appoint_hearer, decide_appeal
from pips.services.discipline.review import withdraw_action
from tests.cast import Person
from tests.pips.discipline.conftest import D, DisciplineStage
from tests.pips.discipline.test_writing import owed, told


def test_filing_is_the_employees_and_hr_names_who_hears(discipline: DisciplineStage, carol: Person) -> None:
    action = discipline.issued()
    told()
    for person in (discipline.bob, discipline.hana, carol):
        with pytest.raises(PermissionDenied):
            appeal_action(actor=person.member, action=action, grounds="No.")

    with pytest.raises(DomainError, match="Write why"):
        appeal_action(actor=discipline.alice.member, action=action, grounds=" ")
    appeal_action(actor=discipline.alice.member, action=action, grounds="I had reported the guard.")

    assert owed() == [("appoint_hearer", "hr_partner", D(2027, 1, 7))]
    assert sorted(told()) == [("bob", "An appeal was filed"), ("hana", "An appeal was filed")]
    with pytest.raises(DomainError, match="moved this action to “Appealed”"):
        appeal_action(actor=discipline.alice.member, action=action, grounds="Once more.")


def test_who_hears_it_may_read_this_one_case_and_no_other(discipline: DisciplineStage, nora: Person) -> None:
    other = discipline.issued()
    withdraw_action(actor=discipline.hana.member, action=other, reason="The log was wrong.")
    assert list(actions_visible_to(nora.member)) == []

    action = discipline.heard_by(nora)

    assert list(actions_visible_to(nora.member)) == [action]
    assert owed() == [("hear_action_appeal", "Nora", D(2027, 1, 19))]
    assert told()[-1] == ("nora", "You are asked to hear an appeal")


def test_naming_somebody_else_takes_the_case_from_the_first(
    discipline: DisciplineStage, nora: Person, carol: Person
) -> None:
    action = discipline.heard_by(nora)

    appoint_hearer(actor=discipline.hana.member, action=action, hearer=carol.employee)

    assert list(actions_visible_to(nora.member)) == []
    assert [(kind, owner) for kind, owner, _due in owed()] == [("hear_action_appeal", "Carol")]


def test_only_hr_names_and_only_who_is_named_decides(discipline: DisciplineStage, nora: Person, carol: Person) -> None:
    action = discipline.heard_by(nora)

    for person in (discipline.alice, discipline.bob, nora):
        with pytest.raises(PermissionDenied):
            appoint_hearer(actor=person.member, action=action, hearer=carol.employee)
    for person in (discipline.alice, discipline.bob, discipline.hana, carol):
        with pytest.raises(PermissionDenied):
            decide_appeal(actor=person.member, action=action, decision="upheld", reasons="Because.")


def test_the_decision_is_sealed_told_and_final(discipline: DisciplineStage, nora: Person) -> None:
    action = discipline.heard_by(nora)
    told()

    decide_appeal(actor=nora.member, action=action, decision="upheld", reasons="Both sides were heard.")

    assert owed() == []
    assert sorted(told()) == [(who, "An appeal is decided") for who in ("alice", "bob", "hana")]
    assert sorted(Document.objects.filter(about_id=action.pk).values_list("kind", flat=True)) == [
        "appeal_decision",
        "disciplinary_letter",
    ]
    with pytest.raises(DomainError, match="moved this action to “Upheld”"):
        decide_appeal(actor=nora.member, action=action, decision="withdrawn", reasons="After all.")


def test_under_appeal_it_is_not_withdrawn_over_the_hearers_head(discipline: DisciplineStage) -> None:
    action = discipline.appealed()

    with pytest.raises(PermissionDenied):
        withdraw_action(actor=discipline.hana.member, action=action, reason="Easier.")
    assert action.status == ActionStatus.APPEALED


def test_an_appeal_is_filed_once_even_by_two_clicks(discipline: DisciplineStage) -> None:
    action = discipline.issued()
    DisciplinaryAppeal.objects.create(action=action, grounds="The first click.")

    with pytest.raises(DomainError, match="filed already"):
        appeal_action(actor=discipline.alice.member, action=action, grounds="The second click.")
