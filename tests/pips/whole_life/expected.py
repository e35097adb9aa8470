"""What must hold of a plan, worked out from the rows alone and by other means than the services use."""

import datetime
from collections.abc import Callable, Iterable, Iterator

from people.working_days import WorkingCalendar
from pips.enums import TRANSITIONS, Outcome, PlanStatus
from tests.pips.whole_life.snapshot import Row, Rows, Snapshot

BOSTON = WorkingCalendar("US", "MA")
ONE_DAY = datetime.timedelta(days=1)

BEFORE = {"draft", "in_review", "changes_requested", "approved"}
MEETING = {"active", "paused", "extended"}
RUNNING = {"issued", *MEETING}

type Owing = tuple[str, str, int, int | str]
type IsAway = Callable[[datetime.date], bool]


def of(rows: Rows, **columns: object) -> list[Row]:
    """Return the rows with these values, oldest first."""
    return [row for row in rows.values() if all(row[name] == value for name, value in columns.items())]


def is_away_by(leaves: Iterable[Row], today: datetime.date) -> IsAway:
    """Return the test for a day of leave; a leave without an end lasts until today, and its first day at least."""
    spans = [(leave["starts_on"], leave["ends_on"] or max(leave["starts_on"], today)) for leave in leaves]
    return lambda day: any(first <= day <= last for first, last in spans)


def does_not_count_by(is_away: IsAway, accepted: Iterable[Row]) -> IsAway:
    """Return the test for a day that does not count: leave, and the accepted days of ramp-up after it."""
    ramp_up = set()
    for proposal in accepted:
        day = proposal["leave_starts_on"]
        if not is_away(day):
            continue
        while is_away(day):
            day += ONE_DAY
        ramp_up |= {day + number * ONE_DAY for number in range(proposal["days"])}
    return lambda day: is_away(day) or day in ramp_up


def due_day(starts_on: datetime.date, days: int, is_out: IsAway) -> datetime.date:
    """Count the days one by one: leave counts for nothing, and what falls on a day nobody works waits."""
    day, counted = starts_on, 0
    while counted < days or is_out(day):
        counted += not is_out(day)
        day += ONE_DAY
    while is_out(day) or not BOSTON.is_working_day(day):
        day += ONE_DAY
    return day


def troubles_of_moves(plan: Row, moves: list[Row]) -> Iterator[str]:
    """Yield where the plan left the table of moves."""
    state = ""
    for move in moves:
        if move["source"] != state:
            yield f"moved from {move['source']} while in {state}"
        if state and PlanStatus(move["target"]) not in TRANSITIONS[PlanStatus(state)]:
            yield f"{state} > {move['target']} is not in the table"
        state = move["target"]
    if state != plan["status"]:
        yield f"is in {plan['status']}, its last move led to {state}"


def troubles_of_dates(plan: Row, now: Snapshot, today: datetime.date) -> Iterator[str]:
    """Yield each date of a running plan that is not where counting by hand puts it."""
    if plan["status"] not in RUNNING:
        return
    start = plan["starts_on"]
    is_away = is_away_by(of(now["people.Leave"], employee_id=plan["employee_id"]), today)
    accepted = of(now["pips.LeaveProposal"], plan_id=plan["id"], kind="ramp_up", status="accepted")
    is_out = does_not_count_by(is_away, accepted)
    ahead = [
        *((row, row["day"]) for row in of(now["pips.Milestone"], plan_id=plan["id"], manager_recorded_at=None)),
        *((row, row["day"]) for row in of(now["pips.PlanCheckIn"], plan_id=plan["id"], manager_recorded_at=None)),
        *((row, row["due_day"]) for row in of(now["pips.SupportCommitment"], plan_id=plan["id"], delivered_on=None)),
    ]
    for row, days in ahead:
        due = due_day(start, days, is_out)
        if row["due_on"] != due:
            yield f"day {days} is due on {row['due_on']}, by hand on {due}"
        if row.get("planned_on", start + days * ONE_DAY) != start + days * ONE_DAY:
            yield f"day {days} is planned for {row['planned_on']}"
    end = due_day(start, plan["length_days"] + plan["extension_days"], is_out)
    if plan["ends_on"] != end:
        yield f"ends on {plan['ends_on']}, by hand on {end}"
    yield from _troubles_of_pauses(plan, today, is_paused=is_away(today) and start <= today)


def _troubles_of_pauses(plan: Row, today: datetime.date, *, is_paused: bool) -> Iterator[str]:
    if plan["status"] in {"active", "paused"} and (plan["status"] == "paused") is not is_paused:
        yield f"is {plan['status']} although leave is {is_paused}"
    if plan["status"] == "issued" and plan["acknowledged_at"] is not None and plan["starts_on"] <= today:
        yield "has not begun although its start and its receipt are there"


