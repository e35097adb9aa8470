"""How the lists of feedback are cut into parts, narrowed and ordered."""

from django.db.models import F, OrderBy, Q, QuerySet

from feedback.models import FeedbackNote, FeedbackRequest
from feedback.note_enums import READ_BY_RECEIVER, Tab
from people.models import Employee

#: What a column sorts by; date and key decide ties, so pages never overlap.
NOTE_SORTS: dict[str, tuple[str, ...]] = {
    "date": ("sent_at",),
    "author": ("author__family_name", "author__given_name"),
    "about": ("about__family_name", "about__given_name"),
}
REQUEST_SORTS: dict[str, tuple[str, ...]] = {
    "date": ("asked_at",),
    "due": ("due_on",),
    "status": ("status",),
    "person": ("asked__family_name", "asked__given_name"),
}
USUAL_SORT = "-date"


def notes_of_tab(notes: QuerySet[FeedbackNote], tab: Tab, own: Employee | None) -> QuerySet[FeedbackNote]:
    """Return the part of the readable notes the tab shows: received, given, or about others."""
    if tab == Tab.GIVEN:
        return notes.filter(author=own)
    if tab == Tab.PEOPLE:
        return notes.exclude(author=own).exclude(about=own) if own else notes
    return notes.filter(about=own, readers__in=sorted(READ_BY_RECEIVER))


def notes_with_words(notes: QuerySet[FeedbackNote], words: str) -> QuerySet[FeedbackNote]:
    """Keep the notes in whose words or people every word is found; withdrawn words are not searched."""
    for word in _words(words):
        notes = notes.filter(
            Q(text__icontains=word, withdrawn_at__isnull=True)
            | Q(author__given_name__icontains=word)
            | Q(author__family_name__icontains=word)
            | Q(about__given_name__icontains=word)
            | Q(about__family_name__icontains=word)
        )
    return notes


def requests_with_words(requests: QuerySet[FeedbackRequest], words: str) -> QuerySet[FeedbackRequest]:
    """Keep the questions in whose words or people every word is found."""
    for word in _words(words):
        requests = requests.filter(
            Q(question__icontains=word)
            | Q(asked__given_name__icontains=word)
            | Q(asked__family_name__icontains=word)
            | Q(asked_by__given_name__icontains=word)
            | Q(asked_by__family_name__icontains=word)
        )
    return requests


def _words(typed: str) -> list[str]:
    """Return the words to look for, without what the database takes for no text."""
    return typed.replace("\0", " ").split()[:10]


def order_of(sort: str, sorts: dict[str, tuple[str, ...]], *, latest: str) -> list[OrderBy | str]:
    """Return the order asked for ("-" in front: descending), the usual one for what is unknown."""
    chosen = sort if sort.removeprefix("-") in sorts else USUAL_SORT
    columns = sorts[chosen.removeprefix("-")]
    orders: list[OrderBy | str] = [OrderBy(F(column), descending=chosen.startswith("-")) for column in columns]
    return [*orders, f"-{latest}", "-pk"]
