"""Rule 10: what is medical lies apart; managers see what is granted and from when, and no page tells them more."""

import pytest
from django.http import Http404

from people.enums import Role
from people.models import AccessRecord, Membership, PartnerScope
from pips.models import AccommodationRequest, Plan
from pips.selectors.plans import plan_for
from pips.selectors.voice import accommodation_for, voice_of
from pips.services.accommodations import decide_accommodation
from pips.services.companions import invite_companion
from reminders.models import OutboxMessage
from reminders.selectors import obligations_overdue_below
from tests.cast import DepartmentFactory, Person, make_person
from tests.pips.conftest import START, Stage
from tests.pips.rules.test_rule_09_accommodation import WORDS, ask, grant
from tests.pips.views.conftest import ClientOf, path_of


def asked_by(member: Membership, plan: Plan) -> list[AccommodationRequest]:
    return list(voice_of(member, plan_for(member, plan.pk)).accommodations)


def test_a_manager_does_not_learn_that_the_employee_asked(stage: Stage, carol: Person, client_of: ClientOf) -> None:
    plan = stage.running()
    request = ask(stage, plan)

    for manager in (stage.bob, carol):
        assert asked_by(manager.member, plan) == []
        body = client_of(manager).get(path_of(plan)).content.decode()
        assert "accommodation" not in body.split("<main")[1].lower()
        assert client_of(manager).get(path_of(plan, f"voice/accommodations/{request.pk}/")).status_code == 404
        assert request.pk not in [one.about_id for one in obligations_overdue_below(manager.member)]


def test_a_manager_sees_what_is_granted_and_never_why(stage: Stage, client_of: ClientOf) -> None:
    plan = stage.running()
    grant(stage, ask(stage, plan))

    body = client_of(stage.bob).get(path_of(plan)).content.decode()

    for shown in ("A standing desk", "No shift of more than four hours", "5 Jan 2027"):
        assert shown in body
    for hidden in (WORDS, "back:", "Agreed in the talk"):
        assert hidden not in body


def test_a_declined_request_stays_unknown_to_the_manager(stage: Stage) -> None:
    plan = stage.running()
    request = ask(stage, plan)
    decide_accommodation(actor=stage.hana.member, request=request, is_granted=False, reason="Talked through.")

    assert asked_by(stage.bob.member, plan) == []
    assert [one.pk for one in asked_by(stage.alice.member, plan)] == [request.pk]


def test_each_reading_of_the_detail_by_hr_is_on_record(stage: Stage) -> None:
    plan = stage.running()
    request = ask(stage, plan)

    _found, words = accommodation_for(stage.hana.member, plan, request.pk)

    assert words == WORDS
    read = AccessRecord.objects.filter(about_type="accommodation_request", about_id=str(request.pk))
    assert [record.member for record in read] == [stage.hana.member]


def test_neither_admin_nor_representative_nor_an_hr_partner_above_reads_the_detail(
    stage: Stage, adam: Person, eve: Person
) -> None:
    plan = stage.running()
    request = ask(stage, plan)
    invite_companion(actor=stage.alice.member, plan=plan, email=eve.email)
    above = stage.bob.member
    above.roles = [Role.HR_PARTNER.value]
    above.save(update_fields=["roles"])

    for member in (adam.member, eve.member, above):
        with pytest.raises(Http404):
            accommodation_for(member, plan, request.pk)


def test_an_hr_partner_of_another_department_reads_nothing(stage: Stage) -> None:
    other = make_person(stage.bob.organization, "Piet", "Partner", roles=(Role.HR_PARTNER,))
    PartnerScope.objects.create(membership=other.member, department=DepartmentFactory.create(name="Elsewhere"))
    plan = stage.running()

    with pytest.raises(Http404):
        accommodation_for(other.member, plan, ask(stage, plan).pk)


def test_no_mail_carries_a_word_of_it(stage: Stage) -> None:
    grant(stage, ask(stage, stage.running()))

    said = " ".join(f"{message.subject} {message.text_body}" for message in OutboxMessage.objects.all())
    for hidden in ("back", "desk", "accommodation", "Alice"):
        assert hidden not in said


def test_the_days_are_the_ones_of_the_tests() -> None:
    assert START.isoformat() == "2027-01-05"
