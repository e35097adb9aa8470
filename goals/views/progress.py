"""Reporting on a goal, its milestones, and the files that show what was said."""

import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goals import rules
from goals.forms.goal import UpdateForm
from goals.models import Goal
from goals.selectors.goals import evidence_for, goal_for
from goals.services.evidence import handed_file
from goals.services.updates import record_update, set_step_done
from goals.views.steps import goal_url, take_step
from people.http import TenantRequest
from pipcycle.errors import DomainError
from pipcycle.exports import file_response


@require_http_methods(["GET", "HEAD", "POST"])
def goal_update(request: TenantRequest, goal_id: int) -> HttpResponse:
    """Report where the goal stands."""
    goal = goal_for(request.member, goal_id)
    is_sent = request.method == "POST"
    form = UpdateForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        goal=goal,
        initial={"confidence": goal.confidence},
    )
    return take_step(
        request,
        goal,
        allowed=rules.can_update(request.member, goal),
        form=form,
        act=lambda: _record(request, goal, form),
        done=_("Your update is on the record."),
        template="goals/goal_update.html",
    )


def _record(request: TenantRequest, goal: Goal, form: UpdateForm) -> None:
    words = form.cleaned_data
    record_update(
        actor=request.member,
        goal=goal,
        value=form.reported(),
        comment=words["comment"],
        confidence=words["confidence"],
        evidence_link=words["evidence_link"],
        evidence=handed_file(words["evidence"]),
    )


@require_POST
def goal_step(request: TenantRequest, goal_id: int, step_id: int) -> HttpResponse:
    """Tick a milestone off, or take the tick back."""
    goal = goal_for(request.member, goal_id)
    if rules.side_of(request.member, goal) is None:
        raise PermissionDenied
    step = goal.steps.filter(pk=step_id).first()
    if step is None:
        raise Http404
    done_on: datetime.date | None = timezone.localdate() if request.POST.get("done") == "yes" else None
    try:
        set_step_done(actor=request.member, goal=goal, step=step, done_on=done_on)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(goal_url(request, goal, fragment="milestones"))


@require_safe
def evidence(request: TenantRequest, evidence_id: int) -> HttpResponse:
    """Hand a file of evidence to somebody who may read its goal; it is never shown inside the portal."""
    file = evidence_for(request.member, evidence_id)
    return file_response(filename=file.filename, content_type=file.content_type, content=bytes(file.content))
