"""Disciplinary actions and check-ins begin with HR's wording of the day and keep it, whatever is published later."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from documents.form_content import SectionContent
from documents.models import FormTemplate
from documents.selectors.templates import current_form
from documents.services.templates import begin_draft, change_draft, provide_templates, publish_draft
from pipcycle.errors import DomainError
from pips.discipline_enums import ActionStep
from pips.gates.actions import action_findings
from pips.models import DisciplinaryAction
from pips.services.discipline.drafting import draft_action
from pips.services.discipline.review import submit_action
from pips.services.progress import record_check_in
from tests.cast import Person
from tests.pips.conftest import START, Stage
from tests.pips.discipline.conftest import DisciplineStage, discipline

__all__ = ["discipline"]

ClientOf = Callable[[Person], Client]
RIGHTS = "You may ask the works council."


def publish(hana: Person, kind: str, **sections: SectionContent) -> None:
    """Publish a next version of the form with these sections worded anew."""
    provide_templates()
    _number, content = current_form(kind)
    template = FormTemplate.objects.get(kind=kind, key="standard")
    draft = begin_draft(actor=hana.member, template=template)
    worded = replace(content, sections={**content.sections, **sections})
    change_draft(actor=hana.member, version=draft, content=worded)
    publish_draft(actor=hana.member, version=draft)


def codes(action: DisciplinaryAction) -> list[str]:
    """Return what stands in the way of handing the action in."""
    return [finding.code for finding in action_findings(action, ActionStep.SUBMIT)]


def test_an_action_begins_with_the_texts_of_the_day_and_keeps_its_version(
    discipline: DisciplineStage, hana: Person, bob: Person, client_of: ClientOf
) -> None:
    publish(
        hana,
        "discipline",
        facts=SectionContent(guidance="Only what <you> saw.", default="On [day] at [time]:"),
        rights=SectionContent(default=RIGHTS, is_required=True),
    )
    action = draft_action(actor=bob.member, employee=discipline.alice.employee)
    publish(hana, "discipline", facts=SectionContent(guidance="Later words.", default="Later text"))

    assert (action.form_version, action.facts, action.rights) == (2, "On [day] at [time]:", RIGHTS)
    page = client_of(bob).get(f"/o/harbor/discipline/{action.pk}/draft/").content.decode()
    assert "Only what &lt;you&gt; saw." in page
    assert "Later words." not in page
    assert draft_action(actor=bob.member, employee=discipline.alice.employee).facts == "Later text"


def test_a_policy_worded_at_length_begins_the_action_as_far_as_its_field_holds_it(
    discipline: DisciplineStage, hana: Person
) -> None:
    publish(
        hana, "discipline", policy=SectionContent(default="Safety at machines,\nsection four. " + "Read all. " * 60)
    )

    action = draft_action(actor=discipline.bob.member, employee=discipline.alice.employee)

    assert action.policy_name.startswith("Safety at machines, section four. Read all.")
    assert len(action.policy_name) == 200


def test_what_is_known_goes_before_the_texts_of_the_form(discipline: DisciplineStage, hana: Person) -> None:
    publish(hana, "discipline", facts=SectionContent(default="On [day]:"), prior_actions=SectionContent(default="[…]"))

    action = draft_action(actor=discipline.bob.member, employee=discipline.alice.employee, facts="The log says so.")

    assert (action.facts, action.prior_actions, action.has_no_prior_actions) == ("The log says so.", "", True)


def test_prompts_and_rights_are_asked_for_as_the_actions_own_version_says(
    discipline: DisciplineStage, hana: Person
) -> None:
    before = discipline.draft()
    publish(
        hana,
        "discipline",
        consequence=SectionContent(default="The next level, [which one]."),
        rights=SectionContent(default=""),
    )
    after = draft_action(actor=discipline.bob.member, employee=discipline.alice.employee)

    discipline.fill(after, rights="", consequence="The next level, [which one].")
    assert codes(after) == ["prompts"]
    discipline.fill(before, rights="", consequence="The next level, [which one].")
    assert codes(before) == ["form"]
    with pytest.raises(DomainError, match="The form asks for this, and it is not filled in: Rights and appeal"):
        submit_action(actor=discipline.bob.member, action=before)


def test_an_action_older_than_the_versions_is_asked_for_nothing_more(discipline: DisciplineStage) -> None:
    action = discipline.draft(rights="")
    DisciplinaryAction.objects.update(form_version=None)

    assert codes(DisciplinaryAction.objects.get(pk=action.pk)) == []


def test_the_letter_tells_the_rights_as_hr_worded_them(discipline: DisciplineStage) -> None:
    action = discipline.in_review(rights=RIGHTS)
    context: dict[str, Any] = {"action": action, "employee": action.employee}

    letter = render_to_string("discipline/pdf/letter.html", context)
    action.rights = ""
    older = render_to_string("discipline/pdf/letter.html", context)

    assert RIGHTS in letter
    assert "You may answer in writing; your answer is kept" in older


def test_a_plans_check_in_asks_for_what_its_own_version_asks_for(stage: Stage, hana: Person) -> None:
    publish(hana, "check_in", support=SectionContent(guidance="What was promised?", is_required=True))
    check_in = stage.running().check_ins.get(day=14)
    publish(hana, "check_in", obstacles=SectionContent(is_required=True))
    words: dict[str, Any] = {"held_on": START, "track_status": "on_track", "manager_view": "Fewer late items."}

    assert check_in.form_version == 2
    with pytest.raises(DomainError, match="The form asks for this: Support given and needed"):
        record_check_in(actor=stage.bob.member, check_in=check_in, **words, obstacles="None")
    record_check_in(actor=stage.bob.member, check_in=check_in, **words, support_delivered="The half hour")

    check_in.refresh_from_db()
    assert check_in.support_delivered == "The half hour"


def test_the_pages_of_a_plans_check_in_are_worded_by_its_version(
    stage: Stage, hana: Person, alice: Person, bob: Person, client_of: ClientOf
) -> None:
    publish(
        hana,
        "check_in",
        evidence=SectionContent(guidance="Name the day."),
        support=SectionContent(default="The half hour:", is_required=True),
        employee_view=SectionContent(guidance="Nobody edits this.", default="I think"),
    )
    plan = stage.running()
    address = f"/o/harbor/plans/{plan.pk}/check-ins/{plan.check_ins.get(day=14).pk}/"

    managers = client_of(bob).get(address).content.decode()
    refused = client_of(bob).post(address, {"held_on": "2027-01-05", "track_status": "on_track", "manager_view": "Ok."})
    employees = client_of(alice).get(address).content.decode()

    assert "Name the day." in managers
    assert "The half hour:</textarea>" in managers
    assert refused.status_code == 422
    assert "Nobody edits this." in employees
    assert "I think</textarea>" in employees
