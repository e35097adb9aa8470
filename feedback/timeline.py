"""What check-ins, feedback and recognition tell in the case file of an employee, each to whoever may read it.

Of check-ins the two of a series read the shared notes; everybody else who follows the employee learns that one took
place. Private notes are no part of any case file, and neither is feedback the employee does not read: its author and
its reader were promised that it counts for nothing in a file before it is shown. What is read for a part of one's own
stands on the page and is kept out of evidence: a note its author chose not to show to HR stays so when its author is an
HR partner. Recognition is left out of whoever does not want to appear.
"""

import datetime
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from feedback.check_in_enums import CheckInStatus
from feedback.models import CheckIn, FeedbackNote
from feedback.note_enums import Readers
from feedback.selectors.check_ins import series_visible_to
from feedback.selectors.notes import notes_shared_about
from feedback.selectors.recognition import recognition_of
from people.addresses import portal_url
from people.enums import TimelineKind
from people.models import Employee, Membership
from people.registry import TimelineEvent
from people.selectors.accounts import employee_of


def timeline(
    member: Membership, employee: Employee, since: datetime.date | None, until: datetime.date | None
) -> Iterable[TimelineEvent]:
    """Yield check-ins that are over, feedback both read, and recognition; three statements."""
    yield from _check_ins(member, employee)
    yield from _notes(member, employee)
    yield from _recognition(member, employee)


def _check_ins(member: Membership, employee: Employee) -> Iterator[TimelineEvent]:
    own = employee_of(member)
    over = (
        CheckIn.objects.filter(series__in=series_visible_to(member).filter(employee=employee))
        .filter(status__in=[CheckInStatus.HELD, CheckInStatus.SKIPPED])
        .select_related("series__leader")
    )
    for check_in in over:
        series = check_in.series
        takes_part = own is not None and own.pk in (series.employee_id, series.leader_id)
        is_held = check_in.status == CheckInStatus.HELD
        title = _("Check-in with %(name)s") if is_held else _("Check-in with %(name)s did not take place")
        name = "check_in" if takes_part else "series"
        key = {"check_in_id": check_in.pk} if takes_part else {"series_id": series.pk}
        yield TimelineEvent(
            at=check_in.held_on or check_in.planned_on,
            room="feedback",
            kind=TimelineKind.CHECK_IN,
            title=title % {"name": series.leader.full_name},
            body=(check_in.notes if is_held else check_in.skipped_reason) if takes_part else "",
            url=portal_url(member.organization, f"feedback:{name}", **key),
            about=("check_in", check_in.pk),
            is_personal=takes_part,
        )


def _notes(member: Membership, employee: Employee) -> Iterator[TimelineEvent]:
    for note in notes_shared_about(member, employee):
        yield _note(member, note)


def _note(member: Membership, note: FeedbackNote) -> TimelineEvent:
    answer = _("Answer: %(words)s") % {"words": note.reply} if note.reply else ""
    return TimelineEvent(
        at=note.sent_at,
        room="feedback",
        kind=TimelineKind.FEEDBACK,
        title=_("Feedback on the goal %(goal)s") % {"goal": note.goal.title} if note.goal else _("Feedback"),
        body="\n".join(filter(None, [note.text, answer])),
        by=note.author.full_name,
        url=portal_url(member.organization, "feedback:note", note_id=note.pk),
        about=("feedback_note", note.pk),
        is_personal=note.readers != Readers.HR,
    )


def _recognition(member: Membership, employee: Employee) -> Iterator[TimelineEvent]:
    profile = portal_url(member.organization, "people:employee_detail", employee_id=employee.pk)
    for row in recognition_of(member, employee):
        yield TimelineEvent(
            at=row.given_at,
            room="feedback",
            kind=TimelineKind.FEEDBACK,
            title=_("Recognition: %(value)s") % {"value": row.value.name} if row.value else _("Recognition"),
            body=row.text,
            by=row.author.full_name,
            url=f"{profile}#recognition",
            about=("recognition", row.pk),
        )
