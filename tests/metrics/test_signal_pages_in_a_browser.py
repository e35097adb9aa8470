"""The pages of signals in a real browser: accessible, silent under the strict policy, no wider than a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_rls_tenants import tenant_context
from playwright.sync_api import Page

from metrics.models import Signal
from tests.cast import Person
from tests.metrics.factories import MetricFactory
from tests.metrics.signal_stage import drop_of
from tests.ui.axe import quiet_console, sideways_scroll, violations


@pytest.fixture
def signal(transactional_db: None, alice: Person) -> Signal:
    """Alice's open signal."""
    with tenant_context(alice.organization.pk):
        metric = MetricFactory.create(key="items", name="Items done", unit="items", target=20.0)
        return drop_of(alice.employee, metric)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["", "{signal}/", "{signal}/acknowledgement/", "{signal}/shift/"])
def test_a_page_of_signals_is_accessible_and_silent(
    path: str,
    width: int,
    signal: Signal,
    bob: Person,
    live_server: Any,
    page: Page,
    client_of: Callable[[Person], Client],
) -> None:
    session = client_of(bob).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": width, "height": 2400})  # nothing lies under the bottom bar
    with quiet_console(page):
        page.goto(f"{live_server.url}/o/harbor/metrics/signals/{path.format(signal=signal.pk)}")
        assert violations(page) == []
    assert sideways_scroll(page) == 0
