"""One page of a list."""

from collections.abc import Callable

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet


def page_of[ModelType: Model](
    rows: QuerySet[ModelType],
    *,
    number: str | int | None,
    size: int,
    load: Callable[[QuerySet[ModelType]], QuerySet[ModelType]],
) -> Page[ModelType]:
    """Return the page, the last one beyond the end. Rows are counted bare and ``load`` joins what the page shows."""
    page: Page[ModelType] = Paginator(rows, size).get_page(number)
    first = max(page.start_index() - 1, 0)
    page.object_list = list(load(rows)[first : page.end_index()])
    return page
