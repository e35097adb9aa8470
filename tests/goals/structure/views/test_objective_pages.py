"""The alignment tree and the pages of objectives and templates."""

from collections.abc import Callable
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_rls_tenants import tenant_context

from goals.enums import ObjectiveLevel
from goals.models import Cycle, Goal, GoalTemplate, Objective
from tests.cast import Person
from tests.goals.structure.conftest import MakeGoal, MakeObjective

OBJECTIVES = "/o/harbor/goals/objectives/"
TEMPLATES = "/o/harbor/goals/templates/"
ClientOf = Callable[[Person], Client]


def titles(person: Person) -> list[str]:
    with tenant_context(person.organization.pk):
        return list(Objective.objects.order_by("pk").values_list("title", flat=True))


def test_the_tree_says_how_many_goals_serve_no_objective(
    cycle: Cycle, alice: Person, make_goal: MakeGoal, make_objective: MakeObjective, client_of: ClientOf
) -> None:
    top = make_objective(cycle)
    make_goal(alice, cycle, objective=top)
    make_goal(alice, cycle, title="Other")

    page = client_of(alice).get(OBJECTIVES)

    assert "<strong>50 %</strong> of 2 goals in this cycle serve no objective." in page.content.decode()
    assert [node.objective for node in page.context["roots"]] == [top]


def test_the_tree_costs_the_same_at_one_and_at_three_rows(
    cycle: Cycle, hana: Person, alice: Person, make_goal: MakeGoal, make_objective: MakeObjective, client_of: ClientOf
) -> None:
    browser = client_of(hana)
    browser.get(OBJECTIVES)
    counts = []
    for number in (1, 2):
        for _count in range(number):
            make_goal(alice, cycle, objective=make_objective(cycle))
        with CaptureQueriesContext(connection) as captured:
            browser.get(OBJECTIVES)
        counts.append(len(captured))

    assert counts == [17, 17]


def test_without_a_cycle_the_tree_says_what_comes_first(alice: Person, hana: Person, client_of: ClientOf) -> None:
    page = client_of(alice).get(OBJECTIVES)

    assert "Objectives belong to a cycle. HR opens one first." in page.content.decode()
    assert client_of(hana).get(f"{OBJECTIVES}new/").status_code == 403


def test_htmx_gets_the_tree_alone(cycle: Cycle, alice: Person, client_of: ClientOf) -> None:
    page = client_of(alice).get(OBJECTIVES, headers={"HX-Request": "true"})

    assert "<html" not in page.content.decode()
    assert "No objectives yet" in page.content.decode()


def test_hr_writes_an_objective_below_another(
    cycle: Cycle, hana: Person, bob: Person, make_objective: MakeObjective, client_of: ClientOf
) -> None:
    top = make_objective(cycle)
    words = {"level": "team", "title": "No queue", "owner": bob.employee.pk, "parent": top.pk}

    page = client_of(hana).post(f"{OBJECTIVES}new/", words, follow=True)

    assert page.status_code == 200
    assert "No queue" in page.content.decode()
    assert titles(hana) == ["Customers stay", "No queue"]


def test_a_parent_of_no_higher_level_is_refused_above_the_form(
    cycle: Cycle, hana: Person, bob: Person, make_objective: MakeObjective, client_of: ClientOf
) -> None:
    team = make_objective(cycle, ObjectiveLevel.TEAM, owner=bob.employee)
    words = {"level": "team", "title": "T", "owner": bob.employee.pk, "parent": team.pk}

    page = client_of(hana).post(f"{OBJECTIVES}new/", words)

    assert page.status_code == 409
    assert "Choose one of a higher level" in page.context["form"].non_field_errors()[0]


def test_an_employee_writes_their_own_objective_only(
    cycle: Cycle, alice: Person, bob: Person, client_of: ClientOf
) -> None:
    browser = client_of(alice)
    page = browser.get(f"{OBJECTIVES}new/")
    own = browser.post(f"{OBJECTIVES}new/", {"level": "person", "title": "Mine", "owner": alice.employee.pk})
    other = browser.post(f"{OBJECTIVES}new/", {"level": "person", "title": "His", "owner": bob.employee.pk})

    with tenant_context(alice.organization.pk):
        assert list(page.context["form"].fields["owner"].queryset) == [alice.employee]
    assert (own.status_code, other.status_code) == (302, 422)
    assert titles(alice) == ["Mine"]


def test_changing_and_removing_an_objective(
    cycle: Cycle, hana: Person, make_objective: MakeObjective, client_of: ClientOf
) -> None:
    top = make_objective(cycle)
    browser = client_of(hana)

    changed = browser.post(f"{OBJECTIVES}{top.pk}/change/", {"level": "organization", "title": "Customers return"})
    after_change = titles(hana)
    removed = browser.post(f"{OBJECTIVES}{top.pk}/removal/")

    assert (changed.status_code, removed.status_code) == (302, 302)
    assert (after_change, titles(hana)) == (["Customers return"], [])


