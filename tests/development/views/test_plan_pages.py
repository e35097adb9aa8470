"""The pages of a plan, through the browser's own requests."""

import pytest
from pytest_django import DjangoAssertNumQueries

from development.enums import DevelopmentStatus
from development.models import DevelopmentAction, DevelopmentPlan
from development.services.plans import draft_plan, return_plan
from documents.models import Document
from metrics.models import SkillRating
from metrics.registry import skill_actions, support_starters
from people.models import Competency, JobCompetency
from pips.enums import PlanStatus
from tests.cast import Person
from tests.development.conftest import At, MakePlan, days, only_action, plan_facts
from tests.development.views.conftest import HTMX, NEW, ROOT, ClientOf, page, typed
from tests.metrics.factories import MetricFactory
from tests.metrics.signal_stage import drop_of
from tests.tenancy.rows import make_object
from tests.tenancy.world import make_world

#: Statements of the page of a plan, session and member included.
QUERIES = 13


def test_a_new_plan_is_filled_in_from_the_skill_gaps(
    browse: ClientOf, writing: Competency, alice: Person, bob: Person
) -> None:
    strong = Competency.objects.create(name="Accuracy")
    JobCompetency.objects.create(
        job_description=writing.jobs.get().job_description, competency=strong, expected_level=3
    )
    for competency, level in ((writing, 2), (strong, 4)):
        SkillRating.objects.create(
            employee=alice.employee, competency=competency, rater="manager", level=level, rated_on=days(-5),
            rated_by=bob.member,
        )  # fmt: skip

    forms = browse(alice).get(NEW).context["forms"]

    (gap,) = forms.gaps.forms
    assert (gap["competency"].value(), gap["current_level"].value(), gap["target_level"].value()) == (writing.pk, 2, 4)
    assert forms.words["strengths"].value() == "Accuracy"


def test_a_plan_is_written_and_submitted_in_one_go(browse: ClientOf, writing: Competency, alice: Person) -> None:
    answer = browse(alice).post(NEW, typed(alice, then="submit"))

    plan = DevelopmentPlan.objects.get()
    assert answer["Location"] == page(plan)
    assert plan.status == DevelopmentStatus.SUBMITTED
    assert only_action(plan).gap == plan.gaps.get()


def test_a_plan_that_is_not_whole_stays_a_draft_and_says_why(
    browse: ClientOf, writing: Competency, alice: Person
) -> None:
    answer = browse(alice).post(NEW, typed(alice, then="submit", aspiration=""), follow=True)

    assert DevelopmentPlan.objects.get().status == DevelopmentStatus.DRAFTED
    assert "Saved as a draft. Say where you want to go" in answer.text


def test_rows_are_added_and_removed_without_losing_a_word(browse: ClientOf, writing: Competency, alice: Person) -> None:
    client = browse(alice)

    added = client.post(NEW, typed(alice, add="actions"), headers=HTMX)
    removed = client.post(NEW, typed(alice, remove="gaps-0"))

    assert added.text.strip().startswith('<div id="plan-form">')
    assert [len(added.context["forms"].actions.forms), len(removed.context["forms"].gaps.forms)] == [2, 0]
    assert "I want to lead the reports." in removed.text
    assert not DevelopmentPlan.objects.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ends_on": "2020-01-01"}, "ends before it begins"),
        ({"gaps-0-target_level": "2"}, "Choose a level above"),
        ({"actions-0-due_on": "2020-01-01"}, "due before it begins"),
        ({"actions-0-title": ""}, "This field is required."),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    changes: dict[str, str], says: str, browse: ClientOf, writing: Competency, alice: Person
) -> None:
    answer = browse(alice).post(NEW, typed(alice, **changes))

    assert answer.status_code == 422
    assert says in answer.text
    assert "Nobody asks back." in answer.text


@pytest.mark.parametrize(("name", "day"), [("ends_on", "9999-12-31"), ("actions-0-starts_on", "0001-01-01")])
def test_a_year_nobody_lives_to_see_is_a_slip_of_the_hand(
    name: str, day: str, browse: ClientOf, writing: Competency, alice: Person
) -> None:
    answer = browse(alice).post(NEW, typed(alice, **{name: day}))

    assert (answer.status_code, "Check the year" in answer.text) == (422, True)


