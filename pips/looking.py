"""Facts about a plan or an action that several gates and panels ask for: worked out once while somebody looks.

What the linter says and how peers fare cost the most of all a gate asks for. Inside ``one_look`` each is worked out
once, however many ask; outside, and in the next look, afresh. A look only reads.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.db.models import Model

_KNOWN = "known_in_this_look"


@contextmanager
def one_look(subject: Model) -> Iterator[None]:
    """Keep what is worked out about the subject until the block ends; a look inside another one is part of it."""
    if _KNOWN in subject.__dict__:
        yield
        return
    subject.__dict__[_KNOWN] = {}
    try:
        yield
    finally:
        del subject.__dict__[_KNOWN]


def once_a_look[Subject: Model, Fact](work: Callable[[Subject], Fact]) -> Callable[[Subject], Fact]:
    """Let the function be asked as often as one likes: within a look its answer is kept."""

    @wraps(work)
    def fact(subject: Subject) -> Fact:
        known: dict[Any, Any] | None = subject.__dict__.get(_KNOWN)
        if known is None:
            return work(subject)
        if work not in known:
            known[work] = work(subject)
        kept: Fact = known[work]
        return kept

    return fact
