"""A plan keeps the version of the template it was begun with, whatever HR publishes afterwards."""

from dataclasses import replace
from typing import Any, cast

import pytest

from documents.form_content import PlanContent
from documents.models import FormTemplate
from documents.selectors.templates import content_of, current_version
from documents.services.templates import begin_draft, change_draft, provide_templates, publish_draft, set_offered
from pips.enums import Step
from pips.gates.catalogue import findings
from pips.models import Plan
from pips.selectors.templates import template_of, templates_on_offer
from pips.services.plan import draft_plan
from tests.cast import Person
from tests.pips.conftest import Stage


def publish(hana: Person, **changes: Any) -> None:
    """Publish a next version of the template "delivery"."""
    provide_templates()
    template = FormTemplate.objects.get(kind="plan", key="delivery")
    content = cast("PlanContent", content_of(current_version("plan", "delivery")))
    draft = begin_draft(actor=hana.member, template=template)
    change_draft(actor=hana.member, version=draft, content=replace(content, **changes))
    publish_draft(actor=hana.member, version=draft)


def codes(plan: Plan) -> list[str]:
    """Return what stands in the way of handing the plan in."""
    return [finding.code for finding in findings(plan, Step.SUBMIT)]


def test_an_unknown_template_is_named(stage: Stage) -> None:
    with pytest.raises(LookupError, match="There is no plan template 'secret'"):
        draft_plan(actor=stage.bob.member, employee=stage.alice.employee, template_key="secret")


def test_a_plan_begins_with_the_version_of_the_day_and_keeps_it(stage: Stage, hana: Person) -> None:
    publish(hana, title="Deliver what was agreed", rights="You may answer and appeal.")

    plan = draft_plan(actor=stage.bob.member, employee=stage.alice.employee, template_key="delivery")
    publish(hana, title="Yet another title")

    assert (plan.template_version, plan.title, plan.rights) == (
        2,
        "Deliver what was agreed",
        "You may answer and appeal.",
    )
    template = template_of(Plan.objects.get(pk=plan.pk))
    assert template is not None
    assert (template.version, template.title) == (2, "Deliver what was agreed")


def test_the_gate_of_prompts_reads_the_plans_own_version(stage: Stage, hana: Person) -> None:
    old = stage.draft(root_cause="[Ask the employee first]")
    publish(hana, root_cause_prompt="[Ask the employee first]")

    assert codes(old) == []
    Plan.objects.filter(pk=old.pk).update(template_version=2)
    assert codes(Plan.objects.get(pk=old.pk)) == ["prompts_replaced"]


@pytest.mark.parametrize(
    ("name", "says"),
    [("concerns.evidence", "Evidence of every example"), ("expectations.measure", "How every expectation")],
)
def test_a_field_the_template_requires_blocks_while_it_is_empty(
    stage: Stage, hana: Person, name: str, says: str
) -> None:
    publish(hana, required=(name,))

    found = findings(stage.draft(), Step.SUBMIT)

    assert [finding.code for finding in found] == [f"required_fields:{name}"]
    assert says in str(found[0].message)


def test_a_field_the_template_requires_is_settled_by_filling_it(stage: Stage, hana: Person) -> None:
    publish(hana, required=("root_cause",))

    assert codes(stage.draft()) == []


def test_a_plan_whose_template_nobody_knows_can_go_on(stage: Stage) -> None:
    plan = stage.draft()
    Plan.objects.filter(pk=plan.pk).update(template_key="gone")

    assert template_of(Plan.objects.get(pk=plan.pk)) is None
    assert codes(Plan.objects.get(pk=plan.pk)) == []


def test_what_hr_does_not_offer_is_no_choice(stage: Stage, hana: Person) -> None:
    provide_templates()
    set_offered(actor=hana.member, template=FormTemplate.objects.get(key="quality"), is_offered=False)

    assert [template.key for template in templates_on_offer()] == ["delivery", "attendance"]
