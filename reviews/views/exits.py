"""Exit interviews: those HR reads, the themes of many, and one to answer or read."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from people.addresses import portal_url
from people.asking import ask, ask_or_act, handed_in
from people.http import TenantRequest
from people.rules import is_self
from people.services.audit import record_access
from pipcycle.errors import require
from pipcycle.ui.pages import page_of
from reviews.forms.exits import ExitForm
from reviews.pulse_obligations import ABOUT_EXIT
from reviews.pulse_rules import can_list_exits, can_read_exit_themes
from reviews.selectors.exits import exit_for, exits_of_others, themes_by_period, with_people
from reviews.services.exits import answer_exit_interview

PAGE_SIZE = 25


@require_safe
def exit_list(request: TenantRequest) -> HttpResponse:
    """Show what leavers say together, and to HR partners each interview in their scope."""
    require(can_read_exit_themes(request.member))
    page = None
    if can_list_exits(request.member):
        page = page_of(
            exits_of_others(request.member), number=request.GET.get("page"), size=PAGE_SIZE, load=with_people
        )
    context = {"page": page, "themes": themes_by_period()}
    return render(request, "reviews/exit_list.html", context)


@ask_or_act
def exit_interview(request: TenantRequest, exit_id: int) -> HttpResponse:
    """Answer the interview, as the leaver or in a conversation; once answered, read it."""
    interview = exit_for(request.member, exit_id)
    is_own = is_self(request.member, interview.employee)
    form = ExitForm(handed_in(request))
    if request.method != "POST" and not is_own and not interview.is_open:
        record_access(member=request.member, about_type=ABOUT_EXIT, about_id=interview.pk)

    def act() -> str:
        answer_exit_interview(actor=request.member, interview=interview, **form.answers())
        return interview.get_absolute_url()

    back = portal_url(request.organization, "reminders:home" if is_own else "reviews:exit_list")
    return ask(
        request,
        form,
        act=act,
        done=_("Thank you. Only HR reads it."),
        template="reviews/exit.html",
        context={"interview": interview, "is_own": is_own, "back": back, "is_possible": interview.is_open},
    )
