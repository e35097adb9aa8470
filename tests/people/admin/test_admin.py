"""The administration: who enters, and that it holds one organization's rows."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import models
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django_rls_tenants import tenant_context

from people.models import (
    AccessRecord,
    Department,
    Employee,
    EmployeeDemographics,
    Membership,
    Organization,
    ReportingLine,
    User,
)
from people.services.audit import record_access
from pipcycle.tenancy.admin import OperatorModelAdmin, TenantModelAdmin
from pipcycle.tenancy.models import TenantModel
from tests.cast import DepartmentFactory, MembershipFactory, Person
from tests.people.admin.conftest import REGISTERED, TENANT_ADMINS, ClientOf, address, employee_form
from tests.tenancy.rows import make_object


def test_every_model_is_administered_through_one_of_the_two_bases() -> None:
    wrong = [
        model._meta.label
        for model, options in REGISTERED
        if not isinstance(options, TenantModelAdmin if issubclass(model, TenantModel) else OperatorModelAdmin)
    ]

    assert wrong == []


def test_nothing_confidential_is_administered() -> None:
    registered = {model._meta.label for model, _options in REGISTERED}

    assert registered & {"people.LeaveReason", "people.Leave", "documents.Document", "people.ReportingLine"} == set()
    assert [
        label for label in registered if label.startswith(("pips.", "goals.", "metrics.", "feedback.", "reviews."))
    ] == []


def index_models(client: Client) -> list[str]:
    """Return the models the index offers."""
    response = client.get("/admin/")
    assert response.status_code == 200
    return sorted(model["object_name"] for app in response.context["app_list"] for model in app["models"])


def test_an_hr_admin_finds_the_models_of_the_organization(adam: Person, client_of: ClientOf) -> None:
    offered = index_models(client_of(adam))

    assert {"AccessRecord", "Department", "Employee", "JobDescription", "Location", "Membership"} <= set(offered)
    assert {"EmployeeDemographics", "Organization", "User"} & set(offered) == set()


def test_an_hr_analyst_finds_the_demographics_alone(ines: Person, client_of: ClientOf) -> None:
    assert index_models(client_of(ines)) == ["EmployeeDemographics"]


def test_the_operator_finds_organizations_and_users_alone(adam: Person, oscar: User, client_of: ClientOf) -> None:
    assert index_models(client_of(oscar)) == ["Organization", "User"]


@pytest.mark.parametrize(("model", "options"), TENANT_ADMINS, ids=[model._meta.label for model, _o in TENANT_ADMINS])
def test_the_operator_opens_no_content_of_a_tenant(
    model: type[models.Model], options: TenantModelAdmin, harbor: Organization, oscar: User, client_of: ClientOf
) -> None:
    with tenant_context(harbor.pk):
        row = make_object(model)
    client = client_of(oscar)

    assert client.get(address(model, "changelist")).status_code == 403
    assert client.get(address(model, "add")).status_code == 403
    assert client.get(address(model, "change", row.pk)).status_code in {302, 403}


def admin_addresses(patterns: list[Any], route: str = "") -> Iterator[str]:
    """Yield every route of the administration."""
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from admin_addresses(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern) and here.startswith("admin/"):
            yield here


@pytest.mark.parametrize("who", ["alice", "bob", "hana", "eve", "mallory"])
def test_nobody_else_enters_any_page(who: str, client_of: ClientOf, request: pytest.FixtureRequest) -> None:
    client = client_of(request.getfixturevalue(who))
    entered = []
    for route in admin_addresses(get_resolver().url_patterns):
        if "<path:" in route or "<int:" in route or route.endswith("$"):
            path = "/" + route.replace("<path:object_id>", "1").replace("<int:content_type_id>", "1")
            path = path.replace("<path:url>", "x").partition("(?P")[0]
        else:
            path = f"/{route}"
        response = client.get(path, follow=True)
        last = response.redirect_chain[-1][0] if response.redirect_chain else path
        if response.status_code not in {403, 404} and not last.startswith(("/accounts/", "/static")):
            entered.append((path, response.status_code, last))

    assert entered == []


def test_an_anonymous_visitor_signs_in_on_the_one_page(harbor: Organization, client: Client) -> None:
    response = client.get("/admin/people/employee/", follow=True)

    assert response.redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2Fpeople%2Femployee%2F"


@pytest.mark.parametrize(("model", "options"), TENANT_ADMINS, ids=[model._meta.label for model, _o in TENANT_ADMINS])
def test_the_administration_of_a_model_holds_own_rows_only(
    model: type[models.Model],
    options: TenantModelAdmin,
    harbor: Organization,
    alder: Organization,
    super_adam: Person,
    client_of: ClientOf,
) -> None:
    with tenant_context(harbor.pk):
        own = make_object(model)
    with tenant_context(alder.pk):
        foreign = make_object(model)
    client = client_of(super_adam)

    listed = client.get(address(model, "changelist"))
    with tenant_context(harbor.pk):
        keys = {row.pk for row in listed.context["cl"].result_list}
    opened = [client.get(address(model, page, own.pk)).status_code for page in ("change", "history")]
    refused = [client.get(address(model, page, foreign.pk)).status_code for page in ("change", "history", "delete")]
    paths = [address(model, page, foreign.pk) for page in ("change", "delete")]
    posted = [client.post(path, {"post": "yes"}).status_code for path in paths]

    assert own.pk in keys
    assert foreign.pk not in keys
    assert opened == [200, 200]
    # Django answers an unknown id with a redirect to the index and a message; 403 where nobody may.
    assert set(refused) <= {302, 403, 404}
    assert set(posted) <= {302, 403}
    with tenant_context(alder.pk):
        assert model._default_manager.filter(pk=foreign.pk).count() == 1


@pytest.mark.parametrize("action", ["delete_selected", "invite_again", "close_access", "reopen_access"])
def test_an_action_does_not_reach_another_tenant_s_rows(
    action: str, adam: Person, mallory: Person, client_of: ClientOf
) -> None:
    model = Department if action == "delete_selected" else Membership
    with tenant_context(mallory.organization.pk):
        foreign = DepartmentFactory.create(name="Foreign") if model is Department else mallory.member

    client_of(adam).post(
        address(model, "changelist"),
        {"action": action, "_selected_action": [str(foreign.pk)], "post": "yes"},
    )

    with tenant_context(mallory.organization.pk):
        assert model._default_manager.filter(pk=foreign.pk).count() == 1
        assert Membership.objects.get(pk=mallory.member.pk).is_active


def test_an_action_reaches_own_rows(adam: Person, alice: Person, client_of: ClientOf) -> None:
    client_of(adam).post(
        address(Membership, "changelist"), {"action": "close_access", "_selected_action": [str(alice.member.pk)]}
    )

    with tenant_context(adam.organization.pk):
        assert not Membership.objects.get(pk=alice.member.pk).is_active


AUTOCOMPLETES = [(model, name) for model, options in TENANT_ADMINS for name in options.autocomplete_fields]


@pytest.mark.parametrize(("model", "name"), AUTOCOMPLETES, ids=[f"{m._meta.label}.{n}" for m, n in AUTOCOMPLETES])
def test_an_autocomplete_offers_own_rows_only(
    model: type[models.Model], name: str, harbor: Organization, alder: Organization, super_adam: Person,
    client_of: ClientOf,
) -> None:  # fmt: skip
    target = model._meta.get_field(name).related_model
    assert isinstance(target, type)
    with tenant_context(harbor.pk):
        own = make_object(target)
    with tenant_context(alder.pk):
        foreign = make_object(target)

    response = client_of(super_adam).get(
        reverse("admin:autocomplete"),
        {"app_label": model._meta.app_label, "model_name": str(model._meta.model_name), "field_name": name},
    )
    offered = {result["id"] for result in json.loads(response.content)["results"]}

    assert str(own.pk) in offered
    assert str(foreign.pk) not in offered


def test_accounts_are_no_choice_for_an_hr_admin(adam: Person, mallory: Person, client_of: ClientOf) -> None:
    client = client_of(adam)
    pages = [client.get(address(Membership, "add")), client.get(address(Membership, "change", adam.member.pk))]
    completed = client.get(
        reverse("admin:autocomplete"), {"app_label": "people", "model_name": "membership", "field_name": "user"}
    )

    assert [mallory.email in page.content.decode() for page in pages] == [False, False]
    assert completed.status_code == 403


def test_a_filter_offers_own_departments_only(adam: Person, mallory: Person, client_of: ClientOf) -> None:
    with tenant_context(mallory.organization.pk):
        foreign = DepartmentFactory.create(name="Secret project")
    client = client_of(adam)

    page = client.get(address(Employee, "changelist"))
    filtered = client.get(address(Employee, "changelist"), {"department__id__exact": foreign.pk})

    assert "Operations" in page.content.decode()
    assert "Secret project" not in page.content.decode()
    with tenant_context(adam.organization.pk):
        assert list(filtered.context["cl"].result_list) == []


def test_a_list_is_not_filtered_by_secrets_of_an_account(adam: Person, client_of: ClientOf) -> None:
    response = client_of(adam).get(address(Membership, "changelist"), {"user__password__startswith": "m"})

    assert response.status_code in {302, 400}


def test_demographics_are_for_analysts_and_without_a_name(
    adam: Person, ines: Person, alice: Person, client_of: ClientOf
) -> None:
    with tenant_context(adam.organization.pk):
        facts = EmployeeDemographics.objects.create(employee=alice.employee, gender="F")
    paths = [address(EmployeeDemographics, "changelist"), address(EmployeeDemographics, "change", facts.pk)]

    pages = [client_of(ines).get(path) for path in paths]

    assert [client_of(adam).get(path).status_code for path in paths] == [403, 403]
    assert [page.status_code for page in pages] == [200, 200]
    assert ["Alice" in page.content.decode() for page in pages] == [False, False]


def test_the_trail_of_reads_is_shown_and_never_changed(adam: Person, hana: Person, client_of: ClientOf) -> None:
    with tenant_context(adam.organization.pk):
        record = record_access(member=hana.member, about_type="plan", about_id=7)
    client = client_of(adam)

    page = client.get(address(AccessRecord, "changelist"))

    assert "Hana Holm" in page.content.decode()
    assert client.get(address(AccessRecord, "add")).status_code == 403
    assert client.post(address(AccessRecord, "change", record.pk), {"action": "none"}).status_code == 403
    assert client.post(address(AccessRecord, "delete", record.pk), {"post": "yes"}).status_code == 403


def test_the_shared_log_of_the_admin_gets_nothing_of_a_tenant(adam: Person, alice: Person, client_of: ClientOf) -> None:
    client = client_of(adam)
    client.post(address(Employee, "change", alice.employee.pk), employee_form(alice.employee, family_name="Arden"))
    client.post(address(Department, "add"), {"name": "Docks"})

    history = client.get(address(Employee, "history", alice.employee.pk))

    assert LogEntry.objects.count() == 0
    assert history.content.decode().count('<th scope="row">') == 2


def test_an_admin_of_two_organizations_chooses_one(adam: Person, alder: Organization, client_of: ClientOf) -> None:
    with tenant_context(alder.pk):
        MembershipFactory.create(user=adam.user, roles=["hr_admin"])
        DepartmentFactory.create(name="Orchard")
    client = client_of(adam)

    first = client.get("/admin/people/department/").content.decode()
    asked = client.get("/administration/")
    client.post("/administration/", {"organization": adam.organization.pk})
    second = client.get("/admin/people/department/").content.decode()

    assert asked.status_code == 200
    assert ["Orchard" in page for page in (first, second)] == [True, False]


def test_an_organization_of_others_cannot_be_chosen(adam: Person, alder: Organization, client_of: ClientOf) -> None:
    client = client_of(adam)
    session = client.session
    session["admin_organization_id"] = alder.pk
    session.save()

    page = client.get("/admin/people/department/")

    assert client.post("/administration/", {"organization": alder.pk}).status_code == 403
    assert page.context["administered"] == adam.organization


def test_the_operator_opens_an_organization_and_invites_its_first_admin(oscar: User, client_of: ClientOf) -> None:
    response = client_of(oscar).post(
        address(Organization, "add"),
        {
            "name": "Cedar", "slug": "cedar", "country": "US", "time_zone": "UTC", "is_active": "on",
            "administrator_email": "first@cedar.example",
        },
    )  # fmt: skip

    assert response.status_code == 302
    cedar = Organization.objects.get(slug="cedar")
    with tenant_context(cedar.pk):
        assert [(str(member.user.email), member.roles) for member in Membership.objects.select_related("user")] == [
            ("first@cedar.example", ["hr_admin"])
        ]


def test_every_tenant_model_is_either_administered_or_left_out_on_purpose() -> None:
    left_out = {
        "people.ColumnMapping", "people.ImportBatch", "people.ImportChunk", "people.ImportRow", "people.JobCompetency",
        "people.Leave", "people.LeaveReason", "people.PartnerScope", "people.ProtectedActivity",
        "people.ReportingLine", "people.Responsibility", "reminders.CalendarAddress",
        "reminders.Obligation", "reminders.Reminder",
    }  # fmt: skip
    in_the_portal_only = ("development.", "documents.", "feedback.", "goals.", "metrics.", "pips.", "reviews.")
    labels = {model._meta.label for model in apps.get_models() if issubclass(model, TenantModel)}
    tenant_models = {label for label in labels if not label.startswith(in_the_portal_only)}

    assert tenant_models - {model._meta.label for model, _options in REGISTERED} == left_out


def test_addresses_exist_for_every_model() -> None:
    with pytest.raises(NoReverseMatch):
        address(ReportingLine, "changelist")
