"""Reporting on a goal: by its people, with evidence, and by its metric."""

import datetime
import io
import zipfile
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from goals.enums import Confidence, CycleStatus, GoalStatus, Measure
from goals.evidence_types import type_of
from goals.inputs import StepInput
from goals.models import Cycle, Evidence, Goal
from goals.obligations import Owed
from goals.services.evidence import MOST_EVIDENCE_BYTES, EvidenceFile
from goals.services.following import follow_metrics
from goals.services.updates import record_update, set_step_done
from metrics.models import Series
from people.enums import LeaveKind
from people.services.leave import record_leave
from pipcycle.errors import DomainError
from reminders.models import Obligation
from tests.cast import Person
from tests.goals.conftest import MakeGoal
from tests.metrics.factories import MetricFactory, SeriesFactory, fill

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def next_update(goal: Goal) -> datetime.date:
    """Return the day the next update is owed on."""
    due_on: datetime.date = Obligation.objects.get(about_id=goal.pk, kind=Owed.UPDATE, status="open").due_on
    return due_on


def test_an_update_moves_the_goal_and_the_next_one(make_goal: MakeGoal, alice: Person) -> None:
    goal = make_goal()

    update = record_update(
        actor=alice.member, goal=goal, value=Decimal("4.5"), confidence=Confidence.AT_RISK, comment="Mondays."
    )

    goal.refresh_from_db()
    assert (update.value, update.side) == (Decimal("4.5"), "employee")
    assert (goal.current_value, goal.current_on, goal.confidence) == (Decimal("4.5"), timezone.localdate(), "at_risk")
    assert goal.next_update_on == next_update(goal) >= timezone.localdate() + datetime.timedelta(weeks=4)
    assert Obligation.objects.filter(about_id=goal.pk, kind=Owed.UPDATE, status="fulfilled").count() == 1


@pytest.mark.parametrize("who", ["hana", "adam", "eve"])
def test_only_the_two_sides_report(who: str, make_goal: MakeGoal, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        record_update(actor=request.getfixturevalue(who).member, goal=make_goal(), comment="Hm.")


def test_an_update_says_something(make_goal: MakeGoal, alice: Person) -> None:
    with pytest.raises(DomainError, match="Say at least one thing"):
        record_update(actor=alice.member, goal=make_goal(), comment="  ")


def test_updates_go_on_in_a_frozen_cycle_and_end_in_an_archived_one(
    make_goal: MakeGoal, cycle: Cycle, alice: Person
) -> None:
    goal = make_goal()
    Cycle.objects.filter(pk=cycle.pk).update(status=CycleStatus.FROZEN)
    goal.cycle.refresh_from_db()
    record_update(actor=alice.member, goal=goal, value=Decimal(5))
    Cycle.objects.filter(pk=cycle.pk).update(status=CycleStatus.ARCHIVED)
    goal.cycle.refresh_from_db()

    with pytest.raises(DomainError, match="archived and only read"):
        record_update(actor=alice.member, goal=goal, value=Decimal(4))


@pytest.mark.parametrize("link", ["http://intranet.example/x", "javascript:alert(1)", "https://", "ftp://x.example/y"])
def test_a_link_to_evidence_is_a_safe_one(link: str, make_goal: MakeGoal, alice: Person) -> None:
    with pytest.raises(DomainError, match="begins with https"):
        record_update(actor=alice.member, goal=make_goal(), evidence_link=link)


def test_evidence_is_kept_with_its_hash(make_goal: MakeGoal, alice: Person) -> None:
    update = record_update(actor=alice.member, goal=make_goal(), evidence=EvidenceFile(r"C:\reports\queue.png", PNG))

    assert update.evidence is not None
    assert (update.evidence.filename, update.evidence.content_type, update.evidence.size) == (
        "queue.png", "image/png", len(PNG),
    )  # fmt: skip
    assert len(update.evidence.sha256) == 64


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.pdf", b"", "The file is empty"),
        ("big.png", PNG + b"0" * MOST_EVIDENCE_BYTES, "more than 5 MB"),
        ("setup.exe", b"MZ\x90", "whose content fits its name"),
        ("report.pdf", b"MZ\x90 a program renamed", "whose content fits its name"),
        ("page.html", b"<script>alert(1)</script>", "whose content fits its name"),
        ("noending", b"text", "whose content fits its name"),
    ],
)
def test_evidence_that_cannot_be_taken_leaves_nothing(
    name: str, content: bytes, message: str, make_goal: MakeGoal, alice: Person
) -> None:
    goal = make_goal()

    with pytest.raises(DomainError, match=message):
        record_update(actor=alice.member, goal=goal, comment="See file.", evidence=EvidenceFile(name, content))
    assert not Evidence.objects.exists()
    assert not goal.updates.exists()


