"""What people say of a signal: who may, along which table, and what it does to what is owed."""

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction
from django.utils import timezone
from django_rls_tenants import tenant_context

from metrics.enums import SIGNAL_TRANSITIONS, SignalCause, SignalStatus
from metrics.models import Metric, SeriesPhase, Signal
from metrics.services.signal_decisions import move_signal
from metrics.services.signals import (
    acknowledge_signal,
    comment_on_signal,
    confirm_shift,
    dismiss_signal,
    start_support,
    withdraw_shift,
)
from people.models import Membership
from pipcycle.errors import DomainError
from reminders.models import Obligation
from tests.cast import Person
from tests.metrics.signal_stage import QUIET, computed, drop_of, this_monday, weeks_ago

DECIDERS = ["bob", "carol", "hana"]
STRANGERS = ["alice", "adam", "eve", "ines"]


@pytest.fixture
def signal(items: Metric, alice: Person) -> Signal:
    """Alice's open signal: one value far below the limits."""
    return drop_of(alice.employee, items)


def facts_for(target: SignalStatus) -> dict[str, object]:
    """Return the columns the target state rests on."""
    if target == SignalStatus.OPEN:
        return {"decided_at": None, "decided_by": None}
    return {"cause": SignalCause.ONE_OFF, "note": "Why.", "support_kind": "goal", "support_about_id": 1}


def bring_to(signal: Signal, status: SignalStatus) -> None:
    """Put the signal in the state."""
    if status != SignalStatus.OPEN:
        facts = {"decided_at": timezone.now(), **facts_for(status)}
        Signal.objects.filter(pk=signal.pk).update(status=status, **facts)
        signal.refresh_from_db()


# --- The table -------------------------------------------------------------------------------------------------------


def test_the_table_of_moves() -> None:
    assert {source.value: {target.value for target in targets} for source, targets in SIGNAL_TRANSITIONS.items()} == {
        "open": {"acknowledged", "dismissed", "supported", "withdrawn"},
        "acknowledged": {"supported", "withdrawn"},
        "dismissed": {"withdrawn"},
        "supported": {"withdrawn"},
        "withdrawn": {"open"},
    }


@pytest.mark.parametrize("source", SignalStatus)
def test_the_service_moves_a_signal_along_the_table_only(signal: Signal, bob: Person, source: SignalStatus) -> None:
    bring_to(signal, source)
    moved, refusals = set(), list[str]()
    for target in SignalStatus:
        try:
            with transaction.atomic():
                move_signal(signal=signal, target=target, actor=bob.member, **facts_for(target))
                moved.add(target)
                transaction.set_rollback(True)
        except DomainError as error:
            refusals.append(str(error))
        signal.refresh_from_db()
        assert signal.status == source

    assert moved == SIGNAL_TRANSITIONS[source]
    assert all(refusal.endswith("Reload the page to see it.") for refusal in refusals)


@pytest.mark.parametrize("source", SignalStatus)
def test_the_database_moves_a_signal_along_the_table_only(signal: Signal, source: SignalStatus) -> None:
    bring_to(signal, source)
    moved, refusals = set(), list[str]()
    for target in set(SignalStatus) - {source}:
        decided_at = None if target == SignalStatus.OPEN else timezone.now()
        values = {"status": target, "decided_at": decided_at, "cause": "one_off", "note": "x", "support_kind": "goal"}
        statement = "UPDATE metrics_signal SET {} , support_about_id = 1 WHERE id = %s".format(  # noqa: S608  # columns
            ", ".join(f"{column} = %s" for column in values)
        )
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [*values.values(), signal.pk])
                moved.add(target)
                transaction.set_rollback(True)
        except ProgrammingError as error:
            refusals.append(str(error))

    assert moved == SIGNAL_TRANSITIONS[source]
    assert all('Invalid transition of field "status"' in refusal for refusal in refusals)


BROKEN = [
    ({"status": "acknowledged", "cause": "one_off"}, "metrics_signal_decided_has_time"),
    ({"decided_at": "2026-01-01T00:00Z"}, "metrics_signal_open_has_none"),
    ({"status": "acknowledged", "decided_at": "2026-01-01T00:00Z"}, "metrics_signal_has_cause"),
    ({"status": "dismissed", "decided_at": "2026-01-01T00:00Z"}, "metrics_signal_dismissed_has_reason"),
    ({"status": "supported", "decided_at": "2026-01-01T00:00Z"}, "metrics_signal_supported_has_what"),
    ({"starts_on": "2099-01-01"}, "metrics_signal_ends_after_start"),
]


