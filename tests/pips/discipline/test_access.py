"""Who sees a disciplinary action: those who lead and serve, its employee once issued, and who hears the appeal."""

import pytest
from django.http import Http404

from people.models import AccessRecord
from pips.discipline_rules import can_view_action
from pips.selectors.discipline import action_for, actions_visible_to, people_to_write_about
from tests.cast import Person
from tests.pips.discipline.conftest import DisciplineStage


def test_a_draft_is_seen_by_managers_and_hr_only(
    discipline: DisciplineStage, carol: Person, adam: Person, eve: Person, ines: Person, nora: Person
) -> None:
    action = discipline.draft()
    people = (discipline.bob, carol, discipline.hana, discipline.alice, adam, eve, ines, nora)

    assert [actions_visible_to(person.member).exists() for person in people] == [True] * 3 + [False] * 5
    assert [can_view_action(person.member, action) for person in people] == [True] * 3 + [False] * 5


def test_the_employee_sees_it_from_the_day_it_is_handed_over(discipline: DisciplineStage) -> None:
    action = discipline.issued()

    assert list(actions_visible_to(discipline.alice.member)) == [action]
    assert can_view_action(discipline.alice.member, action) is True


def test_in_ones_own_case_one_is_the_employee_and_nothing_else(discipline: DisciplineStage) -> None:
    discipline.alice.member.roles = ["hr_partner"]
    discipline.alice.member.save(update_fields=["roles"])
    action = discipline.draft()

    assert list(actions_visible_to(discipline.alice.member)) == []
    assert can_view_action(discipline.alice.member, action) is False
    assert discipline.alice.employee not in people_to_write_about(discipline.alice.member)


def test_each_read_is_on_the_record(discipline: DisciplineStage, adam: Person) -> None:
    action = discipline.draft()

    action_for(discipline.hana.member, action.pk)

    read = AccessRecord.objects.get()
    assert (read.about_type, read.about_id, read.member) == (
        "disciplinary_action",
        str(action.pk),
        discipline.hana.member,
    )
    with pytest.raises(Http404):
        action_for(adam.member, action.pk)


def test_one_writes_about_whom_one_leads_or_serves(
    discipline: DisciplineStage, carol: Person, adam: Person, eve: Person
) -> None:
    assert set(people_to_write_about(discipline.bob.member)) == {discipline.alice.employee}
    assert discipline.alice.employee in people_to_write_about(discipline.hana.member)
    assert list(people_to_write_about(adam.member)) == []
    assert list(people_to_write_about(eve.member)) == []


def test_a_member_who_is_not_active_sees_nothing(discipline: DisciplineStage) -> None:
    discipline.draft()
    discipline.hana.member.is_active = False

    assert list(actions_visible_to(discipline.hana.member)) == []
    assert list(people_to_write_about(discipline.hana.member)) == []
