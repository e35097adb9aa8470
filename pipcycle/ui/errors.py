"""Error pages that say what to do next."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Render 400."""
    return render(request, "errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Render 403."""
    return render(request, "errors/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Render 404."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Render 500 without request context: no session, no member, no database."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Render 429, after too many attempts."""
    return render(request, "429.html", status=429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Render 403 for a stale or missing form token."""
    return render(request, "errors/csrf.html", status=403)


def body_too_large(request: HttpRequest) -> HttpResponse:
    """Render 413 without request context: nothing of the request is read, not even who sends it."""
    limit = settings.IMPORT_MAX_BYTES // 1_000_000
    return HttpResponse(render_to_string("errors/413.html", {"limit": limit, "path": request.path}), status=413)