def owed_for(plan: Row, now: Snapshot, today: datetime.date) -> tuple[set[Owing], set[Owing]]:
    """Return what must be owed for the plan, and what may be owed beside it."""
    must, may = set(_owed_by_state(plan, now)), set[Owing]()
    for letter in of(now["documents.Document"], about_type="plan_outcome", about_id=plan["id"]):
        is_received = of(now["documents.Acknowledgement"], document_id=letter["id"])
        if not is_received and plan["closing_reason"] != "left":
            must.add(("acknowledge_outcome", "plan_outcome", plan["id"], plan["employee_id"]))
    if plan["status"] in RUNNING:
        must |= set(_owed_while_running(plan, now))
        decision: Owing = ("decide_plan", "plan", plan["id"], "hr_partner")
        is_away = is_away_by(of(now["people.Leave"], employee_id=plan["employee_id"]), today)
        is_held = not of(now["pips.Milestone"], plan_id=plan["id"], manager_recorded_at=None)
        if is_held or (plan["ends_on"] <= today and not is_away(today)):
            must.add(decision)
        else:
            may.add(decision)  # the end was reached before leave moved it
    must |= set(_owed_to_a_voice(plan, now))
    for review in of(now["pips.LegalReview"], plan_id=plan["id"], status="open"):
        must.add(("decide_legal_review", "legal_review", review["id"], "hr_partner"))
    return must, may


def _owed_by_state(plan: Row, now: Snapshot) -> Iterator[Owing]:
    about = ("plan", plan["id"])
    moves = of(now["pips.PlanTransition"], plan_id=plan["id"])
    is_taken_back = plan["status"] == "draft" and moves[-1]["source"] == "changes_requested"
    if plan["status"] == "in_review":
        yield ("review_plan", *about, "hr_partner")
    if plan["status"] == "changes_requested" or is_taken_back:
        yield ("revise_plan", *about, plan["manager_id"])
    if plan["status"] == "approved":
        yield ("issue_plan", *about, plan["manager_id"])
    if plan["status"] == "followed_up" or (plan["status"] == "decided" and plan["outcome"] != Outcome.SUCCESSFUL):
        yield ("close_plan", *about, "hr_partner")
    if plan["status"] == "decided":
        for row in of(now["pips.FollowUp"], plan_id=plan["id"], recorded_at=None):
            yield ("follow_up", "follow_up", row["id"], plan["manager_id"])


def _owed_while_running(plan: Row, now: Snapshot) -> Iterator[Owing]:
    if plan["acknowledged_at"] is None or plan["receipt_owed_for"] is not None:
        yield ("acknowledge_plan", "plan", plan["id"], plan["employee_id"])
    meetings = (
        ("milestone", "pips.Milestone", "record_milestone", "answer_milestone"),
        ("check_in", "pips.PlanCheckIn", "hold_check_in", "answer_check_in"),
    )
    for about, label, hold, answer in meetings:
        for row in of(now[label], plan_id=plan["id"]):
            if row["manager_recorded_at"] is None:
                yield (hold, about, row["id"], plan["manager_id"])
            elif row["employee_recorded_at"] is None:
                yield (answer, about, row["id"], plan["employee_id"])
    yield from _owed_beside_the_talks(plan, now)


def _owed_beside_the_talks(plan: Row, now: Snapshot) -> Iterator[Owing]:
    for row in of(now["pips.SupportCommitment"], plan_id=plan["id"], resolved_at=None):
        about = ("support_commitment", row["id"])
        if row["delivered_on"] is None or row["answer"] == "not_received":
            yield ("deliver_support", *about, row["owner_id"])
        elif not row["answer"]:
            yield ("confirm_support", *about, plan["employee_id"])
    for row in of(now["pips.DataCheck"], plan_id=plan["id"], status="open"):
        yield ("answer_data_check", "data_check", row["id"], "hr_partner")
    for row in of(now["pips.Amendment"], plan_id=plan["id"], status="proposed"):
        yield ("review_amendment", "amendment", row["id"], "hr_partner")
    for row in of(now["pips.LeaveProposal"], plan_id=plan["id"], status="open"):
        yield ("answer_leave_proposal", "leave_proposal", row["id"], "hr_partner")


def _owed_to_a_voice(plan: Row, now: Snapshot) -> Iterator[Owing]:
    """Yield what is owed to an employee who asked or appealed, whatever becomes of the plan."""
    for row in of(now["pips.AccommodationRequest"], plan_id=plan["id"], status="open"):
        yield ("answer_accommodation", "accommodation_request", row["id"], "hr_partner")
    for row in of(now["pips.Appeal"], plan_id=plan["id"], status="filed"):
        yield ("assign_appeal", "appeal", row["id"], "hr_partner")


