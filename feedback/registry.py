"""What the rooms above give to this one: points to talk about in a check-in.

A higher room fills it in its ``AppConfig.ready``. A provider gets the member who reads and the employee the check-in is
about, and returns only what that member may see anyway, in a fixed number of queries.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from people.models import Employee, Membership

type Label = str | Promise


@dataclass(frozen=True, kw_only=True)
class TalkingPoint:
    """One thing worth talking about: ``title`` can be put on the agenda as it is, ``note`` says why it is here.

    ``kind`` is that of a status: ``warning`` for what goes wrong, ``success`` for what went well.
    """

    title: Label
    note: Label = ""
    url: str = ""
    kind: str = "neutral"


TalkingPointProvider = Callable[[Membership, Employee], Iterable[TalkingPoint]]

_providers: list[tuple[int, str, TalkingPointProvider]] = []


def register_talking_points(provider: TalkingPointProvider, *, order: int = 50) -> None:
    """Ask the provider for points; registering it again changes nothing but its place."""
    unregister_talking_points(provider)
    _providers.append((order, f"{provider.__module__}.{provider.__qualname__}", provider))
    _providers.sort(key=lambda entry: entry[:2])


def unregister_talking_points(provider: TalkingPointProvider) -> None:
    """Ask the provider no more."""
    _providers[:] = [entry for entry in _providers if entry[2] is not provider]


def talking_points(member: Membership, employee: Employee) -> Sequence[TalkingPoint]:
    """Return what there is to talk about, of every provider in order."""
    return [point for _order, _name, provider in _providers for point in provider(member, employee)]
