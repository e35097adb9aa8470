"""The linter over disciplinary actions: what it points at, what it leaves alone, and how a remark is set aside."""

import pytest
from django.core.exceptions import PermissionDenied
from django_rls_tenants import tenant_context

from pipcycle.errors import DomainError
from pips.discipline_enums import ActionStep
from pips.gates.actions import action_findings
from pips.linter_discipline import passages_of_action, remarks_on_action
from pips.models import DisciplinaryAction
from pips.services.discipline.review import submit_action
from pips.services.discipline.wording import set_action_remark_aside, take_action_remark_back
from pips.wording import standing_remarks
from tests.cast import Person
from tests.pips.discipline.conftest import DisciplineStage
from tests.pips.views.conftest import ClientOf

JUDGED = "The guard was off. His attitude is poor."


def path_of(action: DisciplinaryAction, tail: str) -> str:
    return f"/o/harbor/discipline/{action.pk}/{tail}"


def attitude(discipline: DisciplineStage, action: DisciplinaryAction, reason: str = "Quoted from the log.") -> None:
    set_action_remark_aside(
        actor=discipline.bob.member,
        action=action,
        field="facts",
        start=JUDGED.index("attitude"),
        code="words.subjective",
        reason=reason,
    )


def test_an_action_of_facts_gets_no_remark(discipline: DisciplineStage) -> None:
    assert remarks_on_action(discipline.draft()) == []


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (JUDGED, ["words.subjective"]),
        ("He has been sick again in May.", ["case.medical"]),
        ("Since her pregnancy she leaves the guard off.", ["case.protected"]),
        ("She never puts the guard on.", ["words.absolute"]),
        ("He falsified the log of the press.", []),
    ],
)
def test_the_words_of_its_author_are_read_as_those_of_a_plan_but_misconduct_is_its_subject(
    discipline: DisciplineStage, words: str, codes: list[str]
) -> None:
    action = discipline.draft(facts=words)

    found = remarks_on_action(action)

    assert [remark.code for remark in found] == codes
    assert all(action.facts[remark.start : remark.end] == remark.excerpt != "" for remark in found)


def test_what_others_said_and_what_is_listed_is_not_read(discipline: DisciplineStage) -> None:
    words = {"employee_statement": JUDGED, "witnesses": JUDGED, "prior_actions": JUDGED}

    action = discipline.draft(**words)

    assert remarks_on_action(action) == []
    assert [passage.field for passage in passages_of_action(action)] == [
        "facts",
        "investigation",
        "proportionality",
        "level_reason",
        "corrective_action",
        "consequence",
        "rights",
    ]


def test_the_wording_of_hrs_form_is_left_alone(discipline: DisciplineStage) -> None:
    begun = DisciplinaryAction.objects.get(pk=discipline.draft().pk)
    DisciplinaryAction.objects.filter(pk=begun.pk).update(rights="They may call in sick.")

    assert [one.code for one in remarks_on_action(DisciplinaryAction.objects.get(pk=begun.pk))] == ["case.medical"]
    for field in ("facts", "investigation", "proportionality", "corrective_action", "consequence"):
        setattr(begun, field, "")
    assert remarks_on_action(begun) == []


def test_a_judgement_waits_for_a_reason_before_it_goes_to_hr(discipline: DisciplineStage) -> None:
    action = discipline.draft(facts=JUDGED)

    [finding] = action_findings(action, ActionStep.SUBMIT)
    with pytest.raises(DomainError, match="set the remark aside beside the draft"):
        submit_action(actor=discipline.bob.member, action=action)
    attitude(discipline, action)
    submit_action(actor=discipline.bob.member, action=action)

    assert (finding.kind, finding.rule, finding.is_blocking) == ("warn", 17, False)
    assert str(finding.message).startswith("What happened: ")


def test_advice_alone_stops_nothing(discipline: DisciplineStage) -> None:
    assert action_findings(discipline.draft(facts="She never puts the guard on."), ActionStep.SUBMIT) == []


def test_a_remark_set_aside_holds_while_the_words_do_and_can_be_taken_back(discipline: DisciplineStage) -> None:
    action = discipline.draft(facts=JUDGED)
    with pytest.raises(DomainError, match="Say why"):
        attitude(discipline, action, reason=" ")

    attitude(discipline, action)
    [aside] = standing_remarks(action).aside
    discipline.fill(action, facts="He is lazy.")
    changed = [remark.excerpt for remark in standing_remarks(action).remarks]
    discipline.fill(action, facts=JUDGED)
    take_action_remark_back(actor=discipline.bob.member, action=action, code=aside.code, words=aside.words)

    assert (aside.reason, aside.words, aside.by) == ("Quoted from the log.", "attitude", discipline.bob.member.pk)
    assert changed == ["lazy"]
    assert len(standing_remarks(action).remarks) == 1


def test_only_its_author_sets_aside_and_only_in_a_draft(discipline: DisciplineStage) -> None:
    action = discipline.draft(facts=JUDGED)

    for person in (discipline.alice, discipline.hana):
        with pytest.raises(PermissionDenied):
            set_action_remark_aside(
                actor=person.member, action=action, field="facts", start=0, code="words.subjective", reason="No."
            )
    attitude(discipline, action)
    submit_action(actor=discipline.bob.member, action=action)
    with pytest.raises(DomainError):
        take_action_remark_back(actor=discipline.bob.member, action=action, code="words.subjective", words="attitude")


def test_the_draft_shows_the_remarks_and_sets_one_aside(
    discipline: DisciplineStage, bob: Person, client_of: ClientOf
) -> None:
    action = discipline.draft(facts=JUDGED)
    client = client_of(bob)
    data = {"field": "facts", "start": str(JUDGED.index("attitude")), "code": "words.subjective", "reason": "A quote."}
    address = path_of(action, "draft/remarks/")

    page = client.get(path_of(action, "draft/")).content.decode()
    without_reason = client.post(address, {**data, "reason": ""}, HTTP_HX_REQUEST="true")
    part = client.post(address, data, HTTP_HX_REQUEST="true")
    again = client.post(address, data)
    plain = client.post(address, {"take_back": "1", "code": "words.subjective", "words": "attitude"})

    assert "<mark>attitude</mark>" in page
    assert f'action="{address}"' in page
    assert (without_reason.status_code, part.status_code, again.status_code, plain.status_code) == (422, 200, 302, 302)
    assert "Because: A quote." in part.content.decode()
    assert [text.count("or set the remark aside") for text in (page, part.content.decode())] == [1, 0]
    assert 'id="readiness"' in part.content.decode()
    assert plain["Location"] == path_of(action, "draft/#wording")
    with tenant_context(bob.organization.pk):
        assert DisciplinaryAction.objects.get(pk=action.pk).set_aside == []


def test_hr_reads_what_was_set_aside_and_why_and_the_employee_does_not(
    discipline: DisciplineStage, hana: Person, alice: Person, client_of: ClientOf
) -> None:
    action = discipline.draft(facts=JUDGED)
    attitude(discipline, action)
    submit_action(actor=discipline.bob.member, action=action)

    body = client_of(hana).get(path_of(action, "review/")).content.decode()

    assert "Because: Quoted from the log." in body
    assert "Take it back" not in body
    refused = client_of(hana).post(path_of(action, "draft/remarks/"), {"take_back": "1", "code": "a", "words": "b"})
    assert refused.status_code == 403
    assert client_of(alice).post(path_of(action, "draft/remarks/"), {}).status_code == 404
    assert client_of(hana).get(path_of(action, "draft/remarks/")).status_code == 405