def is_settled(support: Row, today: datetime.date) -> bool:
    """Return whether promised support blocks no outcome: confirmed, not objected to in time, or resolved by HR."""
    if support["resolved_at"] is not None or support["answer"] == "received":
        return True
    if support["delivered_on"] is None or support["answer"]:
        return False
    return support["confirm_by"] is None or today > support["confirm_by"]


def owed_now(now: Snapshot) -> set[Owing]:
    """Return everything that is owed about plans."""
    return {
        (row["kind"], row["about_type"], row["about_id"], row["owner_id"] or row["owner_role"])
        for row in of(now["reminders.Obligation"], status="open")
        if row["about_type"] != "disciplinary_action" and row["kind"] != "decide_appeal"
    }


def troubles_of_due_dates(now: Snapshot) -> Iterator[str]:
    """Yield each obligation that is not due on the date of what it is about, or on a day nobody works."""
    parts = {
        "record_milestone": "pips.Milestone",
        "hold_check_in": "pips.PlanCheckIn",
        "deliver_support": "pips.SupportCommitment",
        "follow_up": "pips.FollowUp",
    }
    for row in of(now["reminders.Obligation"], status="open"):
        label: str | None = parts.get(row["kind"])
        if row["kind"] == "deliver_support" and now["pips.SupportCommitment"][row["about_id"]]["answer"]:
            label = None  # what did not arrive is brought after all within days of its own
        if label and row["due_on"] != now[label][row["about_id"]]["due_on"]:
            yield f"{row['kind']} is due on {row['due_on']}, its part on {now[label][row['about_id']]['due_on']}"
        if not BOSTON.is_working_day(row["due_on"]):
            yield f"{row['kind']} is due on {row['due_on']}, when nobody works"


#: Rows that are settled once this column is filled, or differs from the value that means "open".
SETTLED = {
    "pips.LegalReview": ("status", "open"),
    "pips.LeaveProposal": ("status", "open"),
    "pips.Amendment": ("status", "proposed"),
    "pips.FollowUp": ("recorded_at", None),
    "pips.DataCheck": ("status", "open"),
    "pips.AccommodationRequest": ("status", "open"),
}


def stays(label: str, row: Row) -> tuple[str, ...] | None:
    """Return which columns of a row may never change from now on: all (empty), some, or None for none yet."""
    if label in SETTLED:
        column, is_open = SETTLED[label]
        return None if row[column] == is_open else ()
    if label == "pips.SupportCommitment" and row["delivered_on"] is not None and row["answer"] != "not_received":
        return ("plan_id", "description", "due_day", "due_on", "delivered_on", "delivered_note")
    if label in {"pips.Milestone", "pips.PlanCheckIn"} and row["manager_recorded_at"] is not None:
        return ("day", "planned_on", "due_on") if row["employee_recorded_at"] is None else ()
    return ("status", "version", "closed_at", "ends_on") if label == "pips.Plan" and row["closed_at"] else None


def troubles_of_change(before: Snapshot, now: Snapshot, final: Iterable[str]) -> Iterator[str]:
    """Yield what changed or went although it was held, delivered, decided or written for good."""
    for label in final:
        for key, row in before[label].items():
            if now[label].get(key) != row:
                yield f"{label} {key} is final and changed: {row} > {now[label].get(key)}"
    for label, rows in before.items():
        for key, row in rows.items():
            columns = stays(label, row)
            later = now[label].get(key)
            if columns is None:
                continue
            if later is None or any(row[name] != later[name] for name in columns or row):
                yield f"{label} {key} was kept for good and changed: {row} > {later}"


#: What was handed over; only a new version changes it (rules 3 and 11).
CONTENT = {
    "pips.Concern": ("description", "standard", "occurred_on"),
    "pips.Expectation": ("title", "baseline", "target", "unit", "direction", "data_source"),
    "pips.Milestone": ("day", "goal"),
    "pips.SupportCommitment": ("description", "due_day"),
}


def troubles_of_versions(before: Snapshot, now: Snapshot) -> Iterator[str]:
    """Yield where the content of an issued plan changed without a new version, or a version was skipped or lost."""
    for key, plan in before["pips.Plan"].items():
        later = now["pips.Plan"].get(key)
        if plan["issued_at"] is None:
            continue
        if later is None or later["version"] not in {plan["version"], plan["version"] + 1}:
            yield f"version {plan['version']} became {later}"
        elif later["version"] == plan["version"] and _content(before, key) != _content(now, key):
            yield f"version {plan['version']} changed: {_content(before, key)} > {_content(now, key)}"


def _content(snapshot: Snapshot, plan_id: int) -> list[tuple[object, ...]]:
    return [
        (label, row["id"], *(row[name] for name in columns))
        for label, columns in CONTENT.items()
        for row in of(snapshot[label], plan_id=plan_id)
    ]
