"""Feedback notes and questions as a member may see them; every answer is one indexed query."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from feedback.models import FeedbackNote, FeedbackRequest, NoteVersion
from feedback.note_enums import READ_BY_MANAGER, READ_BY_RECEIVER, Readers
from people.enums import Role
from people.models import Employee, Membership, ReportingLine
from people.selectors.accounts import employee_of
from people.selectors.employees import served_by_partner


def notes_visible_to(member: Membership) -> QuerySet[FeedbackNote]:
    """Return the notes the member may read: what its author chose, and nothing that follows from a role alone.

    The author; the person it is about, if chosen; the manager named on it, if chosen and still above that person; HR
    partners who serve the person, if chosen. Withdrawn ones stay in the list, without their words.
    """
    if not member.is_active:
        return FeedbackNote.objects.none()
    read = Q(pk__in=[])
    own = employee_of(member)
    if own is not None:
        above = ReportingLine.objects.filter(manager=own, employee=OuterRef("about"))
        read |= Q(author=own) | Q(about=own, readers__in=sorted(READ_BY_RECEIVER))
        read |= Q(Exists(above), manager=own, readers__in=sorted(READ_BY_MANAGER))
    if member.has_role(Role.HR_PARTNER):
        read |= Q(served_by_partner(member, "about__department"), readers=Readers.HR)
    return FeedbackNote.objects.filter(read)


def notes_shared_about(member: Membership, employee: Employee) -> QuerySet[FeedbackNote]:
    """Return the notes about the employee that both the member and the employee read, and that stand.

    For what two people look at together, such as the talking points of a check-in: never a note one of them may not
    know.
    """
    standing = notes_visible_to(member).filter(withdrawn_at__isnull=True, about=employee)
    return with_note_facts(standing.filter(readers__in=sorted(READ_BY_RECEIVER)))


def hidden_from(employee: Employee) -> QuerySet[FeedbackNote]:
    """Return the notes about the employee only their manager reads; the employee is told how many there are."""
    return FeedbackNote.objects.filter(about=employee, readers=Readers.MANAGER, withdrawn_at__isnull=True)


def with_note_facts(notes: QuerySet[FeedbackNote]) -> QuerySet[FeedbackNote]:
    """Join what a row and the page of a note show."""
    return notes.select_related("organization", "author", "about", "manager", "goal", "request__asked_by")


def note_for(member: Membership, note_id: int) -> FeedbackNote:
    """Return one note the member may read, or raise Http404."""
    note = with_note_facts(notes_visible_to(member)).filter(pk=note_id).first()
    if note is None:
        raise Http404
    return note


def earlier_versions(note: FeedbackNote) -> QuerySet[NoteVersion]:
    """Return what the note said before, latest first."""
    latest = NoteVersion.objects.filter(note=note).order_by("-number").values("number")[:1]
    return NoteVersion.objects.filter(note=note, number__lt=latest).order_by("-number")


def requests_visible_to(member: Membership) -> QuerySet[FeedbackRequest]:
    """Return the questions the member asked, and those they are asked."""
    own = employee_of(member)
    if own is None or not member.is_active:
        return FeedbackRequest.objects.none()
    return FeedbackRequest.objects.filter(Q(asked_by=own) | Q(asked=own))


def with_request_facts(requests: QuerySet[FeedbackRequest]) -> QuerySet[FeedbackRequest]:
    """Join what a row and the page of a question show."""
    return requests.select_related("organization", "asked_by", "asked", "about__manager", "about__organization", "goal")


def request_for(member: Membership, request_id: int) -> FeedbackRequest:
    """Return one question the member asked or is asked, or raise Http404."""
    found = with_request_facts(requests_visible_to(member)).filter(pk=request_id).first()
    if found is None:
        raise Http404
    return found
