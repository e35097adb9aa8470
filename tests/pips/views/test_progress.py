"""Check-ins, milestones and support through their pages; and the way from an obligation to its page."""

from decimal import Decimal

import pytest

from pips.models import Milestone, Plan, PlanCheckIn, SupportCommitment
from tests.cast import Person, make_person
from tests.pips.conftest import START, Stage
from tests.pips.views.conftest import ClientOf, Named, path_of


def first_check_in(plan: Plan) -> PlanCheckIn:
    return PlanCheckIn.objects.filter(plan=plan).order_by("day")[0]


def first_milestone(plan: Plan) -> Milestone:
    return Milestone.objects.filter(plan=plan).order_by("day")[0]


def test_manager_and_employee_put_both_views_of_a_check_in_on_the_record(
    stage: Stage, client_of: ClientOf, bob: Person, alice: Person
) -> None:
    plan = stage.active()
    check_in = first_check_in(plan)
    stage.clock.to(check_in.due_on)
    path = path_of(plan, f"check-ins/{check_in.pk}/")

    client_of(bob).post(
        path,
        {"held_on": check_in.due_on.isoformat(), "track_status": "at_risk", "manager_view": "Three of four on time."},
    )
    answer_page = client_of(alice).get(path).content.decode()
    client_of(alice).post(path, {"employee_view": "The export came late."})

    check_in.refresh_from_db()
    assert "Three of four on time." in answer_page
    assert (check_in.track_status, check_in.manager_view, check_in.employee_view) == (
        "at_risk",
        "Three of four on time.",
        "The export came late.",
    )


def test_a_milestone_takes_a_reading_for_each_expectation(
    stage: Stage, client_of: ClientOf, bob: Person, alice: Person
) -> None:
    plan = stage.active()
    milestone = first_milestone(plan)
    assert milestone.due_on is not None
    stage.clock.to(milestone.due_on)
    first, second = plan.expectations.order_by("position")

    response = client_of(bob).post(
        path_of(plan, f"milestones/{milestone.pk}/"),
        {
            "held_on": milestone.due_on.isoformat(),
            "track_status": "on_track",
            "manager_view": "Every item has a day.",
            f"reading_{first.pk}": "72.5",
            f"reading_{second.pk}": "",
        },
    )

    assert response["Location"] == path_of(plan) + "#milestones"
    readings = dict(milestone.readings.values_list("expectation_id", "value"))
    assert readings.get(first.pk) == Decimal("72.5")
    assert readings.get(second.pk) is None
    assert "72.5%" in client_of(alice).get(path_of(plan)).content.decode()


def test_a_record_that_both_have_made_is_final(stage: Stage, client_of: ClientOf, bob: Person, alice: Person) -> None:
    plan = stage.active()
    check_in = first_check_in(plan)
    stage.clock.to(check_in.due_on)
    path = path_of(plan, f"check-ins/{check_in.pk}/")
    words = {"held_on": check_in.due_on.isoformat(), "track_status": "on_track", "manager_view": "Good."}
    client_of(bob).post(path, words)
    client_of(alice).post(path, {"employee_view": "Good."})

    response = client_of(bob).post(path, {**words, "manager_view": "Bad after all."})

    check_in.refresh_from_db()
    assert response.status_code == 409
    assert check_in.manager_view == "Good."


@pytest.mark.parametrize(("who", "status"), [("bob", 200), ("carol", 200), ("alice", 200), ("hana", 403), ("eve", 404)])
def test_who_opens_the_page_of_a_check_in(
    stage: Stage, client_of: ClientOf, person: Named, who: str, status: int
) -> None:
    plan = stage.active()

    assert client_of(person(who)).get(path_of(plan, f"check-ins/{first_check_in(plan).pk}/")).status_code == status


@pytest.mark.parametrize("part", ["check-ins", "milestones", "support"])
def test_a_part_of_another_plan_is_not_found(stage: Stage, client_of: ClientOf, bob: Person, part: str) -> None:
    plan = stage.active()

    assert client_of(bob).get(path_of(plan, f"{part}/999999/")).status_code == 404


def own_promise(plan: Plan, owner: Person) -> SupportCommitment:
    commitment = SupportCommitment.objects.filter(plan=plan).order_by("due_day")[0]
    commitment.owner = owner.employee
    commitment.save(update_fields=["owner"])
    return commitment


def test_whoever_promised_support_records_it_without_reading_the_plan(
    stage: Stage, client_of: ClientOf, carol: Person
) -> None:
    plan = stage.active()
    helper = make_person(plan.organization, "Henry", "Helper")
    commitment = own_promise(plan, helper)
    client = client_of(helper)
    path = path_of(plan, f"support/{commitment.pk}/")

    page = client.get(path)
    done = client.post(path, {"delivered_on": START.isoformat(), "note": "First half hour held."})

    commitment.refresh_from_db()
    assert page.status_code == 200
    assert "Reliable delivery" not in page.content.decode()
    assert client.get(path_of(plan)).status_code == 404
    assert done["Location"] == "/o/harbor/"
    assert commitment.delivered_note == "First half hour held."


@pytest.mark.parametrize(("who", "status"), [("bob", 200), ("carol", 200), ("alice", 403), ("hana", 403), ("eve", 404)])
def test_who_opens_the_page_of_a_promise(
    stage: Stage, client_of: ClientOf, person: Named, who: str, status: int
) -> None:
    plan = stage.active()
    commitment = plan.support_commitments.order_by("due_day")[0]

    assert client_of(person(who)).get(path_of(plan, f"support/{commitment.pk}/")).status_code == status


def test_an_obligation_leads_to_its_page(stage: Stage, client_of: ClientOf, bob: Person, eve: Person) -> None:
    plan = stage.active()
    check_in, milestone = first_check_in(plan), first_milestone(plan)
    commitment = plan.support_commitments.order_by("due_day")[0]
    client = client_of(bob)

    led = {
        about: client.get(f"/o/harbor/plans/due/{about}/{pk}/")["Location"]
        for about, pk in (("check_in", check_in.pk), ("milestone", milestone.pk), ("support_commitment", commitment.pk))
    }

    assert led == {
        "check_in": path_of(plan, f"check-ins/{check_in.pk}/"),
        "milestone": path_of(plan, f"milestones/{milestone.pk}/"),
        "support_commitment": path_of(plan, f"support/{commitment.pk}/"),
    }
    assert client_of(eve).get(f"/o/harbor/plans/due/check_in/{check_in.pk}/").status_code == 404
    assert client.get("/o/harbor/plans/due/check_in/999999/").status_code == 404
    assert client.get(f"/o/harbor/plans/due/nonsense/{check_in.pk}/").status_code == 404
