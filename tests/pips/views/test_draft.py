"""Writing the draft in steps: it saves itself, rows come and go by plain buttons, and no word typed is ever lost."""

import datetime
import re
from dataclasses import replace
from typing import Any

import pytest
from django_rls_tenants import tenant_context

from pips.enums import PlanStatus
from pips.models import DraftAutosave, Plan
from tests.cast import Person
from tests.metrics.factories import MetricFactory
from tests.pips.conftest import Stage
from tests.pips.views.conftest import ClientOf, path_of, rows_of

HTMX = {"HX-Request": "true"}
CONCERN = {
    "occurred_on": "2026-11-03",
    "description": "Late again.",
    "standard": "On the day.",
    "impact": "",
    "evidence": "",
    "prior_coaching": "",
}
WORD = '<p class=MsoNormal style="margin:0"><o:p>Über 80 % — “late”</o:p></p>'
EMOJI_AND_RTL = "👩🏽‍💻 شكراً, תודה"


def frame(plan: Plan, **changes: Any) -> dict[str, Any]:
    """Return the first step as a browser sends it."""
    return {
        "title": "Reliable delivery",
        "job_description": plan.job_description_id or "",
        "length_days": "90",
        "starts_on": "2027-01-05",
        "check_in_every_days": "14",
        "root_cause": "Estimates made alone.",
        **changes,
    }


def concerns(*rows: dict[str, str], **more: Any) -> dict[str, Any]:
    """Return the step of examples as a browser sends it."""
    return {**rows_of("concerns", list(rows)), **more}


def consequences(**changes: Any) -> dict[str, Any]:
    """Return the step of what follows as a browser sends it."""
    return {
        "success_consequence": "Back to normal.",
        "failure_consequence": "HR decides.",
        "rights": "You may answer.",
        **changes,
    }


def typed_words(tab: str) -> dict[str, list[str]]:
    """Return the words kept for a tab."""
    typed: dict[str, list[str]] = DraftAutosave.objects.get(tab=tab).typed or {}
    return typed


def seen_on(response: Any) -> str:
    """Return the state of the step that the page was made from."""
    found = re.search(r'name="seen"[^>]* value="(\w*)"', response.content.decode())
    assert found is not None
    return found[1]


class Tab:
    """One tab of somebody's browser, on one step of the draft."""

    def __init__(self, client: Any, plan: Plan, step: str, name: str = "tab-1") -> None:
        self.client, self.path, self.name = client, path_of(plan, f"draft/{step}/"), name
        self.seen = seen_on(client.get(self.path))

    def send(self, typed: dict[str, Any], **buttons: str) -> Any:
        """Press a button of the form."""
        return self.client.post(self.path, {**typed, "seen": self.seen, "tab": self.name, **buttons})

    def autosave(self, typed: dict[str, Any]) -> str:
        """Let the page save itself; return what it says then."""
        sent = {**typed, "seen": self.seen, "tab": self.name, "autosave": "1"}
        response = self.client.post(self.path, sent, headers=HTMX)
        assert response.status_code == 200
        self.seen = seen_on(response)
        return str(response.content.decode())


def saved(plan: Plan) -> Plan:
    """Return the plan as it is in the database."""
    return Plan.objects.get(pk=plan.pk)


def test_saving_a_step_keeps_it_and_leaves_the_others_as_they_are(
    stage: Stage, client_of: ClientOf, bob: Person
) -> None:
    plan = stage.draft()

    response = Tab(client_of(bob), plan, "concerns").send(concerns(CONCERN), next="1")

    assert (response.status_code, response["Location"]) == (302, path_of(plan, "draft/expectations/"))
    with tenant_context(plan.organization_id):
        assert [(c.occurred_on, c.description) for c in saved(plan).concerns.all()] == [
            (datetime.date(2026, 11, 3), "Late again.")
        ]
        assert next(m.goal for m in saved(plan).milestones.all()) == "Every item has a day."
        assert saved(plan).expectations.count() == 2