@pytest.mark.parametrize(("broken", "constraint"), BROKEN, ids=[case[1] for case in BROKEN])
def test_a_state_without_its_facts_is_refused(signal: Signal, broken: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Signal.objects.filter(pk=signal.pk).update(**broken)


# --- Deciding --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", DECIDERS)
def test_managers_above_and_hr_acknowledge_with_a_cause(
    signal: Signal, request: pytest.FixtureRequest, who: str
) -> None:
    member = request.getfixturevalue(who).member

    acknowledge_signal(actor=member, signal=signal, cause="workload", note=" Two people were away. ")

    signal.refresh_from_db()
    [obligation] = Obligation.objects.filter(kind="review_signal")
    assert (signal.status, signal.cause, signal.note) == ("acknowledged", "workload", "Two people were away.")
    assert (signal.decided_by, obligation.status, obligation.closed_by) == (member, "fulfilled", member)


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("step", ["acknowledge", "dismiss", "support", "shift"])
def test_nobody_else_decides_least_of_all_the_person(
    signal: Signal, request: pytest.FixtureRequest, who: str, step: str
) -> None:
    member = request.getfixturevalue(who).member
    steps: dict[str, Callable[[], object]] = {
        "acknowledge": lambda: acknowledge_signal(actor=member, signal=signal, cause="one_off"),
        "dismiss": lambda: dismiss_signal(actor=member, signal=signal, reason="No."),
        "support": lambda: start_support(actor=member, signal=signal, kind="goal", about_id=1),
        "shift": lambda: confirm_shift(actor=member, series=signal.series, starts_on=this_monday(), reason="New."),
    }

    with pytest.raises(PermissionDenied):
        steps[step]()

    signal.refresh_from_db()
    assert (signal.status, SeriesPhase.objects.count()) == (SignalStatus.OPEN, 0)


def test_a_cause_nobody_knows_is_refused(signal: Signal, bob: Person) -> None:
    with pytest.raises(DomainError, match="Choose the cause"):
        acknowledge_signal(actor=bob.member, signal=signal, cause="laziness")


def test_a_dismissal_needs_a_reason(signal: Signal, bob: Person) -> None:
    with pytest.raises(DomainError, match="Say why"):
        dismiss_signal(actor=bob.member, signal=signal, reason="  ")

    dismiss_signal(actor=bob.member, signal=signal, reason="Stocktaking day.")

    signal.refresh_from_db()
    assert (signal.status, signal.note) == (SignalStatus.DISMISSED, "Stocktaking day.")
    assert Obligation.objects.get(kind="review_signal").status == "fulfilled"


def test_support_may_still_start_after_an_acknowledgement(signal: Signal, bob: Person) -> None:
    acknowledge_signal(actor=bob.member, signal=signal, cause="skill_gap")

    start_support(actor=bob.member, signal=signal, kind="plan", about_id=7)

    signal.refresh_from_db()
    assert (signal.status, signal.cause) == (SignalStatus.SUPPORTED, SignalCause.SKILL_GAP)
    assert (signal.support_kind, signal.support_about_id) == ("plan", 7)


def test_the_person_puts_their_view_beside_the_signal_and_takes_it_back(signal: Signal, alice: Person) -> None:
    comment_on_signal(actor=alice.member, signal=signal, comment=" The line stood still. ")
    signal.refresh_from_db()
    assert (signal.employee_comment, signal.employee_commented_at is not None) == ("The line stood still.", True)

    comment_on_signal(actor=alice.member, signal=signal, comment="")
    signal.refresh_from_db()
    assert (signal.employee_comment, signal.employee_commented_at) == ("", None)


@pytest.mark.parametrize("who", [*DECIDERS, "adam", "eve"])
def test_nobody_speaks_for_the_person(signal: Signal, request: pytest.FixtureRequest, who: str) -> None:
    with pytest.raises(PermissionDenied):
        comment_on_signal(actor=request.getfixturevalue(who).member, signal=signal, comment="All fine.")


# --- Shifts ----------------------------------------------------------------------------------------------------------

#: Twelve quiet weeks, then eight that are a little better: a shift, and the start of another process.
STEP = [*QUIET, *[13.0, 14.0] * 4]


def test_a_confirmed_shift_starts_a_phase_with_limits_of_its_own(items: Metric, alice: Person, bob: Person) -> None:
    series = computed(alice.employee, items, STEP)

    phase = confirm_shift(actor=bob.member, series=series, starts_on=weeks_ago(7), reason="New scanners.")

    assert (phase.reason, phase.confirmed_by) == ("New scanners.", bob.member)
    assert series.limit_points == 8
    assert series.centre == pytest.approx(13.5)
    assert set(Signal.objects.filter(series=series).values_list("status", flat=True)) == {SignalStatus.WITHDRAWN}


def test_what_was_owed_for_the_shift_counts_as_done(errors: Metric, alice: Person, bob: Person) -> None:
    series = computed(alice.employee, errors, STEP)
    count = Obligation.objects.filter(kind="review_signal", status="open").count()

    confirm_shift(actor=bob.member, series=series, starts_on=weeks_ago(7), reason="Another customer.")

    closed = Obligation.objects.filter(kind="review_signal", status="fulfilled", closed_by=bob.member)
    assert count > 0
    assert (closed.count(), Obligation.objects.filter(status="open").count()) == (count, 0)


def test_a_signal_the_shift_does_not_explain_is_asked_about_on(errors: Metric, alice: Person, bob: Person) -> None:
    series = computed(alice.employee, errors, [*QUIET, *QUIET, 40.0])

    confirm_shift(actor=bob.member, series=series, starts_on=weeks_ago(12), reason="Another customer.")

    [signal] = Signal.objects.filter(series=series, kind="outside")
    assert signal.status == SignalStatus.OPEN
    assert Obligation.objects.get(kind="review_signal", status="open").about_id == signal.pk


def test_a_shift_taken_back_brings_limits_and_signals_back(errors: Metric, alice: Person, bob: Person) -> None:
    series = computed(alice.employee, errors, STEP)
    before = (series.centre, series.limit_points, set(Signal.objects.values_list("kind", "ends_on", "status")))
    phase = confirm_shift(actor=bob.member, series=series, starts_on=weeks_ago(7), reason="Another customer.")

    withdraw_shift(actor=bob.member, phase=phase)

    series.refresh_from_db()
    assert before == (series.centre, series.limit_points, set(Signal.objects.values_list("kind", "ends_on", "status")))
    assert Obligation.objects.filter(kind="review_signal", status="open").count() == len(before[2])


@pytest.mark.parametrize("weeks", [30, -1])
def test_a_shift_outside_the_figures_is_refused(items: Metric, alice: Person, bob: Person, weeks: int) -> None:
    series = computed(alice.employee, items, STEP)

    with pytest.raises(DomainError, match="inside the figures"):
        confirm_shift(actor=bob.member, series=series, starts_on=weeks_ago(weeks), reason="Why not.")


def test_the_same_shift_is_confirmed_once(items: Metric, alice: Person, bob: Person) -> None:
    series = computed(alice.employee, items, STEP)
    confirm_shift(actor=bob.member, series=series, starts_on=weeks_ago(7), reason="New scanners.")

    with pytest.raises(DomainError, match="confirmed already"):
        confirm_shift(actor=bob.member, series=series, starts_on=weeks_ago(7), reason="Again.")


# --- Two people at once ----------------------------------------------------------------------------------------------


def acknowledge(member: Membership, signal: Signal) -> None:
    acknowledge_signal(actor=member, signal=signal, cause="one_off")


def dismiss(member: Membership, signal: Signal) -> None:
    dismiss_signal(actor=member, signal=signal, reason="Nothing to it.")


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(
    transactional_db: None, items: Metric, alice: Person, bob: Person, carol: Person
) -> None:
    signal = drop_of(alice.employee, items)
    barrier = threading.Barrier(2)
    results: list[str] = []

    def run(person: Person, act: Callable[[Membership, Signal], None]) -> None:
        try:
            with tenant_context(person.organization.pk):
                own = Signal.objects.select_related("series__employee").get(pk=signal.pk)
                barrier.wait(10)
                act(person.member, own)
                results.append("done")
        except DomainError as error:
            results.append(str(error))
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=given) for given in [(bob, acknowledge), (carol, dismiss)]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    signal.refresh_from_db()
    refusal, done = sorted(results)
    assert done == "done"
    assert refusal.startswith(f"{signal.decided_by} moved this signal to “{signal.get_status_display()}” on ")
    assert Obligation.objects.get(kind="review_signal").closed_by == signal.decided_by