def test_lines_count_once_however_a_browser_ends_them(browse: ClientOf, writing: Competency, alice: Person) -> None:
    browse(alice).post(NEW, typed(alice, aspiration="I lead.\r\n" * 600))

    assert DevelopmentPlan.objects.get().aspiration == ("I lead.\n" * 600).strip()


def test_a_second_open_plan_is_refused_and_the_words_stay(browse: ClientOf, make_plan: MakePlan, alice: Person) -> None:
    make_plan(DevelopmentStatus.SUBMITTED)

    answer = browse(alice).post(NEW, typed(alice, aspiration="Something else."))

    assert answer.status_code == 409
    assert "Something else." in answer.text


def test_a_draft_shows_what_was_saved_and_takes_changes(browse: ClientOf, make_plan: MakePlan, alice: Person) -> None:
    plan = make_plan(DevelopmentStatus.DRAFTED)
    client = browse(alice)

    text = client.get(page(plan, "draft")).text
    client.post(page(plan, "draft"), typed(alice, **{"actions-0-title": "Read one report a day"}))

    assert [words for words in ("I want to lead the reports.", "Two hours a week.") if words not in text] == []
    assert only_action(plan).title == "Read one report a day"


def test_the_page_of_a_private_draft_is_its_writer_s_alone(
    browse: ClientOf, make_plan: MakePlan, alice: Person, bob: Person, hana: Person
) -> None:
    plan = make_plan(DevelopmentStatus.DRAFTED)

    answers = [browse(who).get(page(plan)) for who in (alice, bob, hana)]

    assert [answer.status_code for answer in answers] == [200, 404, 404]
    assert "A draft only you can read." in answers[0].text


def test_a_withdrawn_private_draft_stays_private(browse: ClientOf, make_plan: MakePlan, bob: Person) -> None:
    assert browse(bob).get(page(make_plan(DevelopmentStatus.WITHDRAWN))).status_code == 404


@pytest.mark.parametrize("who", ["alice", "bob", "carol", "hana"])
def test_an_agreed_plan_is_read_by_those_who_follow_the_employee(
    who: str, browse: ClientOf, make_plan: MakePlan, request: pytest.FixtureRequest
) -> None:
    answer = browse(request.getfixturevalue(who)).get(page(make_plan()))

    shown = ("I want to lead the reports.", "Writing", "Write the weekly report", "Running", "Nobody asks back.")
    assert [words for words in shown if words not in answer.text] == []
    assert ("dev-action__figure" in answer.text) is (who != "hana")


@pytest.mark.parametrize("who", ["adam", "eve", "ines"])
def test_others_do_not_find_it(who: str, browse: ClientOf, make_plan: MakePlan, request: pytest.FixtureRequest) -> None:
    assert browse(request.getfixturevalue(who)).get(page(make_plan())).status_code == 404


def test_a_returned_plan_shows_the_words_above_it(
    browse: ClientOf, make_plan: MakePlan, alice: Person, bob: Person
) -> None:
    plan = make_plan(DevelopmentStatus.SUBMITTED)
    return_plan(actor=bob.member, plan=plan, reason="One course less.")

    text = browse(alice).get(page(plan)).text

    assert "Returned for changes" in text
    assert "One course less." in text


def test_the_manager_approves_from_the_page(browse: ClientOf, make_plan: MakePlan, bob: Person) -> None:
    plan = make_plan(DevelopmentStatus.SUBMITTED)
    client = browse(bob)
    asked = client.get(page(plan, "answer"))

    done = client.post(page(plan, "answer"), {"answer": "approve", "reason": ""})

    plan.refresh_from_db()
    assert "Write the weekly report" in asked.text
    assert (done["Location"], plan.status) == (page(plan), DevelopmentStatus.RUNNING)


