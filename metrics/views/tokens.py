"""Tokens of the API, for HR admins."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from metrics.forms.tokens import TokenForm
from metrics.rules import can_manage_tokens
from metrics.selectors.tokens import token_for, tokens_visible_to
from metrics.services import tokens
from people.addresses import absolute_url, portal_url
from people.http import TenantRequest
from pipcycle.errors import DomainError

UNPROCESSABLE, CONFLICT = 422, 409


def _require_right(request: TenantRequest) -> None:
    if not can_manage_tokens(request.member):
        raise PermissionDenied


@require_safe
def token_list(request: TenantRequest) -> HttpResponse:
    """Show which programs have access."""
    _require_right(request)
    return render(request, "metrics/tokens/token_list.html", {"tokens": tokens_visible_to(request.member)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def token_new(request: TenantRequest) -> HttpResponse:
    """Make a token and show its text, this once."""
    _require_right(request)
    form = TokenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            token, text = tokens.create_token(
                actor=request.member,
                name=form.cleaned_data["name"],
                scopes=form.chosen_scopes(),
                expires_at=form.expires_at(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            context = {"token": token, "text": text, "address": absolute_url("/api/v1/metrics")}
            return render(request, "metrics/tokens/token_made.html", context)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "metrics/tokens/token_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def token_revocation(request: TenantRequest, token_id: int) -> HttpResponse:
    """Ask, then end a token."""
    _require_right(request)
    token = token_for(request.member, token_id)
    if request.method != "POST":
        return render(request, "metrics/tokens/token_revocation.html", {"token": token})
    try:
        tokens.revoke_token(actor=request.member, token=token)
    except DomainError as refusal:
        context = {"token": token, "refusal": refusal}
        return render(request, "metrics/tokens/token_revocation.html", context, status=CONFLICT)
    messages.success(request, _("The token “%(name)s” is revoked.") % {"name": token.name})
    return redirect(portal_url(request.organization, "metrics:token_list"))
