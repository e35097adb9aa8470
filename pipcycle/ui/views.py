"""The search page and the gallery of components."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pipcycle.ui.gallery import gallery_context
from pipcycle.ui.search import search_everything


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what the member may see for the words in ``q``; htmx gets the results alone."""
    query = request.GET.get("q", "")[:200]
    results = search_everything(
        member=request.member,  # type: ignore[attr-defined]  # set by the tenant middleware
        organization_slug=request.organization.slug,  # type: ignore[attr-defined]  # likewise
        query=query,
    )
    is_partial = request.headers.get("HX-Target") == "palette-results"
    template = "search/search.html#results" if is_partial else "search/search.html"
    return render(request, template, {"query": query, "results": results})


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in all its states."""
    return render(request, "gallery/gallery.html", gallery_context())
