"""My feedback: received, given, asked, and that about one's people."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feedback.models import FeedbackNote, FeedbackRequest
from feedback.note_enums import Tab
from feedback.note_filters import (
    NOTE_SORTS,
    REQUEST_SORTS,
    notes_of_tab,
    notes_with_words,
    order_of,
    requests_with_words,
)
from feedback.note_rules import can_write_notes
from feedback.selectors.notes import (
    hidden_from,
    notes_visible_to,
    requests_visible_to,
    with_note_facts,
    with_request_facts,
)
from people.http import TenantRequest, wants_part
from people.models import Membership
from people.rules import is_hr_partner, is_manager
from people.selectors.accounts import employee_of
from people.services.audit import record_access
from pipcycle.exports import csv_response
from pipcycle.ui.pages import page_of
from pipcycle.ui.remembered import remembered_query

PAGE_SIZE = 25


def tabs_for(member: Membership) -> list[Tab]:
    """Return the parts the member has: their own, and that about others for managers and HR partners."""
    own = [Tab.RECEIVED, Tab.GIVEN, Tab.ASKED] if employee_of(member) is not None else []
    return [*own, Tab.PEOPLE] if is_manager(member) or is_hr_partner(member) else own


def has_feedback(member: Membership) -> bool:
    """Return whether the page is of use to the member."""
    return bool(tabs_for(member))


@require_safe
def note_list(request: TenantRequest) -> HttpResponse:
    """Show one part of the feedback the member may read, as they last left it."""
    tabs = tabs_for(request.member)
    if not tabs:
        raise PermissionDenied
    remembered = remembered_query(request, key=f"feedback:{request.organization.pk}")
    if remembered is not None:
        return remembered
    own, tab = employee_of(request.member), _tab(request, tabs)
    context: dict[str, Any] = {
        "tab": tab.value,
        "tabs": [(one.value, one.label) for one in tabs],
        "words": request.GET.get("q", ""),
        "query": request.GET.urlencode(),
        "may_write": can_write_notes(request.member),
        "today": timezone.localdate(),
        "own": own,
        "page": _page(request, tab),
        "hidden_count": hidden_from(own).count() if own is not None and tab == Tab.RECEIVED else 0,
    }
    template = "feedback/note_list.html#results" if wants_part(request) else "feedback/note_list.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def note_export(request: TenantRequest) -> HttpResponse:
    """Hand over the part that is shown as CSV, narrowed and ordered as it is; the export is on the record."""
    tabs = tabs_for(request.member)
    if not tabs:
        raise PermissionDenied
    tab = _tab(request, tabs)
    record_access(member=request.member, about_type="feedback", about_id=tab.value, action="export")
    filename = f"feedback-{tab.value}-{request.organization.slug}.csv"
    if tab == Tab.ASKED:
        headings = [_("Asked on"), _("Who asks"), _("Who is asked"), _("About"), _("Question"), _("Due"), _("Status")]
        return csv_response(filename=filename, headings=headings, rows=_request_rows(_requests(request)))
    headings = [_("Date"), _("From"), _("About"), _("Goal"), _("Who reads it"), _("Note"), _("Answer")]
    return csv_response(filename=filename, headings=headings, rows=_note_rows(_notes(request, tab)))


def _tab(request: TenantRequest, tabs: list[Tab]) -> Tab:
    wanted = request.GET.get("tab", "")
    return Tab(wanted) if wanted in tabs else tabs[0]


def _page(request: TenantRequest, tab: Tab) -> Any:
    number = request.GET.get("page")
    if tab == Tab.ASKED:
        return page_of(_requests(request), number=number, size=PAGE_SIZE, load=with_request_facts)
    return page_of(_notes(request, tab), number=number, size=PAGE_SIZE, load=with_note_facts)


def _notes(request: TenantRequest, tab: Tab) -> QuerySet[FeedbackNote]:
    notes = notes_of_tab(notes_visible_to(request.member), tab, employee_of(request.member))
    found = notes_with_words(notes, request.GET.get("q", ""))
    return found.order_by(*order_of(request.GET.get("sort", ""), NOTE_SORTS, latest="sent_at"))


def _requests(request: TenantRequest) -> QuerySet[FeedbackRequest]:
    found = requests_with_words(requests_visible_to(request.member), request.GET.get("q", ""))
    return found.order_by(*order_of(request.GET.get("sort", ""), REQUEST_SORTS, latest="asked_at"))


def _note_rows(notes: QuerySet[FeedbackNote]) -> Iterator[tuple[Any, ...]]:
    for note in with_note_facts(notes).iterator(2000):
        yield (
            timezone.localtime(note.sent_at).date(), note.author.full_name, note.about.full_name, note.goal,
            note.get_readers_display(), _("Withdrawn") if note.is_withdrawn else note.text, note.reply,
        )  # fmt: skip


def _request_rows(requests: QuerySet[FeedbackRequest]) -> Iterator[tuple[Any, ...]]:
    for one in with_request_facts(requests).iterator(2000):
        yield (
            timezone.localtime(one.asked_at).date(), one.asked_by.full_name, one.asked.full_name, one.about.full_name,
            one.question, one.due_on, one.get_status_display(),
        )  # fmt: skip
