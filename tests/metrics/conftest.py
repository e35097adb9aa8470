"""Metrics of the cast's organization."""

import pytest

from metrics.enums import Direction
from metrics.models import Metric
from people.models import Organization
from tests.metrics.factories import MetricFactory


@pytest.fixture
def items(harbor_context: Organization) -> Metric:
    """Items done a week: more is better."""
    return MetricFactory.create(key="items", name="Items done", unit="items", target=20.0)


@pytest.fixture
def errors(harbor_context: Organization) -> Metric:
    """Errors a week: fewer is better."""
    return MetricFactory.create(key="errors", name="Errors", unit="", direction=Direction.LOWER)
