"""The home page: what needs me today."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from people.http import TenantRequest, open_to_guests
from people.registry import guest_pages
from people.rules import is_executive, is_manager
from reminders.home import process_figures, reader_today, team_overdue, todo_groups
from reminders.registry import home_sections_for


@open_to_guests
@require_safe
def home(request: TenantRequest) -> HttpResponse:
    """Show what the member owes, what is overdue below them, and what the other rooms add; a guest has a home apart."""
    member = request.member
    if member.is_guest:
        return _guest_home(request)
    today = reader_today()
    groups = todo_groups(member, today=today)
    leads = is_manager(member)
    context = {
        "day": today,
        "groups": groups,
        "pressing_count": sum(len(group.rows) for group in groups if group.key != "later"),
        "team_overdue": team_overdue(member) if leads else [],
        "figures": process_figures(today=today) if is_executive(member) else None,
        "home_sections": [(section, section.context(member)) for section in home_sections_for(member)],
    }
    return render(request, "reminders/home.html", context)


def _guest_home(request: TenantRequest) -> HttpResponse:
    """Lead somebody from outside to the one page open to them; list several, and say so where none is left."""
    pages = guest_pages(request.member)
    if len(pages) == 1:
        return redirect(pages[0].url)
    return render(request, "reminders/guest_home.html", {"pages": pages})
