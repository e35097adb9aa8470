"""What the rooms below give to talk about: goals that ask for help, and new signals; each only to who may read it."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from feedback.registry import TalkingPoint
from goals.enums import Confidence, GoalStatus
from goals.selectors.goals import goals_visible_to
from metrics.enums import SignalStatus
from metrics.explanations import short_words
from metrics.selectors.signals import signals_visible_to, undecided_first
from people.addresses import portal_url
from people.models import Employee, Membership

MOST_OF_A_KIND = 4
MOST_READ = 40


def goals_off_track(member: Membership, employee: Employee) -> Iterator[TalkingPoint]:
    """Yield the running goals of the employee that are at risk, off track, past their date or late with an update."""
    today = timezone.localdate()
    asks_for_help = Q(confidence__in=[Confidence.AT_RISK, Confidence.OFF_TRACK]) | Q(due_on__lt=today)
    goals = (
        goals_visible_to(member)
        .select_related("organization")
        .filter(asks_for_help | Q(next_update_on__lt=today), employee=employee, status=GoalStatus.ACTIVE)
    )
    for goal in goals.order_by("due_on", "pk")[:MOST_OF_A_KIND]:
        if goal.due_on < today:
            note = _("Goal, was due on %(day)s") % {"day": date_format(goal.due_on, "j F")}
        elif goal.confidence in (Confidence.AT_RISK, Confidence.OFF_TRACK):
            note = _("Goal, %(confidence)s") % {"confidence": goal.get_confidence_display().lower()}
        else:
            note = _("Goal, no update since it was due")
        yield TalkingPoint(title=goal.title, note=note, url=goal.get_absolute_url(), kind="warning")


def new_signals(member: Membership, employee: Employee) -> Iterator[TalkingPoint]:
    """Yield the signals about the employee that nobody has decided yet, those that point the worse way first."""
    found = signals_visible_to(member).filter(series__employee=employee, status=SignalStatus.OPEN)
    seen: set[int] = set()
    for signal in undecided_first(found)[:MOST_READ]:
        if signal.series.metric_id in seen or len(seen) == MOST_OF_A_KIND:
            continue  # one word on each metric is enough to begin with
        seen.add(signal.series.metric_id)
        yield TalkingPoint(
            title=signal.series.metric.name,
            note=short_words(signal),
            url=portal_url(signal.organization, "metrics:signal", signal_id=signal.pk),
            kind="success" if signal.is_improvement else "danger",
        )
