"""Files of figures on every step of the upload, and a program with a token: what HR finds when it opens the demo."""

import io
from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from demo.seed.stage import member_of
from metrics.enums import ApiScope
from metrics.models import Series
from metrics.services.signals import compute_stale_series
from metrics.services.tokens import create_token
from metrics.services.uploads import choose_meanings, upload_observations
from metrics.uploads.columns import Choice
from people.models import Employee, ImportBatch, Membership
from people.services.upload_run import run_now

RECOUNTED = "accuracy-recount.csv"
CHECKED = "quality-this-week.csv"
NEW = "call-centre-export.csv"
SHOWN = 9


def create_handed_in(signed_in: dict[str, Employee]) -> None:
    """Let HR have recorded one file, checked another and uploaded a third; let the admin have let a program in."""
    hr = member_of(signed_in["hr"])
    measured = _measured(signed_in["manager"])
    run_now(actor=hr, batch=_checked(hr, RECOUNTED, _recounted(measured)), is_applied=True)
    compute_stale_series()
    _checked(hr, CHECKED, _this_week(measured))
    _kept(hr, NEW, _long(measured))
    create_token(
        actor=member_of(signed_in["admin"]),
        name="Case system, every night",
        scopes=tuple(ApiScope),
        expires_at=timezone.now() + timedelta(days=340),
    )


def _measured(manager: Employee) -> Sequence[Series]:
    """Return series of accuracy of people outside the demo manager's team, whose stories stay as they are told."""
    series = Series.objects.filter(metric__key="accuracy", point_count__gt=1).exclude(employee__manager=manager)
    return list(series.select_related("employee").order_by("employee__number")[:SHOWN])


def _kept(hr: Membership, filename: str, lines: Sequence[str]) -> ImportBatch:
    content = "\n".join(lines).encode()
    return upload_observations(actor=hr, filename=filename, stream=io.BytesIO(content), size=len(content))


def _checked(hr: Membership, filename: str, lines: Sequence[str]) -> ImportBatch:
    batch = _kept(hr, filename, lines)
    guessed = Choice.from_json(batch.mapping)
    return run_now(actor=hr, batch=choose_meanings(actor=hr, batch=batch, choice=guessed), is_applied=False)


def _recounted(measured: Sequence[Series]) -> list[str]:
    """Return a wide file that corrects last values by a hair, with one row of somebody unknown."""
    rows = [
        f"{one.employee.number},{one.last_on},{min((one.last_value or 0) + 0.2, 100):.1f}"
        for one in measured
        if one.last_on
    ]
    return ["Employee number,Week,Accuracy", *rows, f"99017,{timezone.localdate()},97.4"]


def _this_week(measured: Sequence[Series]) -> list[str]:
    """Return a wide file of this week in which three rows cannot be taken, each for a reason of its own."""
    monday = _this_monday()
    rows = [
        f"{one.employee.number},{monday},{97.1 + place % 4 * 0.4:.1f},{99 - place % 3}"
        for place, one in enumerate(measured)
    ]
    rows[2] = rows[2].replace(str(monday), "last week")
    rows[4] = f"{measured[4].employee.number},{monday},n/a,98"
    return ["Employee number,Week,Accuracy,Attendance", *rows, f"99017,{monday},97.4,100"]


def _long(measured: Sequence[Series]) -> list[str]:
    """Return a file with a row per figure and headings of another system, not all of which are understood."""
    monday = _this_monday().strftime("%d.%m.%Y")
    rows = [
        f"{one.employee.number};{monday};Accuracy;{97 + place % 3},{place % 10};batch 7"
        for place, one in enumerate(measured)
    ]
    return ["Pers. no.;Week;Metric;Wert;Remark", *rows]


def _this_monday() -> date:
    today = timezone.localdate()
    return today - timedelta(days=today.weekday())
