"""What the rooms above give to this one: ways to start support, listeners, facts of a team, marks on a chart."""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from metrics.models import Signal
from people.models import Competency, Employee, Membership

TeamFactProvider = Callable[[Collection[int]], Sequence["TeamColumn"]]
"""Gets the ids of the employees of a team page and returns its columns, in a fixed number of queries."""
OrganizationFactProvider = Callable[[], Sequence["OrganizationFact"]]
"""Returns facts about the organization as a whole, in a fixed number of statements."""
SeriesObserver = Callable[[Collection[int]], None]
"""Gets the ids of the series whose values have changed, in the transaction of the change."""


@dataclass(frozen=True)
class ChartMark:
    """What somebody has agreed to reach in a metric, drawn into the chart from one day to another."""

    label: str
    value: float
    starts_on: datetime.date
    ends_on: datetime.date
    url: str = ""


ChartMarks = Callable[[int, Collection[int]], Mapping[int, Sequence[ChartMark]]]
"""Gets an employee's id and the ids of metrics; returns the marks by metric, from a constant number of queries."""


@dataclass(frozen=True, kw_only=True)
class SupportStarter:
    """One way to answer a signal with support: a goal, a development action, a plan.

    ``url`` returns the path of a page that starts it, prefilled from the signal; the service that saves it calls
    ``metrics.services.signals.start_support`` with this ``key``. ``address`` returns the path of what was started.
    """

    key: str
    label: str | Promise
    explanation: str | Promise
    order: int
    visible: Callable[[Membership, Signal], bool]
    url: Callable[[Signal], str]
    address: Callable[[Signal], str]


@dataclass(frozen=True, kw_only=True)
class TeamFact:
    """What a column of the team page says about one person: ``value`` in a word or a figure, ``note`` under it.

    ``kind`` is that of a status (``warning`` for what is late) or empty for a plain figure.
    """

    value: str | Promise
    note: str | Promise = ""
    url: str = ""
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class TeamColumn:
    """A column of the team page that another room fills; without any fact it is not shown."""

    key: str
    title: str | Promise
    facts: Mapping[int, TeamFact]


@dataclass(frozen=True, kw_only=True)
class OrganizationFact:
    """A figure of the organization beside its metrics: how many goals serve no objective, say. It names nobody."""

    label: str | Promise
    value: str | Promise
    note: str | Promise = ""


@dataclass(frozen=True, kw_only=True)
class SkillAction:
    """One way to close a skill gap: a development goal, a training. ``url`` leads to the page that starts it."""

    key: str
    label: str | Promise
    order: int
    visible: Callable[[Membership, Employee], bool]
    url: Callable[[Employee, Competency], str]


_starters: dict[str, SupportStarter] = {}
_skill_actions: dict[str, SkillAction] = {}
_team_facts: list[TeamFactProvider] = []
_organization_facts: list[OrganizationFactProvider] = []
_observers: list[SeriesObserver] = []
_marks: list[ChartMarks] = []


def register_support_starter(starter: SupportStarter) -> None:
    """Offer a way to start support on the page of a signal; registering the same key again replaces it."""
    _starters[starter.key] = starter


def support_starters(member: Membership, signal: Signal) -> Sequence[SupportStarter]:
    """Return the ways the member may start support from the signal, in order."""
    visible = [starter for starter in _starters.values() if starter.visible(member, signal)]
    return sorted(visible, key=lambda starter: (starter.order, starter.key))


def support_starter(key: str) -> SupportStarter | None:
    """Return the way to start support of that key."""
    return _starters.get(key)


def register_series_observer(observer: SeriesObserver) -> None:
    """Call ``observer(series_ids)`` whenever values of series have changed."""
    if observer not in _observers:
        _observers.append(observer)


def tell_series_observers(series_ids: Collection[int]) -> None:
    """Tell every observer that the values of the series have changed."""
    for observer in _observers:
        observer(series_ids)


def register_team_facts(provider: TeamFactProvider) -> None:
    """Show what ``provider(employee_ids)`` returns beside the figures of a team: goals, check-ins.

    The page shows only people whose figures the reader may read; a provider decides no access of its own.
    """
    if provider not in _team_facts:
        _team_facts.append(provider)


def team_columns(employee_ids: Collection[int]) -> list[TeamColumn]:
    """Return every column another room has something to say in, in the order of registration."""
    columns = [column for provider in _team_facts for column in provider(employee_ids)]
    return [column for column in columns if column.facts]


def register_chart_marks(provider: ChartMarks) -> None:
    """Draw what ``provider(employee_id, metric_ids)`` returns into the charts of a person."""
    if provider not in _marks:
        _marks.append(provider)


def chart_marks(employee_id: int, metric_ids: Collection[int]) -> dict[int, list[ChartMark]]:
    """Return the marks of a person's charts by metric."""
    marks: dict[int, list[ChartMark]] = {metric_id: [] for metric_id in metric_ids}
    for provider in _marks:
        for metric_id, given in provider(employee_id, metric_ids).items():
            marks.setdefault(metric_id, []).extend(given)
    return marks


def register_organization_facts(provider: OrganizationFactProvider) -> None:
    """Show what ``provider()`` returns on the organization's page. It says nothing about fewer than five people."""
    if provider not in _organization_facts:
        _organization_facts.append(provider)


def organization_facts() -> list[OrganizationFact]:
    """Return every fact of the other rooms about the organization, in the order of registration."""
    return [fact for provider in _organization_facts for fact in provider()]


def register_skill_action(action: SkillAction) -> None:
    """Offer a way to close a skill gap; registering the same key again replaces it."""
    _skill_actions[action.key] = action


def skill_actions(member: Membership, employee: Employee) -> Sequence[SkillAction]:
    """Return the ways in which the member may close a gap of the employee, in order."""
    visible = [action for action in _skill_actions.values() if action.visible(member, employee)]
    return sorted(visible, key=lambda action: (action.order, action.key))
