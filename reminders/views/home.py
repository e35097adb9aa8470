"""The home page: what needs me today."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.http import TenantRequest
from people.rules import is_executive, is_manager
from reminders.home import process_figures, reader_today, team_overdue, todo_groups
from reminders.registry import home_sections_for


@require_safe
def home(request: TenantRequest) -> HttpResponse:
    """Show what the member owes, what is overdue below them, and what the other rooms add."""
    member = request.member
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
