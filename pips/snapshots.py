"""The content of a plan as plain data, and what differs between two such contents.

``snapshot_of`` reads the rows, everything else is pure. A snapshot is JSON-able: dates are ISO texts, figures are texts
without idle zeros, so that equal content is equal data whatever way it was typed. Rows carry their primary key as
``id``; a row that is only proposed has None there.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metrics.models import Metric
from pips.enums import Consequence, Direction, EmploymentEffect
from pips.explanations import full_date
from pips.models import Plan
from pips.quantities import quantity

type Snapshot = dict[str, Any]
type Row = dict[str, Any]

#: The plan's own columns, in the order in which a difference is told.
PLAN_FIELDS: dict[str, Promise] = {
    "title": gettext_lazy("Title"),
    "starts_on": gettext_lazy("Starts on"),
    "length_days": gettext_lazy("Length"),
    "extension_days": gettext_lazy("Days added"),
    "check_in_every_days": gettext_lazy("Days between check-ins"),
    "root_cause": gettext_lazy("Root cause"),
    "employment_effects": gettext_lazy("What the plan does to the job"),
    "success_consequence": gettext_lazy("If the plan succeeds"),
    "failure_consequence": gettext_lazy("If the plan does not succeed"),
    "harshest_step": gettext_lazy("Harshest step it announces"),
    "relapse_window_days": gettext_lazy("Relapse window"),
    "relapse_terms": gettext_lazy("What counts as a relapse"),
    "rights": gettext_lazy("Rights and appeal"),
}

#: The columns of each kind of row.
ROW_FIELDS: dict[str, dict[str, Promise]] = {
    "concerns": {
        "occurred_on": gettext_lazy("Date"),
        "description": gettext_lazy("What happened"),
        "standard": gettext_lazy("Standard expected"),
        "evidence": gettext_lazy("Evidence"),
        "impact": gettext_lazy("Impact"),
        "prior_coaching": gettext_lazy("Guidance given before"),
    },
    "expectations": {
        "title": gettext_lazy("What is expected"),
        "measure": gettext_lazy("How it is measured"),
        "baseline": gettext_lazy("At the start"),
        "direction": gettext_lazy("Better is"),
        "target": gettext_lazy("Target"),
        "unit": gettext_lazy("Unit"),
        "data_source": gettext_lazy("Data source"),
        "metric": gettext_lazy("Metric"),
    },
    "milestones": {"goal": gettext_lazy("What should be reached")},
    "support": {
        "description": gettext_lazy("Support"),
        "owner": gettext_lazy("Who delivers it"),
        "due_day": gettext_lazy("By day"),
    },
}

SECTION_TITLES: dict[str, Promise] = {
    "plan": gettext_lazy("Frame"),
    "concerns": gettext_lazy("Concerns"),
    "expectations": gettext_lazy("Expectations"),
    "milestones": gettext_lazy("Milestones"),
    "support": gettext_lazy("Support"),
}

_DATES = frozenset({"starts_on", "occurred_on"})
_FIGURES = frozenset({"baseline", "target"})
_CHOICES: dict[str, type[Direction | Consequence | EmploymentEffect]] = {
    "direction": Direction,
    "harshest_step": Consequence,
    "employment_effects": EmploymentEffect,
}
_DAYS = frozenset({"length_days", "extension_days", "check_in_every_days", "relapse_window_days"})


@dataclass(frozen=True)
class Difference:
    """One thing that differs: where (``expectations.12.target``), what it is called, and both values as read by people.

    ``old`` is empty for what was added, ``new`` for what was taken out; a row that comes or goes is one difference.
    """

    path: str
    label: str
    old: str
    new: str

    @property
    def section(self) -> str:
        """Return the part of the plan it lies in: ``plan``, ``concerns``, ``milestones`` and so on."""
        first, _dot, rest = self.path.partition(".")
        return first if rest else "plan"

    @property
    def is_added(self) -> bool:
        """Return whether there was nothing before."""
        return not self.old

    @property
    def is_removed(self) -> bool:
        """Return whether nothing is left."""
        return not self.new


def snapshot_of(plan: Plan) -> Snapshot:
    """Return the whole content of a plan as JSON-able data; prefetched parts are used as they are."""
    return {
        **{name: plain(getattr(plan, name)) for name in PLAN_FIELDS},
        "version": plan.version,
        "ends_on": plain(plan.ends_on),
        "concerns": [_row(part, "concerns") for part in plan.concerns.all()],
        "expectations": _expectation_rows(plan),
        "milestones": [
            {**_row(part, "milestones"), "day": part.day, "due_on": plain(part.due_on)}
            for part in plan.milestones.all()
        ],
        "support": [
            {
                "id": part.pk,
                "description": part.description,
                "owner_id": part.owner_id,
                "owner": part.owner.full_name,
                "due_day": part.due_day,
            }
            for part in plan.support_commitments.all()
        ],
    }


def differences(old: Snapshot, new: Snapshot) -> list[Difference]:
    """Return what differs between two contents, in the order of the plan; empty when nothing does.

    Rows are matched by their key, milestones by their day. What the clock makes of the content (``ends_on``, due dates)
    and the number of the version are no content and never differ; nor does a column that only one of the two knows,
    because it was kept before there was one.
    """
    found = [*_field_differences("", "", PLAN_FIELDS, old, new)]
    for section in ROW_FIELDS:
        found += _row_differences(section, old.get(section, []), new.get(section, []))
    return found


def plain(value: Any) -> Any:
    """Return a value as a snapshot keeps it."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain_figure(value)
    if isinstance(value, list):
        return sorted(value)
    return value.strip() if isinstance(value, str) else value


