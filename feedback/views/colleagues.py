"""Whom one writes to: a name typed, several of one name chosen from, and nobody who cannot be written to."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from feedback.forms.notes import ColleagueForm
from feedback.selectors.colleagues import colleague_for, colleagues_named, nearest_colleagues
from people.http import TenantRequest
from people.models import Employee, Membership


def colleague_in(request: TenantRequest) -> Employee | None:
    """Return the colleague the address names, None where that is a question. Raises Http404 for nobody to be found."""
    wanted = request.GET.get("to", "")
    if not wanted:
        return None
    found = colleague_for(request.member, wanted)
    if found is None:
        raise Http404
    return found


def ask_for_colleague(request: TenantRequest, context: dict[str, Any]) -> HttpResponse:
    """Ask whom it is for; a name that is one person's leads on, of several the reader chooses."""
    form = ColleagueForm(request.GET if "who" in request.GET else None)
    several: list[Employee] = []
    if form.is_bound and form.is_valid():
        found, refusal = find_colleague(request.member, form.cleaned_data["who"])
        if len(found) == 1:
            return HttpResponseRedirect(f"{request.path}?to={found[0].pk}")
        form.add_error("who", refusal)
        several = found
    near = nearest_colleagues(request.member)
    status = 422 if form.is_bound else 200
    facts = {"form": form, "several": several, "near": near, **context}
    return render(request, "feedback/colleague.html", facts, status=status)


def find_colleague(member: Membership, words: str) -> tuple[list[Employee], str]:
    """Return those of the name, and what is the matter unless there is exactly one."""
    found = colleagues_named(member, words)
    if not found:
        return found, _("Nobody here has this name. Write given name and family name, an e-mail address or a number.")
    return found, _("Several people have this name. Give the e-mail address or the employee number.")
