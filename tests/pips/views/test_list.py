"""The list of plans: who sees which, narrowed, ordered, remembered, exported."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_rls_tenants import tenant_context

from people.models import AccessRecord
from pips.models import Plan
from pips.services.plan import draft_plan
from tests.cast import DepartmentFactory, Person, make_person
from tests.pips.conftest import Stage
from tests.pips.views.conftest import ClientOf, Named

LIST = "/o/harbor/plans/"


def names_on(client: Client, query: str = "") -> list[str]:
    """Return the people of the plans listed, in order."""
    body = client.get(f"{LIST}{query}").content.decode()
    return re.findall(r'<a href="/o/harbor/plans/\d+/">([^<]+)</a>', body)


@pytest.fixture
def three_plans(stage: Stage, bob: Person) -> list[Plan]:
    """Alice's issued plan and two drafts in the same team."""
    plans = [stage.issued()]
    for given, family in (("Yusuf", "Younis"), ("Zoe", "Zeller")):
        person = make_person(bob.organization, given, family, manager=bob)
        plans.append(draft_plan(actor=bob.member, employee=person.employee, template_key="quality"))
    return plans


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("bob", ["Alice Archer", "Yusuf Younis", "Zoe Zeller"]),
        ("carol", ["Alice Archer", "Yusuf Younis", "Zoe Zeller"]),
        ("hana", ["Alice Archer", "Yusuf Younis", "Zoe Zeller"]),
        ("alice", ["Alice Archer"]),
        ("adam", []),
        ("eve", []),
    ],
)
def test_each_sees_the_plans_they_may_see(
    three_plans: list[Plan], client_of: ClientOf, person: Named, who: str, names: list[str]
) -> None:
    assert names_on(client_of(person(who))) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?q=zoe", ["Zoe Zeller"]),
        ("?q=reliable", ["Alice Archer"]),
        ("?q=nobody", []),
        ("?status=draft", ["Yusuf Younis", "Zoe Zeller"]),
        ("?status=running", ["Alice Archer"]),
        ("?status=open", ["Alice Archer", "Yusuf Younis", "Zoe Zeller"]),
        ("?status=over", []),
        ("?sort=-employee", ["Zoe Zeller", "Yusuf Younis", "Alice Archer"]),
        ("?sort=employee", ["Alice Archer", "Yusuf Younis", "Zoe Zeller"]),
        ("?sort=status", ["Yusuf Younis", "Zoe Zeller", "Alice Archer"]),
        ("?sort=-status", ["Alice Archer", "Yusuf Younis", "Zoe Zeller"]),
        ("?sort=nonsense", ["Alice Archer", "Yusuf Younis", "Zoe Zeller"]),
        ("?page=99", ["Alice Archer", "Yusuf Younis", "Zoe Zeller"]),
    ],
)
def test_the_list_is_narrowed_and_ordered(
    three_plans: list[Plan], client_of: ClientOf, bob: Person, query: str, names: list[str]
) -> None:
    assert names_on(client_of(bob), query) == names


def test_the_list_is_narrowed_by_manager_and_department(
    three_plans: list[Plan], client_of: ClientOf, bob: Person, hana: Person
) -> None:
    ports = DepartmentFactory.create(name="Ports")
    employee = three_plans[1].employee
    employee.department = ports
    employee.save(update_fields=["department"])
    client = client_of(hana)

    assert names_on(client, f"?department={ports.pk}") == ["Yusuf Younis"]
    assert len(names_on(client, f"?manager={bob.employee.pk}")) == 3


def test_filters_are_remembered_until_they_are_cleared(
    three_plans: list[Plan], client_of: ClientOf, bob: Person
) -> None:
    client = client_of(bob)
    client.get(f"{LIST}?status=draft")

    back = client.get(LIST)
    client.get(f"{LIST}?reset=1")

    assert (back.status_code, back["Location"]) == (302, f"{LIST}?status=draft")
    assert len(names_on(client)) == 3


def test_htmx_gets_the_table_alone(three_plans: list[Plan], client_of: ClientOf, bob: Person) -> None:
    body = client_of(bob).get(LIST, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in body
    assert "Zoe Zeller" in body


def test_the_list_takes_the_same_statements_for_one_and_for_three(
    stage: Stage, client_of: ClientOf, bob: Person
) -> None:
    client = client_of(bob)
    stage.draft()
    client.get(LIST)  # what is cached after a first visit
    with CaptureQueriesContext(
        connection,
    ) as for_one:
        client.get(LIST)
    for given, family in (("Yusuf", "Younis"), ("Zoe", "Zeller")):
        person = make_person(bob.organization, given, family, manager=bob)
        draft_plan(actor=bob.member, employee=person.employee, template_key="quality")
    with CaptureQueriesContext(connection) as for_three:
        client.get(LIST)

    assert len(for_one) == len(for_three) == LIST_STATEMENTS


#: Session, user, organization, member, managers and departments on offer, count, rows; a savepoint and the context.
LIST_STATEMENTS = 10


def test_the_export_has_the_filtered_rows_and_is_on_the_record(
    three_plans: list[Plan], client_of: ClientOf, bob: Person
) -> None:
    response = client_of(bob).get(f"{LIST}export/?status=draft")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row[1] for row in rows] == ["Employee", "Yusuf Younis", "Zoe Zeller"]
    assert response["Content-Disposition"] == 'attachment; filename="plans-harbor.csv"'
    with tenant_context(bob.organization.pk):
        assert AccessRecord.objects.filter(about_type="plan", action="export", member=bob.member).count() == 1


def test_cells_of_the_export_do_not_run(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    Plan.objects.filter(pk=plan.pk).update(title="=HYPERLINK(1)")

    response = client_of(bob).get(f"{LIST}export/")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[1][4] == "'=HYPERLINK(1)"


def test_an_empty_list_says_what_a_plan_is(stage: Stage, client_of: ClientOf, bob: Person, eve: Person) -> None:
    assert "Start a plan" in client_of(bob).get(LIST).content.decode()
    assert "Start a plan" not in client_of(eve).get(LIST).content.decode()


def test_anonymous_visitors_are_sent_to_sign_in(stage: Stage, client: Client) -> None:
    assert client.get(LIST)["Location"].startswith("/accounts/login/")
    assert client.get(f"{LIST}export/")["Location"].startswith("/accounts/login/")


def test_lists_are_only_read(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    client = client_of(bob)

    assert client.post(LIST).status_code == 405
    assert client.post(f"{LIST}export/").status_code == 405


def test_a_new_plan_is_drafted_for_somebody_below(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    response = client_of(bob).post(
        f"{LIST}new/", {"employee": stage.alice.employee.pk, "template": "quality", "length_days": "60"}
    )

    plan = Plan.objects.get()
    assert response["Location"] == f"/o/harbor/plans/{plan.pk}/draft/"
    assert (plan.employee, plan.template_key, plan.length_days) == (stage.alice.employee, "quality", 60)


def test_nobody_with_an_open_plan_is_offered_and_the_page_says_why(
    stage: Stage, client_of: ClientOf, bob: Person
) -> None:
    stage.draft()
    client = client_of(bob)

    page = client.get(f"{LIST}new/").content.decode()
    refused = client.post(
        f"{LIST}new/", {"employee": stage.alice.employee.pk, "template": "quality", "length_days": "60"}
    )

    assert "One person has one open plan at a time." in page
    assert refused.status_code == 422
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("who", ["alice", "hana", "adam", "eve"])
def test_only_managers_start_a_plan(stage: Stage, client_of: ClientOf, person: Named, who: str) -> None:
    assert client_of(person(who)).get(f"{LIST}new/").status_code == 403
