"""A value of Harbor, a teammate, and recognition given through the services."""

from collections.abc import Callable

import pytest

from feedback.models import OrganizationValue, Recognition
from feedback.services.recognition import give_recognition
from people.models import Organization
from tests.cast import Person, make_person

Praise = Callable[..., Recognition]


@pytest.fixture
def dora(harbor: Organization, bob: Person) -> Person:
    """A teammate of Alice's."""
    return make_person(harbor, "Dora", "Dale", manager=bob)


@pytest.fixture
def value(harbor_context: Organization) -> OrganizationValue:
    """What Harbor values."""
    return OrganizationValue.objects.create(name="Ask first", description="Ask the customer before answering.")


@pytest.fixture
def praise(value: OrganizationValue, dora: Person, alice: Person) -> Praise:
    """Return a function by which Dora, or another, recognizes Alice, or another."""

    def give(*, author: Person = dora, receiver: Person = alice, text: str = "You asked twice.") -> Recognition:
        return give_recognition(actor=author.member, receiver=receiver.employee, text=text, value=value)

    return give