def plain_figure(value: Decimal) -> str:
    """Return the figure as text without idle zeros: 90.00 is "90", 92.50 is "92.5"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure_of(value: str | None) -> Decimal | None:
    """Return the figure a snapshot keeps as text."""
    return Decimal(value) if value not in {None, ""} else None


def row_name(section: str, row: Row) -> str:
    """Return how a row is called in a sentence."""
    match section:
        case "concerns":
            return _("Example of %(date)s") % {"date": _shown("occurred_on", row)}
        case "milestones":
            return _("Day %(day)s") % {"day": row["day"]}
        case "support":
            return str(row["description"])[:80]
    return str(row["title"])


def metric_names(keys: Iterable[int | None]) -> dict[int, str]:
    """Return what the metrics are called, by key; asks the database only when there is one."""
    wanted = {key for key in keys if key is not None}
    return dict(Metric.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _expectation_rows(plan: Plan) -> list[Row]:
    parts = list(plan.expectations.all())
    names = metric_names(part.metric_id for part in parts)
    return [
        {**_row(part, "expectations"), "metric_id": part.metric_id, "metric": names.get(part.metric_id or 0, "")}
        for part in parts
    ]


def _row(part: Any, section: str) -> Row:
    return {"id": part.pk, **{name: plain(getattr(part, name)) for name in ROW_FIELDS[section] if name != "metric"}}


def _row_differences(section: str, old: Iterable[Row], new: Iterable[Row]) -> Iterator[Difference]:
    before = {_key(section, index, row): row for index, row in enumerate(old)}
    after = {_key(section, index, row): row for index, row in enumerate(new)}
    for key, row in before.items():
        if key not in after:
            yield Difference(f"{section}.{key}", row_name(section, row), _whole(section, row), "")
    for key, row in after.items():
        if key not in before:
            yield Difference(f"{section}.{key}", row_name(section, row), "", _whole(section, row))
        else:
            name = row_name(section, before[key])
            yield from _field_differences(f"{section}.{key}.", name, ROW_FIELDS[section], before[key], row)


def _key(section: str, index: int, row: Row) -> str:
    if section == "milestones":
        return str(row["day"])
    return str(row["id"]) if row.get("id") is not None else f"new{index}"


def _field_differences(prefix: str, name: str, fields: dict[str, Promise], old: Row, new: Row) -> Iterator[Difference]:
    for field, label in fields.items():
        if field not in old or field not in new:
            continue
        before, after = _shown(field, old), _shown(field, new)
        # Two metrics may share a name, and one may get another: it is the metric that counts, not what it is called.
        differs = old.get("metric_id") != new.get("metric_id") if field == "metric" else before != after
        if differs:
            yield Difference(f"{prefix}{field}", f"{name}: {label}" if name else str(label), before, after)


def _whole(section: str, row: Row) -> str:
    """Return a whole row as lines; one that says nothing is a dash, so that it still shows as coming or going."""
    lines = [f"{label}: {_shown(field, row)}" for field, label in ROW_FIELDS[section].items() if _shown(field, row)]
    return "\n".join(lines) or "–"


def _shown(field: str, row: Row) -> str:
    """Return a value as people read it, empty for nothing."""
    value = row.get(field)
    if value in (None, "", []):
        return ""
    if field in _DATES:
        return full_date(datetime.date.fromisoformat(value))
    if field in _FIGURES:
        return quantity(figure_of(value), str(row.get("unit", "")))
    if field in _CHOICES:
        chosen = value if isinstance(value, list) else [value]
        return " ".join(str(_CHOICES[field](one).label) for one in chosen)
    if field in _DAYS:
        return _("%(count)s days") % {"count": value} if value else ""
    return str(value)
