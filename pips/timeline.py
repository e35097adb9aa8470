"""What plans tell in the case file of an employee: moves, notes, meetings, support, and for HR reviews and readings.

The employee gets it from the issue on, as on the page of the plan: the review before was not theirs.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.addresses import portal_url
from people.enums import TimelineKind
from people.models import Employee, Membership
from people.registry import TimelineEvent
from people.rules import can_see_reads, is_self
from people.selectors.case_file import read_events
from pips.enums import LegalReviewStatus, TrackStatus
from pips.models import (
    Amendment,
    DateShift,
    FollowUp,
    Milestone,
    Plan,
    PlanCheckIn,
    PlanNote,
    PlanTransition,
    SupportCommitment,
    VoiceEntry,
)
from pips.obligations import About
from pips.selectors.legal import legal_reviews_visible_to
from pips.selectors.plans import plans_about
from pips.views.page import history_of


def _parts() -> "list[Prefetch[Any, Any, Any]]":
    return [
        Prefetch("transitions", PlanTransition.objects.select_related("actor__user")),
        Prefetch("notes", PlanNote.objects.select_related("author__user")),
        Prefetch("milestones", Milestone.objects.select_related("manager_recorded_by__user")),
        Prefetch("check_ins", PlanCheckIn.objects.select_related("manager_recorded_by__user")),
        Prefetch("follow_ups", FollowUp.objects.select_related("recorded_by__user")),
        Prefetch("amendments", Amendment.objects.select_related("proposed_by__user", "decided_by__user")),
        Prefetch("date_shifts", DateShift.objects.select_related("recorded_by__user")),
        Prefetch("voice_entries", VoiceEntry.objects.select_related("author__user")),
        Prefetch("support_commitments", SupportCommitment.objects.select_related("owner")),
    ]


def timeline(
    member: Membership, employee: Employee, since: datetime.date | None, until: datetime.date | None
) -> Iterable[TimelineEvent]:
    """Yield the record of each plan the reader may read; a fixed number of statements."""
    plans = list(plans_about(member, employee).prefetch_related(*_parts()))
    is_own = is_self(member, employee)
    for plan in plans:
        yield from _history(member, plan, is_own=is_own)
        yield from _meetings(member, plan)
        yield from _support(member, plan)
        yield from _voice(member, plan)
        yield from _changes(member, plan, is_own=is_own)
    if plans and can_see_reads(member, employee):
        titles = {str(plan.pk): plan.title for plan in plans}
        abouts = {key: (str(About.PLAN), int(key)) for key in titles}
        yield from read_events(About.PLAN, titles, since=since, until=until, abouts=abouts)
        yield from _reviews(member, employee)


def _history(member: Membership, plan: Plan, *, is_own: bool) -> Iterator[TimelineEvent]:
    for entry in history_of(plan, since_issue=is_own):
        title = f"{plan.title}: {entry.title}"
        yield _event(member, plan, entry.at, title, body=entry.body, by=entry.by, tone=entry.kind)


def _meetings(member: Membership, plan: Plan) -> Iterator[TimelineEvent]:
    for milestone in plan.milestones.all():
        if milestone.manager_recorded_at is not None:
            title = _("Milestone of day %(day)d: %(plan)s") % {"day": milestone.day, "plan": plan.title}
            views = _views(milestone.track_status, milestone.manager_view, milestone.employee_view)
            at = milestone.held_on or milestone.manager_recorded_at
            yield _event(member, plan, at, title, body=views, by=str(milestone.manager_recorded_by or ""))
    for check_in in plan.check_ins.all():
        if check_in.manager_recorded_at is not None:
            title = _("Check-in of day %(day)d: %(plan)s") % {"day": check_in.day, "plan": plan.title}
            views = _views(check_in.track_status, check_in.manager_view, check_in.employee_view)
            at = check_in.held_on or check_in.manager_recorded_at
            yield _event(member, plan, at, title, body=views, by=str(check_in.manager_recorded_by or ""))
    for follow_up in plan.follow_ups.all():
        if follow_up.recorded_at is not None:
            words = _("sustained") if follow_up.is_sustained else _("not sustained")
            title = _("Follow-up after %(day)d days: %(words)s") % {"day": follow_up.day, "words": words}
            at = follow_up.held_on or follow_up.recorded_at
            yield _event(member, plan, at, title, body=follow_up.note, by=str(follow_up.recorded_by or ""))


def _views(status: str, manager: str, employee: str) -> str:
    parts = [str(TrackStatus(status).label) if status else ""]
    parts.append(_("Manager’s view: %(words)s") % {"words": manager} if manager else "")
    parts.append(_("Employee’s view: %(words)s") % {"words": employee} if employee else "")
    return "\n".join(filter(None, parts))


def _support(member: Membership, plan: Plan) -> Iterator[TimelineEvent]:
    for commitment in plan.support_commitments.all():
        if commitment.delivered_on is not None:
            title = _("Support given: %(what)s") % {"what": str(commitment)}
            owner = commitment.owner.full_name
            yield _event(member, plan, commitment.delivered_on, title, body=commitment.delivered_note, by=owner)


def _voice(member: Membership, plan: Plan) -> Iterator[TimelineEvent]:
    """Yield the employee's own words; requests to HR are not among them, they are nobody's to read here (rule 10)."""
    for entry in plan.voice_entries.all():
        title = _("%(kind)s of the employee: %(plan)s") % {"kind": entry.get_kind_display(), "plan": plan.title}
        yield _event(member, plan, entry.at, title, body=entry.body, by=str(entry.author or ""), tone="key")


def _changes(member: Membership, plan: Plan, *, is_own: bool) -> Iterator[TimelineEvent]:
    """Yield proposals to change the plan, new versions, and dates that moved; the employee gets what is in force."""
    for change in plan.amendments.all():
        what = {"kind": change.get_kind_display(), "number": change.version, "plan": plan.title}
        if not is_own:
            title = _("%(kind)s proposed: %(plan)s") % what
            yield _event(member, plan, change.proposed_at, title, body=change.reason, by=str(change.proposed_by or ""))
        if change.decided_at is not None and (change.is_in_force or not is_own):
            what["status"] = change.get_status_display()
            title = _("%(kind)s, version %(number)d, %(status)s: %(plan)s") % what
            body = "\n".join(filter(None, [change.reason if is_own else "", change.decision_reason]))
            by = str(change.decided_by or "")
            yield _event(member, plan, change.decided_at, title, body=body, by=by, tone="key")
    for shift in plan.date_shifts.all():
        days = {"old": date_format(shift.old_on, "j F Y"), "new": date_format(shift.new_on, "j F Y")}
        title = _("Date moved from %(old)s to %(new)s") % days
        yield _event(member, plan, shift.at, title, body=shift.reason, by=str(shift.recorded_by or ""), tone="warning")


def _reviews(member: Membership, employee: Employee) -> Iterator[TimelineEvent]:
    """Yield the legal reviews: privileged, for uninvolved HR partners (rule 4); never why they were opened."""
    for review in legal_reviews_visible_to(member).filter(plan__employee=employee):
        moves = [(review.opened_at, _("HR review opened"), "")]
        if review.decided_at is not None:
            words = LegalReviewStatus(review.status).label
            moves.append(
                (review.decided_at, _("HR review decided: %(words)s") % {"words": words}, str(review.decided_by or ""))
            )
        for at, title, by in moves:
            yield TimelineEvent(
                at=at,
                room="pips",
                kind=TimelineKind.PLAN,
                title=title,
                body=_("Privileged: seen by HR alone."),
                by=by,
                url=portal_url(member.organization, "pips:legal_review", review_id=review.pk),
                tone="warning",
                about=(About.PLAN, review.plan_id),
                is_privileged=True,
            )


def _event(
    member: Membership,
    plan: Plan,
    at: datetime.datetime | datetime.date,
    title: str,
    *,
    body: str = "",
    by: str = "",
    tone: str = "",
) -> TimelineEvent:
    return TimelineEvent(
        at=at,
        room="pips",
        kind=TimelineKind.PLAN,
        title=title,
        body=body,
        by=by,
        url=portal_url(member.organization, "pips:plan_detail", plan_id=plan.pk),
        tone=tone,
        about=(About.PLAN, plan.pk),
    )
