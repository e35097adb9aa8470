"""The pages of a plan's actions, through the browser's own requests."""

from django.core.files.uploadedfile import SimpleUploadedFile

from development.enums import ActionStatus, DevelopmentStatus
from development.models import DevelopmentAction, TrainingCourse
from development.services.actions import propose_action, update_action
from development.services.training import complete_enrolment, enrol
from tests.cast import Person
from tests.development.conftest import MakePlan, action_facts, days, only_action
from tests.development.views.conftest import HTMX, ROOT, ClientOf, page, typed


def test_progress_is_saved_in_its_row(browse: ClientOf, make_plan: MakePlan, alice: Person) -> None:
    plan = make_plan()
    action = only_action(plan)
    client = browse(alice)

    part = client.post(f"{ROOT}actions/{action.pk}/progress/", {"progress": "40"}, headers=HTMX)
    plain = client.post(f"{ROOT}actions/{action.pk}/progress/", {"progress": "60"})
    wrong = client.post(f"{ROOT}actions/{action.pk}/progress/", {"progress": "140"}, headers=HTMX)

    action.refresh_from_db()
    assert part.text.strip().startswith('<section class="section" id="actions"')
    assert 'value="40"' in part.text
    assert plain["Location"] == f"{page(plan)}#actions"
    assert (wrong.status_code, action.progress) == (422, 60)
    assert "from 0 to 100" in wrong.text


def test_a_done_action_asks_what_shows_it(browse: ClientOf, make_plan: MakePlan, alice: Person) -> None:
    action = only_action(make_plan())
    client = browse(alice)

    part = client.post(f"{ROOT}actions/{action.pk}/progress/", {"progress": "100"}, headers=HTMX)
    client.post(
        f"{ROOT}actions/{action.pk}/",
        {"progress": "100", "due_on": days(30).isoformat(), "evidence_text": "Three clean reports."},
    )

    assert "Say what shows it" in part.text
    assert "1 of 1 done" in part.text
    assert "Three clean reports." in client.get(page(action.plan)).text


def test_a_file_is_handed_to_those_who_may_read_the_plan(
    browse: ClientOf, make_plan: MakePlan, alice: Person, bob: Person, hana: Person, eve: Person
) -> None:
    action = only_action(make_plan())
    said = {"progress": "100", "due_on": days(30).isoformat()}
    wrong = browse(alice).post(f"{ROOT}actions/{action.pk}/", {**said, "evidence": SimpleUploadedFile("a.pdf", b"MZ")})
    kept = browse(alice).post(
        f"{ROOT}actions/{action.pk}/", {**said, "evidence": SimpleUploadedFile("a.pdf", b"%PDF-1")}
    )
    assert (wrong.status_code, kept.status_code) == (409, 302)
    address = f"{ROOT}actions/evidence/{action.files.get().pk}/"

    assert address in browse(bob).get(page(action.plan)).text
    assert [browse(who).get(address).status_code for who in (alice, bob, hana, eve)] == [200, 200, 200, 404]
    assert browse(alice).get(address)["Content-Disposition"] == 'attachment; filename="a.pdf"'


def test_a_course_is_chosen_and_its_completion_offers_to_mark_the_action_done(
    browse: ClientOf, make_plan: MakePlan, alice: Person, bob: Person, hana: Person
) -> None:
    course = TrainingCourse.objects.create(code="S", name="Safety")
    TrainingCourse.objects.create(code="O", name="Former", is_offered=False)
    client, plan = browse(alice), make_plan(DevelopmentStatus.DRAFTED)
    chosen = typed(alice, **{"actions-0-course": str(course.pk)})
    assert "Former" not in client.get(page(plan, "draft")).text
    refused = client.post(page(plan, "draft"), chosen)
    client.post(page(plan, "draft"), {**chosen, "actions-0-kind": "course", "then": "submit"})
    browse(bob).post(page(plan, "answer"), {"answer": "approve"})
    place = enrol(actor=bob.member, employee=alice.employee, course=course)
    complete_enrolment(actor=alice.member, enrolment=place, completed_on=days(0))

    shown = [browse(who).get(f"{ROOT}training/enrolments/{place.pk}/").text for who in (alice, bob, hana)]
    on_plan = client.get(page(plan)).text
    client.post(f"{ROOT}actions/{plan.actions.get().pk}/progress/", {"progress": "100"})

    assert (refused.status_code, "for an action that is a course" in refused.text) == (422, True)
    assert ["Mark as done" in text for text in shown] == [True, True, False]
    assert "Is the action done?" in on_plan
    assert "Course completed on 29 April 2026" in client.get(page(plan)).text
    assert plan.actions.get().status == ActionStatus.DONE


def test_an_action_has_a_page_with_its_record(
    browse: ClientOf, make_plan: MakePlan, alice: Person, bob: Person
) -> None:
    action = only_action(make_plan())
    update_action(actor=alice.member, action=action, progress=30, note="A third of it.", due_on=days(40))

    text = browse(bob).get(f"{ROOT}actions/{action.pk}/").text
    wrong = browse(bob).post(f"{ROOT}actions/{action.pk}/", {"progress": "10", "due_on": "2020-01-01"})

    assert [words for words in ("A third of it.", "New date: 8 June 2026") if words not in text] == []
    assert (wrong.status_code, "before the action begins" in wrong.text) == (409, True)


def test_whoever_only_reads_cannot_update(browse: ClientOf, make_plan: MakePlan, hana: Person) -> None:
    action = only_action(make_plan())

    answer = browse(hana).post(f"{ROOT}actions/{action.pk}/", {"progress": "10", "due_on": days(30).isoformat()})
    row = browse(hana).post(f"{ROOT}actions/{action.pk}/progress/", {"progress": "10"})

    assert [answer.status_code, row.status_code] == [403, 403]


def test_a_proposed_action_is_answered_on_its_page(
    browse: ClientOf, make_plan: MakePlan, alice: Person, bob: Person
) -> None:
    plan = make_plan()
    client = browse(bob)
    facts = {name.removeprefix("actions-0-"): value for name, value in typed(alice).items() if "actions-0" in name}
    client.post(page(plan, "actions/new"), {**facts, "title": "Lead the meeting twice"})
    action = DevelopmentAction.objects.get(title="Lead the meeting twice")
    assert action.status == ActionStatus.PROPOSED
    assert "Proposed by the manager" in client.get(page(plan)).text

    asked = browse(alice).get(f"{ROOT}actions/{action.pk}/answer/")
    browse(alice).post(f"{ROOT}actions/{action.pk}/answer/", {"answer": "accept"})

    action.refresh_from_db()
    assert "Lead the meeting twice" in asked.text
    assert action.status == ActionStatus.OPEN


def test_a_declined_and_an_ended_action_stand_aside_with_their_reasons(
    browse: ClientOf, make_plan: MakePlan, alice: Person, bob: Person
) -> None:
    plan = make_plan()
    proposed = propose_action(actor=bob.member, plan=plan, facts=action_facts(alice.employee, title="Too much"))

    browse(alice).post(f"{ROOT}actions/{proposed.pk}/answer/", {"answer": "decline", "reason": "Not this year."})
    browse(bob).post(f"{ROOT}actions/{only_action(plan).pk}/ending/", {"reason": "The report is gone."})

    text = browse(alice).get(page(plan)).text
    assert [words for words in ("2 ended undone", "Not this year.", "The report is gone.") if words not in text] == []
