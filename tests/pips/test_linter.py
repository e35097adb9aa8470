"""The linter of plans: what it points at, what it leaves alone, and how a remark is set aside with a reason."""

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django_rls_tenants import tenant_context
from hypothesis import given
from hypothesis import strategies as st

from pipcycle.errors import DomainError
from pips.drafts import step_of_finding
from pips.gates.catalogue import findings
from pips.inputs import ConcernInput
from pips.linter import passages_of, remarks_on_plan, remarks_on_text, texts_of
from pips.models import Plan
from pips.plan_templates import TEMPLATES
from pips.services.plan import draft_plan, submit_plan
from pips.services.wording import set_remark_aside, take_remark_back
from pips.wording import standing_remarks
from tests.cast import EmployeeFactory, Person
from tests.metrics.factories import MetricFactory, make_series
from tests.pips.conftest import Stage
from tests.pips.views.conftest import ClientOf, path_of
from tests.pips.views.test_draft import frame


def described(stage: Stage, words: str, **changes: Any) -> Plan:
    """Return a complete draft in whose one concern the words stand."""
    concern: ConcernInput = replace(stage.content()["concerns"][0], description=words, evidence="Report of 3 November.")
    return stage.draft(concerns=[replace(concern, **changes)])


@pytest.mark.parametrize(
    ("words", "code", "excerpt"),
    [
        ("She is not a team player.", "words.subjective", "team player"),
        ("His attitude in meetings is poor.", "words.subjective", "attitude"),
        ("She never answers.", "words.absolute", "never"),
        ("Work on accuracy as needed.", "words.vague_amount", "as needed"),
        ("He has been sick again in May.", "case.medical", "sick"),
        ("Since her pregnancy the reports are late.", "case.protected", "pregnancy"),
        ("He falsified two reports.", "case.misconduct", "falsified"),
    ],
)
def test_the_linter_points_at_the_words(words: str, code: str, excerpt: str) -> None:
    found = [remark for remark in remarks_on_text(words) if remark.code == code]

    assert [(remark.excerpt, words[remark.start : remark.end]) for remark in found] == [(excerpt, excerpt)]
    assert all(remark.message and remark.how for remark in found)


def test_a_plan_of_facts_gets_no_remark(stage: Stage) -> None:
    assert remarks_on_plan(described(stage, "Four of nine reports came two days late.")) == []


def test_rights_may_name_what_the_law_protects(stage: Stage) -> None:
    concern = replace(stage.content()["concerns"][0], evidence="Report of 3 November.")
    words = "You may bring somebody of the works council."
    plan = stage.draft(concerns=[concern], rights=words)

    assert remarks_on_plan(plan) == []
    assert "case.protected" in {one.code for one in remarks_on_plan(stage.fill(plan, root_cause=words))}


def test_a_concern_without_evidence_is_asked_for_it(stage: Stage) -> None:
    plan = described(stage, "Four of nine reports came two days late.", evidence="")

    assert [(remark.code, remark.field) for remark in remarks_on_plan(plan)] == [("evidence", "concerns-0-evidence")]


@pytest.mark.parametrize("key", TEMPLATES)
def test_a_templates_own_wording_is_left_alone(stage: Stage, key: str) -> None:
    plan = draft_plan(actor=stage.bob.member, employee=stage.alice.employee, template_key=key)

    fields = {remark.field.partition("-")[0] for remark in remarks_on_plan(plan)}

    assert fields <= {"root_cause"}  # a prompt that facts replace


@given(text=st.text(max_size=300))
def test_every_remark_quotes_what_stands_there(text: str) -> None:
    for remark in remarks_on_text(text):
        assert text[remark.start : remark.end] == remark.excerpt != ""


def test_words_on_conduct_point_to_discipline_and_need_a_reason(stage: Stage) -> None:
    plan = described(stage, "He falsified two reports.")

    [finding] = findings(plan, "submit")
    with pytest.raises(DomainError, match="Use a disciplinary action for misconduct"):
        submit_plan(actor=stage.bob.member, plan=plan)
    submit_plan(actor=stage.bob.member, plan=plan, reasons={finding.code: "Quoted from the audit, settled in March."})

    assert (finding.rule, finding.kind) == (1, "warn")


