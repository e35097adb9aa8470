"""Refusals: what the domain refuses, with what to do next, and what somebody may not do at all."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


class DomainError(Exception):
    """A step the domain refuses; the message says what to do next and is shown on the page.

    ``rule`` is the number of the rule of the domain that refuses, where there is one.
    """

    def __init__(self, message: str | Promise, rule: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.rule = rule

    def __str__(self) -> str:
        return str(self.message)


def require(allowed: bool) -> None:  # noqa: FBT001  # reads as a sentence
    """Raise PermissionDenied unless allowed."""
    if not allowed:
        raise PermissionDenied
