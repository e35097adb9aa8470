"""Rule 17: a representative from outside reads the one plan, signs in for it alone, and is named to everybody."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django_rls_tenants import tenant_context

from documents.models import Document
from people.enums import Role
from people.models import AccessRecord, Membership
from people.services.accounts import change_roles, end_access, invite_member
from people.services.invitations import write_invitation
from pipcycle.errors import DomainError
from pips.models import DataCheck, Plan, PlanCompanion
from pips.selectors.plans import plans_visible_to
from pips.services.companions import invite_companion, revoke_companion
from tests.cast import Person
from tests.pips.conftest import Stage
from tests.tenancy.rows import make_object

UMA = "uma@union.example"
HOME = "/o/harbor/"


def ask_in(stage: Stage, plan: Plan, email: str = UMA, name: str = "Uma Unger") -> PlanCompanion:
    return invite_companion(actor=stage.alice.member, plan=plan, email=email, name=name)


def browser_of(companion: PlanCompanion) -> Client:
    client = Client()
    client.force_login(companion.member.user)
    return client


def test_a_guest_gets_a_sign_in_that_opens_the_one_plan(stage: Stage) -> None:
    plan = stage.running()

    companion = ask_in(stage, plan)

    guest = companion.member
    assert (guest.is_guest, str(guest), guest.roles, guest.user.has_usable_password()) == (True, "Uma Unger", [], False)
    assert list(plans_visible_to(guest)) == [plan]
    client = browser_of(companion)
    assert client.get(HOME).headers["Location"] == f"{HOME}plans/{plan.pk}/"
    assert client.get("/").headers["Location"] == HOME


def test_every_link_of_the_plan_leads_a_guest_somewhere(stage: Stage) -> None:
    plan = stage.running()
    document = make_object(Document, employee=plan.employee, about_type="plan", about_id=plan.pk, kind="plan")
    check = make_object(DataCheck, plan=plan, expectation=plan.expectations.all()[0])
    client = browser_of(ask_in(stage, plan))
    page = client.get(f"{HOME}plans/{plan.pk}/").content.decode()

    links = {link for link in re.findall(r'href="(/[^"#]*)', page) if not link.startswith("/static/")}

    assert {link: client.get(link, follow=True).status_code for link in links} == dict.fromkeys(links, 200)
    assert any(str(document.pk) in link for link in links)
    assert f"{HOME}plans/{plan.pk}/voice/checks/{check.pk}/" in links


def test_everybody_sees_who_reads_along_and_that_they_are_from_outside(
    stage: Stage, client_of: Callable[[Person], Client]
) -> None:
    plan = stage.running()
    browser_of(ask_in(stage, plan)).get(f"{HOME}plans/{plan.pk}/")

    page = client_of(stage.bob).get(f"{HOME}plans/{plan.pk}/").content.decode()

    assert page.count("Uma Unger") >= 2
    assert "representative, from outside" in page
    assert plan.notes.filter(body="Uma Unger, from outside the organization, was asked in as representative.").exists()
    assert AccessRecord.objects.filter(about_id=str(plan.pk), action="read", member__guest_name="Uma Unger").exists()


def test_taken_back_nothing_is_left_and_the_page_says_so(stage: Stage) -> None:
    plan = stage.running()
    companion = ask_in(stage, plan)
    client = browser_of(companion)

    revoke_companion(actor=stage.alice.member, companion=companion)

    assert client.get(f"{HOME}plans/{plan.pk}/").status_code == 404
    assert "Nothing is open to you any more" in client.get(HOME).content.decode()
    assert ask_in(stage, plan, name="Somebody Else").member == companion.member


def test_the_mail_names_nobody(stage: Stage) -> None:
    message = write_invitation(ask_in(stage, stage.running()).member)

    assert message.subject == "Your access to Harbor"
    assert "/accounts/password/reset/key/" in message.body
    assert not any(word in message.body for word in ("Alice", "Uma", "plan"))


def test_an_account_of_another_organization_is_used_and_its_name_not_told(stage: Stage, mallory: Person) -> None:
    guest = ask_in(stage, stage.running(), email=mallory.email, name="M. M.").member

    assert (guest.user, str(guest)) == (mallory.user, "M. M.")
    with tenant_context(mallory.organization.pk):
        assert not Membership.objects.get(user=mallory.user).is_guest


def test_hr_can_shut_an_address_out(stage: Stage, adam: Person) -> None:
    plan = stage.running()
    companion = ask_in(stage, plan)
    former = invite_member(actor=adam.member, email="former@harbor.example")
    for member in (companion.member, former):
        end_access(actor=adam.member, membership=member)

    with pytest.raises(DomainError, match="HR has ended the access"):
        ask_in(stage, plan)
    with pytest.raises(DomainError, match="HR has ended the access"):
        ask_in(stage, plan, email=former.user.email)


def test_a_guest_holds_no_role_until_invited_as_a_member(stage: Stage, adam: Person) -> None:
    guest = ask_in(stage, stage.running()).member

    with pytest.raises(DomainError, match="holds no role"):
        change_roles(actor=adam.member, membership=guest, roles=[Role.HR_PARTNER])
    member = invite_member(actor=adam.member, email=UMA, roles=[Role.HR_ANALYST])

    assert (member.pk, member.is_guest, member.roles) == (guest.pk, False, ["hr_analyst"])


def test_a_guest_asks_nobody_in(stage: Stage, gwen: Person, client_of: Callable[[Person], Client]) -> None:
    plan = stage.running()
    PlanCompanion.objects.create(plan=plan, member=gwen.member)

    answer = client_of(gwen).post(f"{HOME}plans/{plan.pk}/voice/companions/new/", {"email": UMA, "name": "Uma"})

    assert answer.status_code == 404