def test_the_draft_opens_where_something_is_left(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft(concerns=[])
    client = client_of(bob)

    assert client.get(path_of(plan, "draft/"))["Location"] == path_of(plan, "draft/concerns/")
    stage.fill(plan)
    assert client.get(path_of(plan, "draft/"))["Location"] == path_of(plan, "draft/check/")


@pytest.mark.parametrize(
    "step", ["frame", "concerns", "expectations", "milestones", "support", "consequences", "check"]
)
def test_every_step_shows_the_rail_the_readiness_and_the_wording(
    stage: Stage, client_of: ClientOf, bob: Person, step: str
) -> None:
    body = client_of(bob).get(path_of(stage.draft(rights=""), f"draft/{step}/")).content.decode()

    assert 'aria-current="step"' in body
    assert 'id="readiness"' in body
    assert 'id="wording"' in body
    assert "The plan does not tell the employee their rights." in body


def test_a_metric_that_is_retired_since_stays_on_offer_where_the_draft_is_measured_by_it(
    stage: Stage, client_of: ClientOf, bob: Person
) -> None:
    metric, other = MetricFactory.create(name="Old errors"), MetricFactory.create(name="Old visits")
    first, second = stage.content()["expectations"]
    plan = stage.draft(expectations=[replace(first, metric_id=metric.pk), second])
    for one in (metric, other):
        one.is_active = False
        one.save(update_fields=["is_active"])

    page = client_of(bob).get(path_of(plan, "draft/expectations/")).content.decode()

    assert (f'value="{metric.pk}" selected' in page, "Old visits" in page) == (True, False)


def test_an_unknown_step_is_not_there(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    assert client_of(bob).get(path_of(stage.draft(), "draft/nowhere/")).status_code == 404


def test_the_draft_saves_itself_and_says_when(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    tab = Tab(client_of(bob), plan, "frame")

    said = tab.autosave(frame(plan, title="First words"))
    again = tab.autosave(frame(plan, title="More words"))

    assert re.search(r"Saved \d\d:\d\d", said)
    assert re.search(r"Saved \d\d:\d\d", again)
    assert saved(plan).title == "More words"


def test_half_a_date_is_kept_as_typed_and_comes_back(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    client = client_of(bob)
    half = {**CONCERN, "occurred_on": "the third of", "description": "precious words"}

    said = Tab(client, plan, "concerns").autosave(concerns(half))
    body = client.get(path_of(plan, "draft/concerns/")).content.decode()

    assert "Kept as typed" in said
    assert "precious words" in body
    assert "the third of" in body
    assert "As you typed it" in body
    assert saved(plan).concerns.get().description == "The October figures came eight days late."


def test_finished_words_are_kept_no_longer(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    tab = Tab(client_of(bob), plan, "concerns")
    tab.autosave(concerns({**CONCERN, "occurred_on": "the"}))

    tab.autosave(concerns(CONCERN))

    assert DraftAutosave.objects.filter(typed__isnull=False).count() == 0
    assert saved(plan).concerns.get().description == "Late again."


def test_nobody_else_reads_the_words_somebody_kept(
    stage: Stage, client_of: ClientOf, bob: Person, carol: Person
) -> None:
    plan = stage.draft()
    Tab(client_of(bob), plan, "concerns").autosave(concerns({**CONCERN, "occurred_on": "x", "description": "secret"}))
    kept = DraftAutosave.objects.get()
    carols = client_of(carol)

    assert "secret" not in carols.get(path_of(plan, "draft/concerns/")).content.decode()
    assert carols.get(path_of(plan, f"draft/kept/{kept.pk}/")).status_code == 404


def test_an_error_loses_no_word(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    wrong = {**CONCERN, "occurred_on": "the third of May", "description": "precious words"}

    response = Tab(client_of(bob), plan, "concerns").send(concerns(wrong), save="1")

    body = response.content.decode()
    assert response.status_code == 422
    assert "precious words" in body
    assert "the third of May" in body
    assert 'href="#id_concerns-0-occurred_on"' in body
    assert typed_words("tab-1")["concerns-0-description"] == ["precious words"]


def test_the_rail_leads_on_and_keeps_what_is_not_finished(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    client = client_of(bob)

    there = Tab(client, plan, "concerns").send(concerns({**CONCERN, "occurred_on": "half"}), to="support")

    assert there["Location"] == path_of(plan, "draft/support/")
    assert "It is kept as typed." in client.get(there["Location"]).content.decode()


@pytest.mark.parametrize(
    ("words", "is_kept"),
    [(WORD, True), (EMOJI_AND_RTL, True), ("a\x00b", True), ("x" * 20_000, True), ("x" * 200_000, False)],
    ids=["Word", "emoji and right-to-left", "nul", "longest", "200 kB"],
)
def test_pasted_text_is_saved_or_kept_with_a_clear_limit(
    stage: Stage, client_of: ClientOf, bob: Person, words: str, is_kept: bool
) -> None:
    plan = stage.draft()
    client = client_of(bob)
    tab = Tab(client, plan, "concerns")

    said = tab.autosave(concerns({**CONCERN, "description": words}))

    if is_kept and "\x00" not in words:
        assert "Saved" in said
        assert saved(plan).concerns.get().description == words
    else:
        assert "Kept as typed" in said
        assert typed_words("tab-1")["concerns-0-description"] == [words.replace("\x00", "")]
    if not is_kept:
        body = client.get(tab.path).content.decode()
        assert "at most 20000 characters (it has 200000)" in body
        assert words in body


def test_markup_that_is_pasted_is_text(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    client = client_of(bob)
    tab = Tab(client, plan, "concerns")
    tab.autosave(concerns({**CONCERN, "description": WORD}))

    for page in ("draft/concerns/", "draft/preview/"):
        body = client.get(path_of(plan, page)).content.decode()
        assert "<o:p>" not in body
        assert "&lt;o:p&gt;" in body


def test_two_people_do_not_overwrite_each_other_and_choose_field_by_field(
    stage: Stage, client_of: ClientOf, bob: Person, carol: Person
) -> None:
    plan = stage.draft()
    bobs, carols = Tab(client_of(bob), plan, "frame"), Tab(client_of(carol), plan, "frame")
    carols.autosave(frame(plan, title="Carol's title", root_cause="Carol's cause"))

    refused = bobs.send(frame(plan, title="Bob's title", root_cause="Bob's cause"), save="1")
    page = bobs.client.get(refused["Location"])
    chosen = {"choice-title": "mine", "choice-root_cause": "saved", "seen": seen_on(page), "choose": "1"}
    bobs.client.post(refused["Location"], chosen)

    body = page.content.decode()
    assert "Bob&#x27;s title" in body
    assert "Carol&#x27;s cause" in body
    assert "Days between check-ins" not in body
    assert (saved(plan).title, saved(plan).root_cause) == ("Bob's title", "Carol's cause")
    assert not DraftAutosave.objects.filter(typed__isnull=False).exists()


def test_a_second_tab_is_told_and_nothing_of_either_is_lost(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    client = client_of(bob)
    first, second = Tab(client, plan, "frame", "one"), Tab(client, plan, "frame", "two")
    first.autosave(frame(plan, title="From the first"))

    said = second.autosave(frame(plan, title="From the second"))

    assert "somebody else has saved this step" in said
    assert saved(plan).title == "From the first"
    assert typed_words("two")["title"] == ["From the second"]
    assert "Compare both and choose" in client.get(path_of(plan, "draft/frame/")).content.decode()


def test_two_tabs_on_two_steps_do_not_meet(stage: Stage, client_of: ClientOf, bob: Person, carol: Person) -> None:
    plan = stage.draft()
    bobs, carols = Tab(client_of(bob), plan, "frame"), Tab(client_of(carol), plan, "concerns")

    assert "Saved" in carols.autosave(concerns(CONCERN))
    assert "Saved" in bobs.autosave(frame(plan, title="Mine"))
    assert (saved(plan).title, saved(plan).concerns.get().description) == ("Mine", "Late again.")


def test_a_tabs_own_saving_a_moment_ago_is_no_conflict(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    tab = Tab(client_of(bob), plan, "frame")
    opened = tab.seen
    tab.autosave(frame(plan, title="Half"))
    tab.seen = opened

    response = tab.send(frame(plan, title="Half and more"), save="1")

    assert response["Location"] == tab.path
    assert saved(plan).title == "Half and more"


def test_the_ends_of_lines_are_no_difference(stage: Stage, client_of: ClientOf, bob: Person, carol: Person) -> None:
    plan = stage.draft(rights="One line.\nAnother.")
    bobs, carols = Tab(client_of(bob), plan, "consequences"), Tab(client_of(carol), plan, "consequences")
    carols.autosave(consequences(success_consequence="Carol's", rights="One line.\r\nAnother."))
    refused = bobs.send(consequences(success_consequence="Bob's", rights="One line.\r\nAnother."), save="1")

    compared = bobs.client.get(refused["Location"]).content.decode()

    assert saved(plan).rights == "One line.\nAnother."
    assert 'name="choice-success_consequence"' in compared
    assert 'name="choice-rights"' not in compared


def test_kept_words_can_be_thrown_away(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    tab = Tab(client_of(bob), plan, "concerns")
    tab.autosave(concerns({**CONCERN, "occurred_on": "x"}))

    tab.client.post(path_of(plan, f"draft/kept/{DraftAutosave.objects.get().pk}/"), {"drop": "1"})

    assert not DraftAutosave.objects.exists()


def test_a_choice_that_is_not_finished_goes_back_into_the_step(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    tab = Tab(client_of(bob), plan, "concerns")
    tab.autosave(concerns({**CONCERN, "occurred_on": "half a"}))
    path = path_of(plan, f"draft/kept/{DraftAutosave.objects.get().pk}/")

    there = tab.client.post(path, {"choose": "1", "seen": seen_on(tab.client.get(path))}, follow=True)

    assert "something is not finished yet" in there.content.decode()
    assert "half a" in there.content.decode()


@pytest.mark.parametrize("name", ["concerns", "expectations", "support"])
def test_adding_a_row_keeps_what_is_typed_and_saves_nothing(
    stage: Stage, client_of: ClientOf, bob: Person, name: str
) -> None:
    plan = stage.draft()
    typed = rows_of(name, [{"title": "half", "description": "half"}])

    body = client_of(bob).post(path_of(plan, f"draft/{name}/"), {**typed, "add": name, "seen": "kept"}).content.decode()

    assert f'name="{name}-TOTAL_FORMS" value="2"' in body
    assert "half" in body
    assert 'value="kept"' in body
    assert len(re.findall(r"\bautofocus\b", body.split('id="draft"')[1].split("</form>")[0])) == 1


def test_removing_a_row_keeps_the_others(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    rows = [{**CONCERN, "description": words} for words in ("first words", "second words", "third words")]

    body = client_of(bob).post(path_of(plan, "draft/concerns/"), concerns(*rows, remove="concerns-1")).content.decode()

    assert 'name="concerns-TOTAL_FORMS" value="2"' in body
    assert "first words" in body
    assert "second words" not in body
    assert "third words" in body


def test_a_blank_row_is_no_row(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()

    Tab(client_of(bob), plan, "concerns").send(concerns(CONCERN, dict.fromkeys(CONCERN, "")), save="1")

    assert saved(plan).concerns.count() == 1


def test_milestones_follow_a_new_length(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    tab = Tab(client_of(bob), plan, "frame")

    tab.autosave(frame(plan, length_days="60"))
    assert [(m.day, m.goal) for m in saved(plan).milestones.all()] == [
        (30, "Every item has a day."),
        (60, "Half of the gap is closed."),
    ]
    tab.autosave(frame(plan, length_days="90"))

    last = saved(plan).milestones.get(day=90)
    assert "every target of this plan is met" in last.goal


def test_a_suggestion_is_taken_over_by_one_click(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    job = plan.job_description
    assert job is not None
    job.responsibilities.create(title="Month-end figures", description="On the third working day.")
    client = client_of(bob)
    offered = client.get(path_of(plan, "draft/expectations/")).content.decode()
    key = re.findall(r'name="suggest" value="(responsibility-\d+)"', offered)[-1]

    body = client.post(
        path_of(plan, "draft/expectations/"), {**rows_of("expectations", [{"title": "typed"}]), "suggest": key}
    ).content.decode()

    assert 'name="expectations-TOTAL_FORMS" value="2"' in body
    assert 'value="typed"' in body
    assert "On the third working day." in body


def test_htmx_gets_the_form_alone(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()

    body = (
        client_of(bob).post(path_of(plan, "draft/concerns/"), concerns(CONCERN, add="concerns"), headers=HTMX)
    ).content.decode()

    assert "<html" not in body
    assert 'id="draft"' in body


def test_what_is_typed_is_judged_before_it_is_saved(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()

    body = (
        client_of(bob)
        .post(path_of(plan, "draft/readiness/"), {"step": "concerns", **rows_of("concerns", [])}, headers=HTMX)
        .content.decode()
    )

    assert "There is no dated example of the concern." in body
    assert 'id="wording"' in body
    assert saved(plan).concerns.count() == 1


def test_typing_does_not_take_a_plan_back_but_saving_does(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.changes_requested()
    client = client_of(bob)
    tab = Tab(client, plan, "frame")

    said = tab.autosave(frame(plan, title="Better"))
    assert "Save to take the plan back" in said
    assert saved(plan).status == PlanStatus.CHANGES_REQUESTED
    tab.send(frame(plan, title="Better"), save="1")

    assert "Add the dates." in client.get(path_of(plan, "draft/frame/")).content.decode()
    assert (saved(plan).status, saved(plan).title) == (PlanStatus.DRAFT, "Better")


def test_the_employee_is_never_offered_as_the_owner_of_support(
    stage: Stage, client_of: ClientOf, alice: Person, bob: Person
) -> None:
    plan = stage.draft()
    own = rows_of("support", [{"description": "Help", "owner": str(alice.employee.pk), "due_day": "7"}])

    assert Tab(client_of(bob), plan, "support").send(own, save="1").status_code == 422


def test_the_preview_is_a_page_at_once_and_a_pdf_on_request(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    client = client_of(bob)

    page = client.get(path_of(plan, "draft/preview/")).content.decode()
    pdf = client.get(path_of(plan, "draft/preview.pdf"))

    assert "The October figures came eight days late." in page
    assert "Two sessions on estimating" in page
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    assert plan.version == 0


def test_previews_are_limited(stage: Stage, client_of: ClientOf, bob: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pips.views.draft_words.MOST_PREVIEWS", 0)
    plan = stage.draft()

    response = client_of(bob).get(path_of(plan, "draft/preview.pdf"), follow=True)

    assert "Wait a minute" in response.content.decode()