def office(folder: str) -> bytes:
    """Return an archive as office programs write them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(f"{folder}document.xml", "<x/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "is_taken"),
    [
        ("a.PDF", b"%PDF-1.7", True),
        ("a.jpeg", b"\xff\xd8\xff\xe0", True),
        ("a.txt", "Grüße".encode(), True),
        ("a.csv", b"a;b\n1;2\n", True),
        ("a.csv", "Grüße;1".encode("cp1252"), True),
        ("a.csv", "Grüße;1".encode("utf-16"), True),
        ("a.txt", b"\xff\xfea", False),
        ("a.txt", b"MZ\x90\x00\x03\x00", False),
        ("a.txt", b"GIF89a\x01\x02", False),
        ("a.exe", b"MZ\x90\x00", False),
        ("noending", b"words", False),
        ("a.docx", office("word/"), True),
        ("a.xlsx", office("xl/"), True),
        ("a.docx", office("xl/"), False),
        ("a.docx", b"PK\x03\x04broken", False),
    ],
)
def test_the_first_bytes_have_to_fit_the_name(name: str, content: bytes, is_taken: bool) -> None:
    assert (type_of(name, content) is not None) == is_taken


def test_milestones_are_ticked_off_and_back(make_goal: MakeGoal, alice: Person) -> None:
    goal = make_goal(measure=Measure.MILESTONES, steps=[StepInput(title="Enrol"), StepInput(title="Finish")])
    step = goal.steps.get(title="Enrol")
    today = timezone.localdate()

    set_step_done(actor=alice.member, goal=goal, step=step, done_on=today)
    assert (step.done_on, step.done_by) == (today, alice.member)
    set_step_done(actor=alice.member, goal=goal, step=step, done_on=None)

    step.refresh_from_db()
    assert (step.done_on, step.done_by) == (None, None)
    with pytest.raises(DomainError, match="in the future"):
        set_step_done(actor=alice.member, goal=goal, step=step, done_on=today + datetime.timedelta(days=1))
    with pytest.raises(DomainError, match="tick them off"):
        record_update(actor=alice.member, goal=goal, value=Decimal(1))


@pytest.fixture
def followed(make_goal: MakeGoal, alice: Person) -> tuple[Goal, Series]:
    """An agreed goal that follows a metric, and the metric's series about Alice."""
    metric = MetricFactory.create(key="error-rate", unit="%")
    return make_goal(metric=metric), SeriesFactory.create(metric=metric, employee=alice.employee)


def test_a_goal_follows_its_metric_and_asks_for_no_update(followed: tuple[Goal, Series], alice: Person) -> None:
    goal, series = followed
    assert not Obligation.objects.filter(about_id=goal.pk, kind=Owed.UPDATE, status="open").exists()
    fill(series, [9.0, 4.25, 3.5], goal.starts_on - datetime.timedelta(days=7))

    follow_metrics([series.pk])

    goal.refresh_from_db()
    assert goal.current_value == Decimal("3.5")
    assert goal.current_on is not None
    assert goal.current_on >= goal.starts_on
    with pytest.raises(DomainError, match="follows a metric"):
        record_update(actor=alice.member, goal=goal, value=Decimal(1))
    record_update(actor=alice.member, goal=goal, confidence=Confidence.ON_TRACK)


def test_values_from_before_the_goal_do_not_count(followed: tuple[Goal, Series]) -> None:
    goal, series = followed
    fill(series, [9.0, 8.0], goal.starts_on - datetime.timedelta(days=60))

    follow_metrics([series.pk])

    goal.refresh_from_db()
    assert (goal.current_value, goal.current_on) == (None, None)


def test_a_goal_that_is_over_follows_nothing(followed: tuple[Goal, Series]) -> None:
    goal, series = followed
    Goal.objects.filter(pk=goal.pk).update(status=GoalStatus.CANCELLED, ended_reason="Over.")
    fill(series, [3.0], goal.starts_on + datetime.timedelta(days=7))

    follow_metrics([series.pk])

    goal.refresh_from_db()
    assert goal.current_value is None


def test_leave_moves_the_update_to_the_first_day_back(make_goal: MakeGoal, alice: Person, hana: Person) -> None:
    goal = make_goal()
    due_on = next_update(goal)
    back = due_on + datetime.timedelta(days=10)

    record_leave(
        actor=hana.member,
        employee=alice.employee,
        starts_on=due_on - datetime.timedelta(days=3),
        ends_on=back - datetime.timedelta(days=1),
        kind=LeaveKind.VACATION,
    )

    moved = Obligation.objects.get(about_id=goal.pk, kind=Owed.UPDATE, status="open")
    assert moved.due_on >= back
    assert moved.moved_reason == "Leave has moved the day of the update."


def test_an_update_counted_from_the_last_one_stays_where_leave_does_not_touch_it(
    make_goal: MakeGoal, alice: Person, hana: Person
) -> None:
    goal = make_goal(measure=Measure.MILESTONES, steps=[StepInput(title="Enrol")])
    set_step_done(actor=alice.member, goal=goal, step=goal.steps.get(), done_on=timezone.localdate())
    due_on = next_update(goal)

    record_leave(
        actor=hana.member,
        employee=alice.employee,
        starts_on=due_on + datetime.timedelta(days=30),
        ends_on=due_on + datetime.timedelta(days=35),
        kind=LeaveKind.VACATION,
    )

    assert next_update(goal) == due_on


def test_a_goal_past_its_date_is_asked_for_at_the_usual_rhythm(make_goal: MakeGoal, alice: Person) -> None:
    today = timezone.localdate()
    goal = make_goal(starts_on=today - datetime.timedelta(days=60), due_on=today - datetime.timedelta(days=1))

    record_update(actor=alice.member, goal=goal, comment="Still on it.")

    assert next_update(goal) >= today + datetime.timedelta(weeks=goal.cycle.update_every_weeks)


def test_the_last_update_before_the_end_is_due_with_the_goal(make_goal: MakeGoal) -> None:
    today = timezone.localdate()
    goal = make_goal(due_on=today + datetime.timedelta(days=7))

    assert goal.due_on <= next_update(goal) <= goal.due_on + datetime.timedelta(days=4)


def test_a_milestone_that_is_gone_meanwhile_is_not_ticked(make_goal: MakeGoal, alice: Person) -> None:
    goal = make_goal(measure=Measure.MILESTONES, steps=[StepInput(title="Enrol")])
    step = goal.steps.get()
    goal.steps.all().delete()

    with pytest.raises(DomainError, match="gone meanwhile"):
        set_step_done(actor=alice.member, goal=goal, step=step, done_on=timezone.localdate())