def test_returning_needs_words_and_keeps_them(browse: ClientOf, make_plan: MakePlan, bob: Person) -> None:
    plan = make_plan(DevelopmentStatus.SUBMITTED)
    client = browse(bob)

    assert client.post(page(plan, "answer"), {"answer": "return", "reason": ""}).status_code == 422
    client.post(page(plan, "answer"), {"answer": "return", "reason": "One course less."})

    plan.refresh_from_db()
    assert plan.status == DevelopmentStatus.DRAFTED


def test_an_answer_that_comes_too_late_keeps_its_words(browse: ClientOf, make_plan: MakePlan, bob: Person) -> None:
    plan = make_plan()
    client = browse(bob)

    looked = client.get(page(plan, "answer"), follow=True)
    wrote = client.post(page(plan, "answer"), {"answer": "return", "reason": "My own words."})

    assert "moved this plan to" in looked.text
    assert wrote.status_code == 409
    assert "My own words." in wrote.text


def test_a_plan_is_taken_back(browse: ClientOf, make_plan: MakePlan, alice: Person) -> None:
    plan = make_plan(DevelopmentStatus.SUBMITTED)

    browse(alice).post(page(plan, "taking-back"))
    late = browse(alice).post(page(plan, "taking-back"), follow=True)

    plan.refresh_from_db()
    assert plan.status == DevelopmentStatus.DRAFTED
    assert "moved this plan to" in late.text


def test_closing_asks_for_the_look_back_and_each_gap(browse: ClientOf, make_plan: MakePlan, alice: Person) -> None:
    plan = make_plan()
    gap = plan.gaps.get()
    client = browse(alice)
    assert client.post(page(plan, "closing"), {"reflection": ""}).status_code == 422

    client.post(page(plan, "closing"), {"reflection": "I write faster.", f"gap-{gap.pk}": "3"})
    text = client.get(page(plan)).text

    assert "I write faster." in text
    assert "3 · Proficient" in text


def test_a_withdrawal_keeps_its_reason(browse: ClientOf, make_plan: MakePlan, bob: Person) -> None:
    plan = make_plan()

    browse(bob).post(page(plan, "withdrawal"), {"reason": "The team is dissolved."})

    assert "The team is dissolved." in browse(bob).get(page(plan)).text


def test_a_thought_leads_to_a_new_plan_or_into_the_open_one(
    browse: ClientOf, make_plan: MakePlan, writing: Competency, alice: Person, bob: Person
) -> None:
    start = f"{ROOT}start/?employee={alice.employee.pk}&competency={writing.pk}"

    fresh = browse(bob).get(start)
    assert fresh["Location"] == f"{NEW}?employee={alice.employee.pk}&competency={writing.pk}"
    assert "Practise “Writing” in a task at work" in browse(bob).get(fresh["Location"]).text

    plan = make_plan()
    running = browse(bob).get(start)
    assert running["Location"] == f"{page(plan, 'actions/new')}?competency={writing.pk}"
    assert "Practise “Writing” in a task at work" in browse(bob).get(running["Location"]).text


def test_an_open_draft_is_where_the_thought_belongs(
    browse: ClientOf, make_plan: MakePlan, writing: Competency, alice: Person
) -> None:
    plan = make_plan(DevelopmentStatus.DRAFTED)

    answer = browse(alice).get(f"{ROOT}start/?competency={writing.pk}")

    assert answer["Location"] == page(plan)


def test_a_signal_leads_here_and_is_answered_by_what_is_saved(
    browse: ClientOf, writing: Competency, alice: Person, bob: Person, hana: Person
) -> None:
    signal = drop_of(alice.employee, MetricFactory.create(key="items", name="Items done", unit="items"))
    keys = [{one.key for one in support_starters(who.member, signal)} for who in (bob, alice, hana)]
    assert ["development_plan" in found for found in keys] == [True, False, False]
    client = browse(bob)

    first = client.get(f"{ROOT}start/?signal={signal.pk}", follow=True)
    answer = client.post(f"{NEW}?signal={signal.pk}&employee={alice.employee.pk}", typed(alice))

    plan = DevelopmentPlan.objects.get()
    signal.refresh_from_db()
    assert "Find out what would help with “Items done”, and try it" in first.text
    assert (answer["Location"], plan.signal, plan.drafted_side) == (page(plan), signal, "manager")
    assert (signal.support_kind, signal.support_about_id) == ("development_plan", plan.pk)
    assert f'href="{page(plan)}"' in client.get(signal.get_absolute_url()).text
    assert "A signal in Items done" in client.get(page(plan)).text


