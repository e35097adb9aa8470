"""What people say of a signal: its cause, that it means nothing, that support was started, that the process changed."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from metrics.enums import SIGNAL_TRANSITIONS, SignalCause, SignalStatus
from metrics.models import Observation, Series, SeriesPhase, Signal
from metrics.rules import can_comment_on_signal, can_confirm_shift, can_decide_signal
from metrics.services.signal_computation import compute_series
from metrics.services.signal_duties import owe_review, review_is_done
from people.models import Membership
from pipcycle.errors import DomainError


def acknowledge_signal(*, actor: Membership, signal: Signal, cause: str, note: str = "") -> None:
    """Record why the signal came about. Raises PermissionDenied, and DomainError when somebody else was quicker."""
    _require(can_decide_signal(actor, signal))
    if cause not in SignalCause.values:
        raise DomainError(_("Choose the cause that fits best."))
    with transaction.atomic():
        move_signal(signal=signal, target=SignalStatus.ACKNOWLEDGED, actor=actor, cause=cause, note=note.strip())
        review_is_done(signal, actor=actor)


def dismiss_signal(*, actor: Membership, signal: Signal, reason: str) -> None:
    """Record that the signal means nothing, and why. Raises PermissionDenied or DomainError."""
    _require(can_decide_signal(actor, signal))
    words = _words(reason, _("Say why the signal means nothing; the employee reads it too."))
    with transaction.atomic():
        move_signal(signal=signal, target=SignalStatus.DISMISSED, actor=actor, note=words)
        review_is_done(signal, actor=actor)


def start_support(*, actor: Membership, signal: Signal, kind: str, about_id: int) -> None:
    """Record what support was started from the signal: a goal, a development action, a plan, by its key and id."""
    _require(can_decide_signal(actor, signal))
    with transaction.atomic():
        move_signal(
            signal=signal, target=SignalStatus.SUPPORTED, actor=actor, support_kind=kind, support_about_id=about_id
        )
        review_is_done(signal, actor=actor)


def comment_on_signal(*, actor: Membership, signal: Signal, comment: str) -> None:
    """Put the employee's own view beside the signal, or take it back with empty words; whoever sees it reads it."""
    _require(can_comment_on_signal(actor, signal))
    signal.employee_comment = comment.strip()
    signal.employee_commented_at = timezone.now() if signal.employee_comment else None
    signal.save(update_fields=["employee_comment", "employee_commented_at"])


def confirm_shift(*, actor: Membership, series: Series, starts_on: datetime.date, reason: str) -> SeriesPhase:
    """Record that the process has changed for good from a day on: the limits are computed afresh from there.

    The open signals from that day on are answered by it. Raises PermissionDenied, and DomainError for a day
    outside the figures.
    """
    _require(can_confirm_shift(actor, series))
    words = _words(reason, _("Say what changed, so that others can follow it."))
    with transaction.atomic():
        Series.objects.select_for_update(no_key=True).get(pk=series.pk)
        _require_two_phases(series, starts_on)
        try:
            with transaction.atomic():
                phase = SeriesPhase.objects.create(series=series, starts_on=starts_on, reason=words, confirmed_by=actor)
        except IntegrityError as error:
            raise DomainError(
                _("A change from %(day)s is confirmed already.") % {"day": date_format(starts_on)}
            ) from error
        _answer_signals(series, starts_on, actor)
    return phase


def withdraw_shift(*, actor: Membership, phase: SeriesPhase) -> None:
    """Take a confirmed change back; the limits of the phase before it hold again. Raises PermissionDenied."""
    _require(can_confirm_shift(actor, phase.series))
    with transaction.atomic():
        series = Series.objects.select_for_update(no_key=True).get(pk=phase.series_id)
        phase.delete()
        compute_series(series)


def move_signal(*, signal: Signal, target: SignalStatus, actor: Membership, **facts: Any) -> None:
    """Lock the signal and move it along the table, with who decided and when.

    Raises DomainError for a move the table does not know, saying who came first; the database refuses it as well.
    """
    # No join here: after waiting for the lock PostgreSQL joins what it found before.
    now_standing = Signal.objects.select_for_update(no_key=True).get(pk=signal.pk)
    if target not in SIGNAL_TRANSITIONS[SignalStatus(now_standing.status)]:
        raise DomainError(_moved_meanwhile(now_standing))
    changes = {"status": target, "decided_at": timezone.now(), "decided_by": actor, **facts}
    for field, value in changes.items():
        setattr(signal, field, value)
    signal.save(update_fields=[*changes])


def _answer_signals(series: Series, starts_on: datetime.date, actor: Membership) -> None:
    """Compute the series afresh and close as done, not as void, what was owed for the signals the change explains."""
    since = Signal.objects.filter(series=series, status=SignalStatus.OPEN, ends_on__gte=starts_on)
    asked = list(since.select_related("series__employee__manager"))
    for signal in asked:
        review_is_done(signal, actor=actor)
    compute_series(series)
    for signal in since.filter(pk__in=[signal.pk for signal in asked]).select_related("series__employee__manager"):
        owe_review(signal)


def _require_two_phases(series: Series, starts_on: datetime.date) -> None:
    points = Observation.objects.filter(series=series)
    if not (points.filter(starts_on__gte=starts_on).exists() and points.filter(starts_on__lt=starts_on).exists()):
        raise DomainError(_("Choose a day inside the figures: some before it, some from it on."))


def _moved_meanwhile(signal: Signal) -> str:
    facts = {
        "state": SignalStatus(signal.status).label,
        "when": date_format(timezone.localtime(signal.decided_at), "j F Y, H:i") if signal.decided_at else "",
        "who": signal.decided_by,
    }
    if signal.status == SignalStatus.WITHDRAWN or signal.decided_by is None or signal.decided_at is None:
        return _("This signal is in the state “%(state)s”. Reload the page to see it.") % facts
    return _("%(who)s moved this signal to “%(state)s” on %(when)s. Reload the page to see it.") % facts


def _words(text: str, message: str) -> str:
    words = text.strip()
    if not words:
        raise DomainError(message)
    return words


def _require(allowed: bool) -> None:  # noqa: FBT001  # reads as a sentence
    if not allowed:
        raise PermissionDenied