def test_a_closed_objective_is_not_found(
    cycle: Cycle, alice: Person, eve: Person, make_objective: MakeObjective, client_of: ClientOf
) -> None:
    own = make_objective(cycle, ObjectiveLevel.PERSON, owner=alice.employee)

    assert client_of(eve).get(f"{OBJECTIVES}{own.pk}/").status_code == 404
    assert client_of(alice).get(f"{OBJECTIVES}{own.pk}/").status_code == 200


def test_the_usual_templates_are_offered_and_added(hana: Person, client_of: ClientOf) -> None:
    browser = client_of(hana)
    offered = browser.get(TEMPLATES).content.decode()
    browser.post(f"{TEMPLATES}usual/")

    assert "Add the eight usual ones" in offered
    assert len(browser.get(TEMPLATES).context["templates"]) == 8


def test_a_template_is_written_changed_and_deleted(adam: Person, client_of: ClientOf) -> None:
    browser = client_of(adam)
    facts = {
        "name": "Speed", "title": "Faster", "measure": "percent", "target": "90", "direction": "higher",
        "visibility": "private",
    }  # fmt: skip
    incomplete = browser.post(f"{TEMPLATES}new/", {**facts, "target": ""})
    browser.post(f"{TEMPLATES}new/", facts)
    with tenant_context(adam.organization.pk):
        made = GoalTemplate.objects.get()
    browser.post(f"{TEMPLATES}{made.pk}/", {**facts, "name": "Pace"})
    with tenant_context(adam.organization.pk):
        made.refresh_from_db()
    browser.post(f"{TEMPLATES}{made.pk}/deletion/")

    assert (incomplete.status_code, incomplete.context["form"].errors) == (
        422,
        {"target": ["Say what is to be reached."]},
    )
    assert (made.name, made.unit) == ("Pace", "%")
    with tenant_context(adam.organization.pk):
        assert GoalTemplate.objects.count() == 0


def test_copying_shows_what_is_made_and_makes_what_is_chosen(
    cycle: Cycle, alice: Person, bob: Person, make_goal: MakeGoal, open_one: Callable[..., Cycle], client_of: ClientOf
) -> None:
    into = open_one(
        name="2027, second half",
        starts_on=date(2027, 7, 1),
        ends_on=date(2027, 12, 31),
        propose_by=date(2027, 7, 31),
    )
    first, second = make_goal(alice, cycle, title="One"), make_goal(alice, cycle, title="Two")
    browser = client_of(bob)
    address = f"/o/harbor/goals/cycles/{into.pk}/copying/"
    shown = browser.get(address)
    nothing = browser.post(address, {"starts_on": "2027-07-01", "due_on": "2027-12-31"})
    made = browser.post(address, {"starts_on": "2027-07-01", "due_on": "2027-12-31", "goals": [first.pk]})
    again = browser.get(address)

    assert [copy.goal.title for copy in shown.context["copies"]] == ["One", "Two"]
    assert (nothing.status_code, made.status_code) == (422, 302)
    assert [copy.copied is not None for copy in again.context["copies"]] == [True, False]
    with tenant_context(alice.organization.pk):
        assert list(Goal.objects.filter(cycle=into).values_list("copied_from", flat=True)) == [first.pk]
    assert second.title == "Two"


def test_a_template_is_started_for_the_team(
    cycle: Cycle, template: GoalTemplate, alice: Person, bob: Person, carol: Person, client_of: ClientOf
) -> None:
    browser = client_of(carol)
    address = f"{TEMPLATES}{template.pk}/goals/"
    direct, deep = browser.get(address), browser.get(f"{address}?people=all")
    made = browser.post(
        f"{address}?people=all",
        {
            "cycle": cycle.pk,
            "starts_on": "2027-01-04",
            "due_on": "2027-06-30",
            "people": [alice.employee.pk, bob.employee.pk],
            f"baseline_{alice.employee.pk}": "91.5",
            f"baseline_{bob.employee.pk}": "",
            "is_proposed": "",
        },
    )

    assert [row["start"].employee for row in direct.context["rows"]] == [bob.employee]
    assert [row["start"].employee for row in deep.context["rows"]] == [alice.employee, bob.employee]
    assert made.status_code == 302
    with tenant_context(carol.organization.pk):
        assert sorted(map(str, Goal.objects.values_list("baseline", flat=True))) == ["91.500", "None"]


def test_a_proposal_without_a_figure_is_refused_with_every_figure_kept(
    cycle: Cycle, template: GoalTemplate, alice: Person, bob: Person, client_of: ClientOf
) -> None:
    page = client_of(bob).post(
        f"{TEMPLATES}{template.pk}/goals/",
        {
            "cycle": cycle.pk,
            "starts_on": "2027-01-04",
            "due_on": "2027-06-30",
            "people": [alice.employee.pk],
            "is_proposed": "1",
        },
    )

    assert page.status_code == 409
    assert "Say where Alice Archer stands today" in page.content.decode()