def test_advice_alone_stops_nothing(stage: Stage) -> None:
    plan = described(stage, "Reports are always late.")

    assert [remark.code for remark in remarks_on_plan(plan)] == ["words.absolute"]
    assert findings(plan, "submit") == []


def test_a_remark_set_aside_with_a_reason_asks_no_more_until_the_words_change(stage: Stage) -> None:
    plan = described(stage, "The customer wrote of a bad attitude.")
    remark = remarks_on_plan(plan)[0]

    with pytest.raises(DomainError, match="Say why"):
        set_remark_aside(
            actor=stage.bob.member, plan=plan, field=remark.field, start=remark.start, code=remark.code, reason=" "
        )
    set_remark_aside(
        actor=stage.bob.member, plan=plan, field=remark.field, start=remark.start, code=remark.code, reason="A quote."
    )

    assert findings(plan, "submit") == []
    [aside] = standing_remarks(plan).aside
    assert (aside.reason, aside.words, aside.by) == ("A quote.", "attitude", stage.bob.member.pk)
    stage.fill(plan, concerns=[replace(stage.content()["concerns"][0], description="He was aggressive.")])
    assert [finding.rule for finding in findings(Plan.objects.get(pk=plan.pk), "submit")] == [2]


def test_a_remark_taken_back_stands_again(stage: Stage) -> None:
    plan = described(stage, "The customer wrote of a bad attitude.")
    remark = remarks_on_plan(plan)[0]
    aside = set_remark_aside(
        actor=stage.bob.member, plan=plan, field=remark.field, start=remark.start, code=remark.code, reason="A quote."
    )

    take_remark_back(actor=stage.bob.member, plan=plan, code=aside.code, words=aside.words)

    assert standing_remarks(plan).aside == []
    assert len(findings(plan, "submit")) == 1


def test_only_who_writes_the_draft_sets_aside_and_only_what_stands_there(stage: Stage) -> None:
    plan = described(stage, "The customer wrote of a bad attitude.")
    remark = remarks_on_plan(plan)[0]

    for person in (stage.alice, stage.hana):
        with pytest.raises(PermissionDenied):
            set_remark_aside(
                actor=person.member, plan=plan, field=remark.field, start=remark.start, code=remark.code, reason="No."
            )
    with pytest.raises(DomainError, match="words have changed"):
        set_remark_aside(
            actor=stage.bob.member, plan=plan, field=remark.field, start=remark.start + 1, code=remark.code, reason="A."
        )


# --- Targets and what the job has shown ------------------------------------------------------------------------------


def measured(stage: Stage, target: int, *, colleagues: int = 5) -> Plan:
    """Return a complete draft whose first target is measured by a metric in which colleagues reached 50 to 80."""
    metric = MetricFactory.create(name="On time", unit="%")
    for person in EmployeeFactory.create_batch(colleagues, job_description=stage.alice.employee.job_description):
        make_series(person, metric, [50, 60, 70, 80] * 4, start=datetime.date(2026, 8, 3))
    first, second = stage.content()["expectations"]
    concern = replace(stage.content()["concerns"][0], evidence="Report of 3 November.")
    return stage.draft(
        concerns=[concern], expectations=[replace(first, metric_id=metric.pk, target=Decimal(target)), second]
    )


def test_a_target_beyond_what_the_job_has_shown_needs_a_reason(stage: Stage) -> None:
    plan = measured(stage, 95)

    [remark] = remarks_on_plan(plan)
    [finding] = findings(plan, "submit")

    assert (remark.code, remark.field) == ("target.outside_range", "expectations-0-target")
    assert remark.excerpt == texts_of(plan)[remark.field] == "Work is delivered on the agreed day: 95%"
    assert remark.message == (
        "This asks for more than 5 people in this job have shown: "
        "nine of ten of their months of “On time” lay between 62% and 70%."
    )
    assert (finding.rule, finding.kind, step_of_finding(plan, finding)) == (2, "warn", "expectations")
    assert str(finding.message) == f"Target 1: {remark.message}"


