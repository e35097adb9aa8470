"""The employee's voice, discipline, HR's forms and reviews, one's own calendar: no barrier, noise or sideways scroll.

The rooms' own tests use these pages; this one opens each of them once, wide and light, then on a phone and dark.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django_rls_tenants import tenant_context
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from documents.models import FormTemplate
from documents.selectors.templates import content_of, current_version
from documents.services.templates import begin_draft, change_draft, provide_templates
from feedback.models import CheckIn, CheckInSeries
from feedback.services.notes import save_private_note
from people.models import Organization
from pips.discipline_enums import ActionStatus
from pips.models import (
    AccommodationDetail,
    AccommodationRequest,
    DataCheck,
    DisciplinaryAction,
    DisciplinaryAppeal,
    LegalReview,
    Plan,
    PlanCompanion,
)
from pips.services.discipline.wording import set_action_remark_aside
from pips.services.voice import add_comment
from reminders.services.calendar import make_address
from tests.cast import Person
from tests.pips.conftest import Clock, Stage, clock, stage
from tests.pips.discipline.conftest import DisciplineStage, action_columns
from tests.tenancy.rows import make_object
from tests.ui.axe import quiet_console, sideways_scroll, violations

__all__ = ["clock", "stage"]  # fixtures of the plans' tests

PLAN = "plans/{plan}/"
VOICE = f"{PLAN}voice/"
PAGES: dict[str, tuple[str, ...]] = {
    "alice": (
        PLAN, f"{VOICE}comment/", f"{VOICE}rebuttal/", f"{VOICE}checks/new/{{expectation}}/",
        f"{VOICE}checks/{{check}}/", f"{VOICE}accommodations/new/", f"{VOICE}accommodations/{{request}}/",
        f"{VOICE}companions/new/", f"{VOICE}companions/{{companion}}/revocation/",
        f"{PLAN}support/{{promise}}/confirmation/", "check-ins/private-notes/", "check-ins/meetings/{meeting}/",
        "settings/calendar/", "settings/calendar/address/", "settings/calendar/revocation/",
    ),
    "bob": (
        PLAN, f"{VOICE}checks/{{check}}/", "settings/calendar/", "discipline/", "discipline/new/",
        "discipline/{drafted}/draft/", "discipline/{drafted}/submission/",
    ),
    "hana": (
        f"{VOICE}checks/{{check}}/", f"{VOICE}accommodations/{{request}}/", "documents/templates/",
        "documents/templates/{form}/", "documents/templates/{form}/draft/", "documents/templates/{form}/publication/",
        "documents/templates/{delivery}/", "documents/templates/{delivery}/draft/",
        "documents/templates/{delivery}/copy/", "plans/hr-reviews/", "plans/hr-reviews/{legal}/", "plans/wording/",
        f"{VOICE}companions/new/", "discipline/{in_review}/review/", "discipline/{in_review}/legal-review/",
        "discipline/{appealed}/hearer/",
    ),
    "adam": ("plans/policy/",),
    "gwen": (PLAN, f"{VOICE}checks/{{check}}/"),
}  # fmt: skip


@pytest.fixture
def harbor_context(transactional_db: None, harbor: Organization) -> Iterator[Organization]:
    """Harbor, with rows that are committed, so that the server sees them."""
    with tenant_context(harbor.pk):
        yield harbor


@pytest.fixture
def spoken(stage: Stage) -> dict[str, Any]:
    """A plan on its last day whose employee has said all there is to say, and support that waits for a word."""
    plan = stage.ended()
    add_comment(actor=stage.alice.member, plan=plan, body="The October figures were another team’s.")
    check = make_object(DataCheck, plan=plan, expectation=plan.expectations.all()[0])
    request = make_object(AccommodationRequest, plan=plan)
    make_object(AccommodationDetail, request=request)
    return {
        "plan": plan.pk,
        "expectation": check.expectation_id,
        "check": check.pk,
        "request": request.pk,
        "companion": make_object(PlanCompanion, plan=plan).pk,
        "promise": plan.support_commitments.all()[0].pk,
    }


@pytest.fixture
def worded(harbor_context: Organization, hana: Person) -> dict[str, Any]:
    """HR's forms: one of a plan as it is shipped, one of check-ins with a next version that is worked on."""
    provide_templates()
    form = FormTemplate.objects.get(kind="check_in")
    draft = begin_draft(actor=hana.member, template=form)
    content = replace(content_of(current_version("check_in", "standard")), purpose="Every two weeks.")
    change_draft(actor=hana.member, version=draft, content=content)
    return {"form": form.pk, "delivery": FormTemplate.objects.get(key="delivery").pk}


