"""Lists remember how they were last filtered and sorted, for the session."""

from django.http import HttpRequest, HttpResponseRedirect

FORGET = "reset"


def remembered_query(request: HttpRequest, *, key: str) -> HttpResponseRedirect | None:
    """Keep the query of this request, or return a redirect to the query kept from an earlier one.

    ``key`` names the list, and belongs to one organization. A visit to ``?reset=1`` forgets the query.
    """
    kept = f"list:{key}"
    query = request.GET.copy()
    query.pop("page", None)
    if FORGET in query:
        request.session.pop(kept, None)
        return None
    if query:
        request.session[kept] = query.urlencode()
        return None
    remembered = request.session.get(kept)
    return HttpResponseRedirect(f"{request.path}?{remembered}") if remembered and not request.GET else None
