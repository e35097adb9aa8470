"""What other rooms show of feedback and recognition: sections of home and profile."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from feedback.note_enums import Readers
from feedback.note_rules import can_write_notes, can_write_to
from feedback.readers import readers_of
from feedback.registry import TalkingPoint
from feedback.selectors.notes import notes_shared_about, notes_visible_to, with_note_facts
from feedback.selectors.recognition import goals_shown, recognition_of
from goals.models import Goal
from goals.rules import side_of
from people.addresses import portal_url
from people.models import Employee, Membership
from people.rules import is_self
from people.selectors.accounts import employee_of

MOST_ON_HOME = 3
MOST_ON_PROFILE = 5
FRESH = datetime.timedelta(days=30)


def has_news(member: Membership) -> bool:
    """Return whether the home page shows the section: while there is something new."""
    news = home_context(member)
    return bool(news.get("notes") or news.get("praise"))


def home_context(member: Membership) -> dict[str, Any]:
    """Return the notes the member has not opened yet, and what they were recognized for lately; looked up once."""
    if "feedback_news" not in member.__dict__:
        member.__dict__["feedback_news"] = _news(member)
    known: dict[str, Any] = member.__dict__["feedback_news"]
    return known


def _news(member: Membership) -> dict[str, Any]:
    own = employee_of(member)
    if own is None:
        return {}
    to_them = Q(about=own) | Q(manager=own, readers=Readers.MANAGER)
    unseen = notes_visible_to(member).filter(to_them, seen_at__isnull=True, withdrawn_at__isnull=True)
    notes = with_note_facts(unseen.exclude(author=own)).order_by("-sent_at", "-pk")[:MOST_ON_HOME]
    praise = list(recognition_of(member, own).filter(given_at__gte=timezone.now() - FRESH)[:MOST_ON_HOME])
    return {"notes": list(notes), "praise": praise, "goal_ids": goals_shown(member, praise)}


def sees_notes_of(member: Membership, employee: Employee) -> bool:
    """Return whether the profile shows a section on feedback: one's own, and that of people with notes to read."""
    return is_self(member, employee) or _notes(member, employee).exists()


def notes_context(member: Membership, employee: Employee) -> dict[str, Any]:
    """Return the latest notes about the employee the member may read, those in the file first."""
    rows = list(with_note_facts(_notes(member, employee)).order_by("kept_at", "-sent_at", "-pk")[:MOST_ON_PROFILE])
    shown = [(note, readers_of(readers=note.readers, about=note.about, manager=note.manager)) for note in rows]
    return {"notes": shown, "is_own": is_self(member, employee), "may_write": can_write_to(member, employee)}


def sees_recognition_of(member: Membership, employee: Employee) -> bool:
    """Return whether the profile shows recognition: where there is some to read."""
    return recognition_of(member, employee).exists()


def recognition_context(member: Membership, employee: Employee) -> dict[str, Any]:
    """Return the latest recognition of the employee."""
    rows = list(recognition_of(member, employee)[:MOST_ON_PROFILE])
    return {"praise": rows, "goal_ids": goals_shown(member, rows), "is_own": is_self(member, employee)}


def feedback_to_talk_about(member: Membership, employee: Employee) -> Iterator[TalkingPoint]:
    """Yield the latest notes about the employee that both sides of a check-in read; none for the employee alone."""
    fresh = notes_shared_about(member, employee).filter(sent_at__gte=timezone.now() - FRESH)
    if is_self(member, employee):
        fresh = fresh.filter(Q(readers__in=[Readers.BOTH, Readers.HR]) | Q(author=employee.manager_id))
    for note in fresh.order_by("-sent_at", "-pk")[:MOST_ON_HOME]:
        title = _("Feedback from %(name)s") % {"name": note.author.full_name}
        yield TalkingPoint(title=title, note=_("Feedback note you both read"), url=note.get_absolute_url())


def recognition_to_talk_about(member: Membership, employee: Employee) -> Iterator[TalkingPoint]:
    """Yield what the employee was recognized for lately."""
    for row in recognition_of(member, employee).filter(given_at__gte=timezone.now() - FRESH)[:MOST_ON_HOME]:
        url = portal_url(employee.organization, "people:employee_detail", employee_id=employee.pk)
        yield TalkingPoint(
            title=Truncator(row.text).chars(80),
            note=_("Recognized by %(name)s") % {"name": row.author.full_name},
            url=f"{url}#recognition",
            kind="success",
        )


def may_ask_about_goal(member: Membership, goal: Goal) -> bool:
    """Return whether the member may ask a colleague about the goal: an agreed one of their own or below."""
    return (
        goal.is_agreed and can_write_notes(member) and not goal.employee.has_left and side_of(member, goal) is not None
    )


def asking_about_goal(goal: Goal) -> str:
    """Return the address of a question about the goal."""
    address = portal_url(goal.organization, "feedback:request_new")
    return f"{address}?about={goal.employee_id}&goal={goal.pk}"


def _notes(member: Membership, employee: Employee) -> Any:
    return notes_visible_to(member).filter(about=employee, withdrawn_at__isnull=True)
