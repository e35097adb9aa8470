"""Audit history whose event tables carry the same tenant policy as the rows they record."""

from collections.abc import Callable
from typing import Any

import pghistory
from django.db import models

from pipcycle.tenancy.models import tenant_policy


def track_history[ModelType: type[models.Model]](**options: Any) -> Callable[[ModelType], ModelType]:
    """Record every insert, update and delete of a tenant model in an append-only table under the tenant policy."""
    decorate: Callable[[ModelType], ModelType] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        meta={"constraints": [tenant_policy()]},
        **options,
    )
    return decorate
