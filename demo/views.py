"""The demo's outbox: every mail that was sent, readable without a mail program. Exists only in a demo."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from demo import outbox

#: A mail brings its own small styles; it is shown in a frame that may do nothing else.
MAIL_POLICY: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "frame-ancestors": [CSP.SELF],
}
PAGE_POLICY: dict[str, list[str]] = {**settings.SECURE_CSP, "frame-src": [CSP.SELF]}


def only_in_a_demo(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 where real mail is sent."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "mail"


@require_safe
@only_in_a_demo
def outbox_list(request: HttpRequest) -> HttpResponse:
    """List what was sent, newest first."""
    return render(request, "demo/outbox_list.html", {"letters": outbox.letters(_folder())})


@require_safe
@only_in_a_demo
@csp_override(PAGE_POLICY)
def outbox_letter(request: HttpRequest, name: str) -> HttpResponse:
    """Show one mail: its HTML part in a closed frame, its text part below."""
    letter = outbox.letter(_folder(), name)
    if letter is None:
        raise Http404
    return render(request, "demo/outbox_letter.html", {"letter": letter})


@require_safe
@only_in_a_demo
@xframe_options_sameorigin
@csp_override(MAIL_POLICY)
def outbox_html(request: HttpRequest, name: str) -> HttpResponse:
    """Return the HTML part as it was sent."""
    letter = outbox.letter(_folder(), name)
    if letter is None:
        raise Http404
    return HttpResponse(letter.html)
