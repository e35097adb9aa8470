"""Rule 17: an appeal in time, to somebody uninvolved whom HR chooses, decided with reasons; it makes nothing worse."""

import datetime
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client

from people.enums import Role
from pipcycle.errors import DomainError
from pips.enums import AppealStatus, Outcome
from pips.models import Appeal, Plan
from pips.rules import Standing, can_view_plan, standing_in
from pips.selectors.plans import plan_for
from pips.services.appeals import assign_appeal, decide_appeal, file_appeal
from pips.services.outcome import close_plan
from reminders.models import Obligation
from tests.cast import Person, make_person
from tests.pips.conftest import Stage


@pytest.fixture
def nora(stage: Stage) -> Person:
    """A manager of another part of the organization."""
    nora = make_person(stage.bob.organization, "Nora", "North")
    make_person(stage.bob.organization, "Nils", "North", manager=nora)
    return nora


@pytest.fixture
def failed(stage: Stage) -> Plan:
    """A plan decided as unsuccessful."""
    return stage.decided(Outcome.UNSUCCESSFUL)


def appeal(stage: Stage, plan: Plan) -> Appeal:
    return file_appeal(actor=stage.alice.member, plan=plan, words="The last month was not counted.")


def assigned(stage: Stage, plan: Plan, person: Person) -> Appeal:
    filed = appeal(stage, plan)
    assign_appeal(actor=stage.hana.member, appeal=filed, email=person.email)
    return filed


def test_an_appeal_keeps_what_it_is_against_and_hr_owes_a_reviewer(stage: Stage, failed: Plan) -> None:
    filed = appeal(stage, failed)

    assert (filed.status, filed.outcome) == (AppealStatus.FILED, Outcome.UNSUCCESSFUL)
    owed = Obligation.objects.get(about_type="appeal", about_id=filed.pk)
    assert (owed.kind, owed.owner_role) == ("assign_appeal", "hr_partner")


@pytest.mark.parametrize(("days", "is_in_time"), [(14, True), (15, False)])
def test_the_time_to_appeal_is_the_organizations(stage: Stage, failed: Plan, days: int, is_in_time: bool) -> None:
    assert failed.ends_on is not None
    stage.clock.to(failed.ends_on + datetime.timedelta(days=days))

    if is_in_time:
        assert appeal(stage, failed).pk
    else:
        with pytest.raises(DomainError, match="has passed"):
            appeal(stage, failed)


def test_there_is_one_appeal_and_none_against_a_success(stage: Stage, failed: Plan) -> None:
    appeal(stage, failed)
    with pytest.raises(DomainError, match="already"):
        appeal(stage, failed)


def test_a_success_is_not_appealed_against(stage: Stage) -> None:
    with pytest.raises(DomainError):
        appeal(stage, stage.decided(Outcome.SUCCESSFUL))


def test_the_one_hr_chose_reads_that_case_and_owes_the_decision(stage: Stage, failed: Plan, nora: Person) -> None:
    with pytest.raises(Http404):
        plan_for(nora.member, failed.pk)

    filed = assigned(stage, failed, nora)

    assert standing_in(nora.member, failed) == {Standing.APPEAL_REVIEWER}
    assert plan_for(nora.member, failed.pk) == failed
    owed = Obligation.objects.get(about_type="appeal", about_id=filed.pk, status="open")
    assert (owed.kind, owed.owner) == ("decide_appeal", nora.employee)


@pytest.mark.parametrize("who", ["alice", "bob", "carol", "hana", "eve"])
def test_nobody_with_a_part_in_the_plan_or_without_a_part_in_leading_looks_at_it(
    stage: Stage, failed: Plan, request: pytest.FixtureRequest, who: str
) -> None:
    person: Person = request.getfixturevalue(who)
    filed = appeal(stage, failed)

    with pytest.raises(DomainError, match="cannot look at it"):
        assign_appeal(actor=stage.hana.member, appeal=filed, email=person.email)


def test_an_upheld_outcome_stands_and_the_access_ends(stage: Stage, failed: Plan, nora: Person) -> None:
    filed = assigned(stage, failed, nora)

    decide_appeal(actor=nora.member, appeal=filed, is_upheld=True, reasons="Every week was counted.")

    failed.refresh_from_db()
    assert (failed.outcome, filed.status) == (Outcome.UNSUCCESSFUL, AppealStatus.UPHELD)
    assert not can_view_plan(nora.member, failed)


def test_a_changed_outcome_is_withdrawn_and_the_first_one_stays_in_the_appeal(
    stage: Stage, failed: Plan, nora: Person
) -> None:
    first_reason = failed.outcome_reason
    filed = assigned(stage, failed, nora)

    decide_appeal(actor=nora.member, appeal=filed, is_upheld=False, reasons="March is missing.")

    failed.refresh_from_db()
    filed.refresh_from_db()
    assert failed.outcome == Outcome.WITHDRAWN
    assert "March is missing." in failed.outcome_reason
    assert (filed.outcome, filed.outcome_reason) == (Outcome.UNSUCCESSFUL, first_reason)


def test_the_plan_is_not_closed_while_an_appeal_is_open(stage: Stage, failed: Plan, nora: Person) -> None:
    filed = assigned(stage, failed, nora)
    with pytest.raises(DomainError, match="appeal is not decided"):
        close_plan(actor=stage.hana.member, plan=failed)

    decide_appeal(actor=nora.member, appeal=filed, is_upheld=True, reasons="Every week was counted.")

    close_plan(actor=stage.hana.member, plan=failed)
    assert failed.closed_at is not None


def test_only_the_employee_files_hr_assigns_and_the_chosen_one_decides(
    stage: Stage, failed: Plan, nora: Person
) -> None:
    with pytest.raises(PermissionDenied):
        file_appeal(actor=stage.bob.member, plan=failed, words="For her.")
    filed = appeal(stage, failed)
    for other in (stage.alice, stage.bob):
        with pytest.raises(PermissionDenied):
            assign_appeal(actor=other.member, appeal=filed, email=nora.email)
    assign_appeal(actor=stage.hana.member, appeal=filed, email=nora.email)
    for other in (stage.alice, stage.bob, stage.hana):
        with pytest.raises(PermissionDenied):
            decide_appeal(actor=other.member, appeal=filed, is_upheld=True, reasons="So be it.")


def test_an_uninvolved_hr_partner_can_be_chosen(stage: Stage, failed: Plan) -> None:
    other = make_person(stage.bob.organization, "Hugo", "Hale", roles=(Role.HR_PARTNER,))
    filed = assigned(stage, failed, other)

    decide_appeal(actor=other.member, appeal=filed, is_upheld=True, reasons="Every week was counted.")

    assert filed.status == AppealStatus.UPHELD


def test_whoever_decided_is_led_to_a_page_they_may_still_read(
    stage: Stage, failed: Plan, nora: Person, client_of: Callable[[Person], Client]
) -> None:
    assigned(stage, failed, nora)
    client = client_of(nora)

    answer = client.post(
        f"/o/harbor/plans/{failed.pk}/appeal/", {"decision": "upheld", "reasons": "The month was counted."}
    )

    assert (answer.status_code, answer["Location"]) == (302, "/o/harbor/")
