"""The list of people, the team and the profile."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django_rls_tenants import tenant_context
from pytest_django import DjangoAssertNumQueries

from people import registry
from people.enums import EmployeeStatus, Role
from people.models import Department, Employee, Organization, PartnerScope
from tests.cast import DepartmentFactory, EmployeeFactory, Person, make_person

ClientOf = Callable[[Person], Client]
LIST = "/o/harbor/people/"
LIST_QUERIES = 14
PROFILE_QUERIES = 18


def names_on(client: Client, path: str) -> list[str]:
    """Return the names the list shows, in order."""
    response = client.get(path)
    assert response.status_code == 200
    return [person.full_name for person in response.context["page"]]


@pytest.fixture
def everybody(alice: Person, bob: Person, carol: Person, hana: Person, adam: Person, eve: Person) -> None:
    """The whole cast of Harbor."""


@pytest.mark.usefixtures("everybody")
@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("adam", ["Adam Abel", "Alice Archer", "Bob Bailey", "Carol Castellan", "Eve Ellis", "Hana Holm"]),
        ("hana", ["Adam Abel", "Alice Archer", "Bob Bailey", "Carol Castellan", "Eve Ellis", "Hana Holm"]),
        ("carol", ["Alice Archer", "Bob Bailey", "Carol Castellan"]),
        ("bob", ["Alice Archer", "Bob Bailey"]),
    ],
)
def test_each_sees_the_people_they_are_there_for(
    who: str, names: list[str], client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    assert names_on(client_of(request.getfixturevalue(who)), LIST) == names


@pytest.mark.usefixtures("everybody")
@pytest.mark.parametrize("who", ["alice", "eve", "ines"])
def test_the_list_is_not_for_people_without_a_team(
    who: str, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(who))

    assert [client.get(LIST + part).status_code for part in ["", "team/", "export/"]] == [403, 403, 403]


def test_a_partner_of_a_department_sees_that_department(
    harbor: Organization, alice: Person, client_of: ClientOf
) -> None:
    partner = make_person(harbor, "Petra", "Pohl", roles=(Role.HR_PARTNER,), is_employed=False)
    with tenant_context(harbor.pk):
        sales = DepartmentFactory.create(name="Sales")
        EmployeeFactory.create(given_name="Sam", family_name="Sorel", department=sales)
        PartnerScope.objects.create(membership=partner.member, department=sales)

    assert names_on(client_of(partner), LIST) == ["Sam Sorel"]


def test_the_team_is_everyone_below(alice: Person, bob: Person, carol: Person, client_of: ClientOf) -> None:
    assert names_on(client_of(carol), LIST + "team/") == ["Alice Archer", "Bob Bailey"]


def test_a_stranger_finds_nothing(harbor: Organization, mallory: Person, client_of: ClientOf) -> None:
    assert client_of(mallory).get(LIST).status_code == 404


def test_an_anonymous_visitor_signs_in_first(harbor: Organization, client: Client) -> None:
    response = client.get(LIST + "?status=left")

    assert (response.status_code, response["Location"]) == (
        302,
        "/accounts/login/?next=/o/harbor/people/%3Fstatus%3Dleft",
    )


@pytest.mark.parametrize("part", ["", "team/", "export/", "me/"])
def test_lists_are_only_read(part: str, adam: Person, client_of: ClientOf) -> None:
    assert client_of(adam).post(LIST + part).status_code == 405


@pytest.fixture
def crew(harbor: Organization, adam: Person) -> dict[str, Employee]:
    """Three more people in two departments, one of whom has left."""
    with tenant_context(harbor.pk):
        docks = DepartmentFactory.create(name="Docks")
        first = EmployeeFactory.create(number="7", given_name="Zoe", family_name="Zander", department=docks)
        return {
            "zoe": first,
            "yann": EmployeeFactory.create(
                number="DOCK-8", given_name="Yann", family_name="Young", manager=first, email="captain@harbor.example"
            ),
            "xenia": EmployeeFactory.create(
                number="9", given_name="Xenia", family_name="Xu", status=EmployeeStatus.LEFT, left_on="2025-01-31"
            ),
        }


@pytest.mark.usefixtures("crew")
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=zan+zoe", ["Zoe Zander"]),
        ("q=captain", ["Yann Young"]),
        ("q=dock-8", ["Yann Young"]),
        ("status=left", ["Xenia Xu"]),
        ("status=all", ["Adam Abel", "Xenia Xu", "Yann Young", "Zoe Zander"]),
        ("sort=-name", ["Zoe Zander", "Yann Young", "Adam Abel"]),
        ("sort=no-such-column", ["Adam Abel", "Yann Young", "Zoe Zander"]),
        ("page=99", ["Adam Abel", "Yann Young", "Zoe Zander"]),
        ("q=nobody", []),
        ("q=%25", []),
    ],
)
def test_the_list_is_searched_filtered_and_sorted(
    query: str, names: list[str], adam: Person, client_of: ClientOf
) -> None:
    assert names_on(client_of(adam), f"{LIST}?{query}") == names


def test_the_list_is_narrowed_to_a_department(crew: dict[str, Employee], adam: Person, client_of: ClientOf) -> None:
    assert names_on(client_of(adam), f"{LIST}?department={crew['zoe'].department_id}") == ["Zoe Zander"]


def test_the_list_is_narrowed_to_everyone_below_a_manager(
    alice: Person, bob: Person, carol: Person, adam: Person, client_of: ClientOf
) -> None:
    assert names_on(client_of(adam), f"{LIST}?manager={carol.employee.pk}") == ["Alice Archer", "Bob Bailey"]


def test_another_tenant_s_department_is_no_choice(adam: Person, mallory: Person, client_of: ClientOf) -> None:
    with tenant_context(mallory.organization.pk):
        foreign = Department.objects.get()

    response = client_of(adam).get(f"{LIST}?department={foreign.pk}")

    assert response.context["filter"].form.errors["department"].data[0].code == "invalid_choice"
    department = response.content.decode().partition('name="department"')[2].partition("</select>")[0]
    assert department.count("<option") == 2
    assert f'value="{foreign.pk}"' not in department


def test_the_list_remembers_its_filters_until_they_are_cleared(
    crew: dict[str, Employee], adam: Person, client_of: ClientOf
) -> None:
    client = client_of(adam)
    client.get(f"{LIST}?status=left&page=2")

    remembered = client.get(LIST)
    cleared = client.get(f"{LIST}?reset=1")
    afterwards = client.get(LIST)

    assert (remembered.status_code, remembered["Location"]) == (302, f"{LIST}?status=left")
    assert (cleared.status_code, afterwards.status_code) == (200, 200)


def test_htmx_gets_the_results_alone(adam: Person, client_of: ClientOf) -> None:
    response = client_of(adam).get(f"{LIST}?status=all", headers={"HX-Request": "true"})

    body = response.content.decode()
    assert response.status_code == 200
    assert "Adam Abel" in body
    assert "<html" not in body


def test_going_back_in_the_browser_gets_the_whole_page(adam: Person, client_of: ClientOf) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    response = client_of(adam).get(f"{LIST}?status=all", headers=headers)

    assert "<html" in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_the_download_of_the_team_holds_the_team(
    alice: Person, bob: Person, carol: Person, client_of: ClientOf
) -> None:
    client = client_of(bob)
    page = client.get(f"{LIST}team/?sort=number").content.decode()
    [address] = re.findall(r'href="([^"]*export/[^"]*)"', page)

    rows = client.get(address.replace("&amp;", "&")).content.decode("utf-8-sig").splitlines()

    assert [row.split(",")[1] for row in rows[1:]] == ["Alice"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(
    count: int,
    harbor: Organization,
    hana: Person,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with tenant_context(harbor.pk):
        EmployeeFactory.create_batch(count, manager=hana.employee)
    client = client_of(hana)
    client.get(LIST)

    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)


def test_the_export_holds_the_list_and_runs_no_formula(
    crew: dict[str, Employee], harbor: Organization, adam: Person, client_of: ClientOf
) -> None:
    with tenant_context(harbor.pk):
        Employee.objects.filter(pk=crew["zoe"].pk).update(given_name='=HYPERLINK("http://evil")', family_name="+1")
        Employee.objects.filter(pk=crew["yann"].pk).update(given_name="\t@SUM(A1)", family_name="-2")

    response = client_of(adam).get(f"{LIST}export/?q=captain")
    rows = list(csv.reader(io.StringIO(client_of(adam).get(f"{LIST}export/").content.decode("utf-8-sig"))))

    assert response["Content-Disposition"] == 'attachment; filename="people-harbor.csv"'
    assert len(response.content.splitlines()) == 2
    assert sorted(row[1] for row in rows[1:]) == ["'\t@SUM(A1)", '\'=HYPERLINK("http://evil")', "Adam"]
    assert sorted(row[2] for row in rows[1:]) == ["'+1", "'-2", "Abel"]


@pytest.mark.usefixtures("everybody")
@pytest.mark.parametrize(
    ("who", "status"),
    [("adam", 200), ("hana", 200), ("bob", 200), ("carol", 200), ("alice", 200), ("eve", 404), ("ines", 404)],
)
def test_the_profile_is_for_hr_the_managers_above_and_oneself(
    who: str, status: int, alice: Person, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(who))

    assert client.get(f"{LIST}{alice.employee.pk}/").status_code == status


def test_a_profile_of_another_tenant_is_not_found(adam: Person, mallory: Person, client_of: ClientOf) -> None:
    assert client_of(adam).get(f"{LIST}{mallory.employee.pk}/").status_code == 404


def test_an_employee_does_not_open_their_manager_s_profile(alice: Person, bob: Person, client_of: ClientOf) -> None:
    client = client_of(alice)

    own = client.get(f"{LIST}me/")

    assert client.get(f"{LIST}{bob.employee.pk}/").status_code == 404
    assert "Bob Bailey" in own.content.decode()
    assert f'href="{LIST}{bob.employee.pk}/"' not in own.content.decode()


def test_a_member_who_is_not_employed_has_no_profile(ines: Person, client_of: ClientOf) -> None:
    assert client_of(ines).get(f"{LIST}me/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_profile_costs_the_same_however_many_reports(
    count: int, harbor: Organization, bob: Person, hana: Person, client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(registry, "_profile_sections", {})
    with tenant_context(harbor.pk):
        EmployeeFactory.create_batch(count, manager=bob.employee)
    client = client_of(hana)
    path = f"{LIST}{bob.employee.pk}/"
    client.get(path)

    with django_assert_num_queries(PROFILE_QUERIES):
        client.get(path)


def test_higher_rooms_add_sections_to_the_profile(
    alice: Person, bob: Person, hana: Person, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_profile_sections", {})
    registry.register_profile_section(
        registry.ProfileSection(
            key="test",
            title="A section of a higher room",
            template="people/_status.html",
            order=1,
            visible=lambda member, employee: member.has_role(Role.HR_PARTNER),
            context=lambda member, employee: {"employee": employee},
        )
    )
    path = f"{LIST}{alice.employee.pk}/"

    shown = ["A section of a higher room" in client_of(person).get(path).content.decode() for person in (hana, bob)]

    assert shown == [True, False]
