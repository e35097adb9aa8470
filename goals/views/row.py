"""An update given in the row of the list: where the goal stands, how it will end, a short word."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goals.forms.row import RowUpdateForm
from goals.models import Goal
from goals.selectors.goals import goal_for, goals_visible_to
from goals.selectors.progress import with_progress
from goals.services.updates import record_update
from goals.views.lists import rows_of, with_row_facts
from people.addresses import portal_url
from people.asking import handed_in
from people.http import TenantRequest, wants_part
from pipcycle.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
def goal_row(request: TenantRequest, goal_id: int) -> HttpResponse:
    """Show the row's little form, or record the update and show the row again; a whole page is never answered."""
    goal = goal_for(request.member, goal_id)
    row = rows_of(request.member, [goal])[0]
    if not row["may_update"]:
        raise PermissionDenied
    if not wants_part(request) and request.method != "POST":
        return redirect(portal_url(request.organization, "goals:goal_update", goal_id=goal.pk))
    if "cancel" in request.GET:
        return _row(request, goal)
    form = RowUpdateForm(handed_in(request), goal=goal)
    status = 200
    if request.method == "POST":
        status = _record(request, goal, form)
        if status == 200:
            done = _row(request, goal)
            return done if wants_part(request) else redirect(portal_url(request.organization, "goals:goal_list"))
    context = {"goal": goal, "form": form, "group": request.GET.get("group", "")}
    return render(request, "goals/_goal_row_update.html", context, status=status)


def _record(request: TenantRequest, goal: Goal, form: RowUpdateForm) -> int:
    """Record what was typed; return the status: 200 for done, 422 for not valid, 409 for refused."""
    if not form.is_valid():
        return 422
    words = form.cleaned_data
    try:
        record_update(
            actor=request.member,
            goal=goal,
            value=words.get("value"),
            confidence=words["confidence"],
            comment=words["comment"],
        )
    except DomainError as error:
        form.add_error(None, str(error.message))
        return 409
    return 200


def _row(request: TenantRequest, goal: Goal) -> HttpResponse:
    fresh = with_row_facts(with_progress(goals_visible_to(request.member))).get(pk=goal.pk)
    row = rows_of(request.member, [fresh])[0]
    context = {"goal": fresh, "row": row, "is_fresh": True, "group": request.GET.get("group", "")}
    return render(request, "goals/_goal_row.html", context)