@pytest.mark.parametrize(("target", "colleagues"), [(70, 5), (95, 4)])
def test_a_target_within_the_range_or_without_a_group_gets_no_remark(
    stage: Stage, target: int, colleagues: int
) -> None:
    assert remarks_on_plan(measured(stage, target, colleagues=colleagues)) == []


def test_a_target_set_aside_asks_no_more_until_it_is_another(stage: Stage) -> None:
    plan = measured(stage, 95)
    [remark] = remarks_on_plan(plan)

    set_remark_aside(
        actor=stage.bob.member,
        plan=plan,
        field=remark.field,
        start=remark.start,
        code=remark.code,
        reason="The new tracker halves the work.",
    )

    assert findings(plan, "submit") == []
    plan.expectations.filter(position=0).update(target=99)
    assert [finding.code.partition(":")[0] for finding in findings(Plan.objects.get(pk=plan.pk), "submit")] == [
        "target_outside_range"
    ]


def test_the_pages_show_the_target_and_the_range(stage: Stage, bob: Person, client_of: ClientOf) -> None:
    plan = measured(stage, 95)

    body = client_of(bob).get(path_of(plan, "draft/expectations/")).content.decode()

    assert "<mark>Work is delivered on the agreed day: 95%</mark>" in body
    assert "Target 1: This asks for more than 5 people in this job have shown" in body


def test_every_text_of_a_plan_is_read(stage: Stage) -> None:
    fields = [passage.field for passage in passages_of(described(stage, "Late."))]

    assert len(fields) == len(set(fields)) == 2 + 5 + 2 * 3 + 3 + 2 + 3


def test_the_draft_shows_the_remarks_and_sets_one_aside(stage: Stage, bob: Person, client_of: ClientOf) -> None:
    plan = described(stage, "The customer wrote of a bad attitude.")
    client = client_of(bob)
    remark = remarks_on_plan(plan)[0]
    data = {"field": remark.field, "start": str(remark.start), "code": remark.code, "reason": "A quote."}

    page = client.get(path_of(plan, "draft/check/")).content.decode()
    without_reason = client.post(path_of(plan, "draft/remarks/"), {**data, "reason": ""}, HTTP_HX_REQUEST="true")
    part = client.post(path_of(plan, "draft/remarks/"), data, HTTP_HX_REQUEST="true")
    plain = client.post(path_of(plan, "draft/remarks/"), {"take_back": "1", "code": remark.code, "words": "attitude"})

    assert "<mark>attitude</mark>" in page
    assert (without_reason.status_code, part.status_code, plain.status_code) == (422, 200, 302)
    assert "Because: A quote." in part.content.decode()
    with tenant_context(bob.organization.pk):
        assert Plan.objects.get(pk=plan.pk).set_aside == []


def test_the_wording_as_typed_comes_with_the_readiness(stage: Stage, bob: Person, client_of: ClientOf) -> None:
    plan = stage.draft()

    body = client_of(bob).post(
        path_of(plan, "draft/readiness/"), frame(plan, step="frame", root_cause="A question of attitude.")
    ).content.decode()  # fmt: skip

    assert "<mark>attitude</mark>" in body
    assert 'hx-swap-oob="true"' in body


def test_hr_reads_what_was_set_aside_and_why(stage: Stage, hana: Person, client_of: ClientOf) -> None:
    plan = described(stage, "The customer wrote of a bad attitude.")
    remark = remarks_on_plan(plan)[0]
    set_remark_aside(
        actor=stage.bob.member, plan=plan, field=remark.field, start=remark.start, code=remark.code, reason="A quote."
    )
    submit_plan(actor=stage.bob.member, plan=plan)

    body = client_of(hana).get(path_of(plan, "review/")).content.decode()

    assert "Because: A quote." in body
    assert "Take it back" not in body


def test_any_text_can_be_checked_and_is_kept_nowhere(bob: Person, client_of: ClientOf) -> None:
    client = client_of(bob)

    found = client.post("/o/harbor/plans/wording/", {"text": "He is <b>lazy</b>."})
    empty = client.post("/o/harbor/plans/wording/", {"text": ""})

    assert (found.status_code, empty.status_code) == (200, 422)
    assert "<mark>lazy</mark>" in found.content.decode()
    assert "&lt;b&gt;" in found.content.decode()