@pytest.fixture
def own(harbor_context: Organization, alice: Person, bob: Person) -> dict[str, Any]:
    """Alice's check-in with a note of her own, and her calendar's address."""
    meeting = make_object(CheckIn, series=make_object(CheckInSeries, employee=alice.employee, leader=bob.employee))
    save_private_note(actor=alice.member, check_in=meeting, body="Ask about Mondays.", base="")
    make_address(actor=alice.member)
    return {"meeting": meeting.pk}


@pytest.fixture
def judged(spoken: dict[str, Any], alice: Person, bob: Person, hana: Person, clock: Clock) -> dict[str, Any]:
    """Actions with words to remark on, one of them set aside, and a legal review."""
    drafted = DisciplineStage(alice, bob, hana, clock).draft(facts="A bad attitude. Always a bad attitude.")
    set_action_remark_aside(
        actor=bob.member, action=drafted, field="facts", start=6, code="words.subjective", reason="A quote."
    )
    others = {
        status.value: DisciplinaryAction.objects.create(
            employee=alice.employee, manager=bob.employee, **action_columns(status)
        )
        for status in (ActionStatus.IN_REVIEW, ActionStatus.APPEALED)
    }
    make_object(DisciplinaryAppeal, action=others["appealed"])
    legal = make_object(LegalReview, plan=Plan.objects.get(pk=spoken["plan"]))
    return {"drafted": drafted.pk, "legal": legal.pk, **{name: one.pk for name, one in others.items()}}


@pytest.fixture
def gwen(spoken: dict[str, Any], gwen: Person) -> Person:
    """The guest, asked in to stand beside Alice."""
    PlanCompanion.objects.create(plan_id=spoken["plan"], member=gwen.member)
    return gwen


@pytest.mark.parametrize("who", PAGES)
def test_pages_have_no_barrier_wide_or_narrow(
    who: str,
    spoken: dict[str, Any],
    worded: dict[str, Any],
    own: dict[str, Any],
    judged: dict[str, Any],
    page: Page,
    live_server: LiveServer,
    client_of: Callable[[Person], Client],
    request: pytest.FixtureRequest,
) -> None:
    name = settings.SESSION_COOKIE_NAME
    session = client_of(request.getfixturevalue(who)).cookies[name].value
    page.context.add_cookies([{"name": name, "value": session, "url": live_server.url}])
    for pattern in PAGES[who]:
        path = pattern.format(**spoken, **worded, **own, **judged)
        with quiet_console(page):
            page.set_viewport_size({"width": 1280, "height": 2400})
            page.emulate_media(color_scheme="light", reduced_motion="reduce")
            answer = page.goto(f"{live_server.url}/o/harbor/{path}")
            assert answer is not None
            assert (answer.status, page.url.endswith(path)) == (200, True), path
            page.evaluate("document.querySelectorAll('main details').forEach((closed) => { closed.open = true; })")
            assert violations(page) == [], path
            page.set_viewport_size({"width": 390, "height": 4800})
            page.emulate_media(color_scheme="dark", reduced_motion="reduce")
            assert (violations(page), sideways_scroll(page)) == ([], 0), f"{path} on a phone in the dark"
