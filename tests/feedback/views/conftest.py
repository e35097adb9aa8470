"""Browsers of those who take part in check-ins, and the addresses they open."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from feedback.models import CheckIn, CheckInSeries
from tests.cast import Person
from tests.feedback.conftest import NEXT_WEEK

CHECK_INS = "/o/harbor/check-ins/"
HTMX = {"HX-Request": "true"}
At = Callable[[datetime.date], None]
ClientOf = Callable[[Person], Client]
IN_THREE_WEEKS = NEXT_WEEK + datetime.timedelta(weeks=2)


@pytest.fixture
def browse(stage: At, client_of: ClientOf) -> ClientOf:
    """Return a function that makes a browser in which the person is signed in."""
    return client_of


def page(of: CheckIn | CheckInSeries, name: str = "") -> str:
    """Return the address of a page of the check-in or the series."""
    root = of.get_absolute_url()
    return f"{root}{name}/" if name else root