def test_a_skill_gap_leads_here(stage: At, writing: Competency, alice: Person, hana: Person) -> None:
    (action,) = skill_actions(alice.member, alice.employee)

    assert action.url(alice.employee, writing) == f"{ROOT}start/?employee={alice.employee.pk}&competency={writing.pk}"
    assert skill_actions(hana.member, alice.employee) == []


@pytest.mark.parametrize("query", ["signal=x", "signal=9", "goal=9", "outcome=9", "competency=x", "employee=99999"])
def test_what_nobody_may_see_starts_nothing(query: str, browse: ClientOf, writing: Competency, alice: Person) -> None:
    assert [browse(alice).get(f"{page_}?{query}").status_code for page_ in (f"{ROOT}start/", NEW)] == [404, 404]


def test_a_stranger_s_plan_is_nobody_s_to_start(browse: ClientOf, alice: Person, bob: Person, hana: Person) -> None:
    assert browse(alice).get(f"{ROOT}start/?employee={bob.employee.pk}").status_code == 404
    assert browse(hana).get(f"{ROOT}start/?employee={alice.employee.pk}").status_code == 403


def test_a_decided_plan_leads_to_development(browse: ClientOf, writing: Competency, alice: Person, bob: Person) -> None:
    decided = make_world(alice.organization, alice.employee, bob.employee, PlanStatus.DECIDED).plan
    client = browse(bob)

    address = f"{ROOT}start/outcome/{decided.pk}/"
    assert f'href="{address}"' in client.get(decided.get_absolute_url()).text
    first = client.get(address, follow=True)
    client.post(f"{NEW}?outcome={decided.pk}", typed(alice))

    assert "Keep up what the plan has reached" in first.text
    assert DevelopmentPlan.objects.get().outcome_of == decided


def test_receipt_is_recorded_on_its_page_by_each_side_in_its_own_way(
    browse: ClientOf, make_plan: MakePlan, alice: Person, bob: Person, carol: Person, hana: Person
) -> None:
    plan = make_plan()
    assert browse(alice).get(page(plan, "acknowledgement"))["Location"] == page(plan)
    make_object(
        Document, kind="development_plan", about_type="development_plan", about_id=plan.pk, version=1,
        employee=alice.employee, sealed_by=bob.member,
    )  # fmt: skip

    asked = {who: browse(who).get(page(plan, "acknowledgement")).text for who in (alice, bob)}
    unnamed = browse(bob).post(page(plan, "acknowledgement"), {"witness": str(alice.employee.pk)})
    codes = [browse(who).post(page(plan, "acknowledgement")).status_code for who in (hana, alice, alice)]

    assert "Acknowledge receipt" in asked[alice]
    assert [name for name in ("Carol", "Bob") if f"{name} " in asked[bob].split("<select")[1]] == ["Carol"]
    assert (unnamed.status_code, codes) == (422, [403, 302, 409])
    assert "Received" in browse(carol).get(page(plan)).text


def test_the_page_costs_the_same_with_three_actions(
    browse: ClientOf,
    stage: At,
    writing: Competency,
    alice: Person,
    bob: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    plan = draft_plan(actor=bob.member, employee=alice.employee, facts=plan_facts(alice.employee))
    client = browse(alice)
    client.get(page(plan))
    with django_assert_num_queries(QUERIES):
        client.get(page(plan))
    for title in ("Two", "Three"):
        DevelopmentAction.objects.create(
            plan=plan, title=title, owner=alice.employee, starts_on=days(0), due_on=days(9), proposed_side="employee"
        )

    with django_assert_num_queries(QUERIES):
        client.get(page(plan))
