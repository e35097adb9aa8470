"""What a proposed change makes of a plan's content, and whether it asks for more than before: pure functions."""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from django.utils.translation import gettext as _

from pips.enums import Direction
from pips.inputs import ConcernInput, ExpectationInput, SupportInput
from pips.snapshots import ROW_FIELDS, Row, Snapshot, figure_of, plain


@dataclass(frozen=True, kw_only=True)
class AmendmentInput:
    """A change as it is typed: rows with the key of the row they change, None for a new one.

    ``goals`` are keyed by the day of the milestone; ``more_days`` are added to the end, where a last formal review with
    ``last_goal`` is held. What is None stays as it is.
    """

    added_concerns: Sequence[ConcernInput] = ()
    expectations: Sequence[tuple[int | None, ExpectationInput]] | None = None
    goals: Mapping[int, str] = field(default_factory=dict)
    support: Sequence[tuple[int | None, SupportInput]] | None = None
    root_cause: str | None = None
    success_consequence: str | None = None
    failure_consequence: str | None = None
    more_days: int = 0
    last_goal: str = ""


_NO_NAMES: Mapping[int, str] = MappingProxyType({})


def proposed_content(
    before: Snapshot, change: AmendmentInput, *, owners: Mapping[int, str], metrics: Mapping[int, str] = _NO_NAMES
) -> Snapshot:
    """Return the content of the plan with the change made.

    ``owners`` names the people of the support, ``metrics`` the metrics of the expectations, by key.
    """
    content: Snapshot = copy.deepcopy(before)
    for name in ("root_cause", "success_consequence", "failure_consequence"):
        words = getattr(change, name)
        if words is not None:
            content[name] = words.strip()
    content["concerns"] += [{"id": None, **_plain_row("concerns", concern)} for concern in change.added_concerns]
    if change.expectations is not None:
        content["expectations"] = [_expectation_row(key, given, metrics) for key, given in change.expectations]
    if change.support is not None:
        content["support"] = [_support_row(key, given, owners) for key, given in change.support]
    for row in content["milestones"]:
        row["goal"] = change.goals.get(row["day"], row["goal"]).strip()
    if change.more_days:
        content["extension_days"] += change.more_days
        day = content["length_days"] + content["extension_days"]
        content["milestones"].append({"id": None, "day": day, "goal": change.last_goal.strip(), "due_on": None})
    return content


def what_rises(before: Snapshot, after: Snapshot) -> list[str]:
    """Return in words what the change asks more of the employee for; empty when no standard rises (rule 11).

    A harder target in its direction, another unit or direction (they cannot be compared, so the safe answer is yes), a
    new expectation, and support taken away. A lower target, another source or clearer words ask for nothing more.
    """
    known = {row["id"]: row for row in before["expectations"]}
    found = [
        words
        for row in after["expectations"]
        if (words := _new_expectation(row) if row["id"] not in known else _harder(known[row["id"]], row))
    ]
    kept = {row["id"] for row in after["support"]}
    found += [
        _("“%(support)s” is promised no longer") % {"support": row["description"][:80]}
        for row in before["support"]
        if row["id"] not in kept
    ]
    return found


def _new_expectation(row: Row) -> str:
    return _("“%(title)s” is a new expectation") % {"title": row["title"]}


def _harder(old: Row, new: Row) -> str:
    title = {"title": old["title"]}
    if (old["unit"], old["direction"]) != (new["unit"], new["direction"]):
        return _("“%(title)s” is measured in another way") % title
    was, becomes = figure_of(old["target"]), figure_of(new["target"])
    if becomes is None or was == becomes:
        return ""
    rises = was is None or (becomes > was if new["direction"] == Direction.AT_LEAST else becomes < was)
    return _("the target of “%(title)s” is harder") % title if rises else ""


def _plain_row(section: str, given: ConcernInput | ExpectationInput) -> Row:
    return {name: plain(getattr(given, name)) for name in ROW_FIELDS[section] if name != "metric"}


def _expectation_row(key: int | None, given: ExpectationInput, metrics: Mapping[int, str]) -> Row:
    metric = {"metric_id": given.metric_id, "metric": metrics.get(given.metric_id or 0, "")}
    return {"id": key, **_plain_row("expectations", given), **metric}


def _support_row(key: int | None, given: SupportInput, owners: Mapping[int, str]) -> Row:
    return {
        "id": key,
        "description": given.description.strip(),
        "owner_id": given.owner_id,
        "owner": owners.get(given.owner_id, ""),
        "due_day": given.due_day,
    }
