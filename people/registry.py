"""What higher rooms add to the people room in their ``AppConfig.ready``."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from people.enums import TimelineKind
from people.models import Employee, JobDescription, Membership

LeaveObserver = Callable[[Employee, Membership | None], None]
ProtectedObserver = Callable[[Employee, Membership | None], None]
DepartureObserver = Callable[[Employee, Membership | None], None]


@dataclass(frozen=True, kw_only=True)
class ProfileSection:
    """A part of an employee's profile: shown if ``visible``, its template gets what ``context`` returns.

    ``context`` receives the member who looks and the employee looked at.
    """

    key: str
    title: str | Promise
    template: str
    order: int
    visible: Callable[[Membership, Employee], bool]
    context: Callable[[Membership, Employee], dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class JobSection:
    """A part of the page of a job, like that of a profile: shown if ``visible``, filled by ``context``."""

    key: str
    title: str | Promise
    template: str
    order: int
    visible: Callable[[Membership, JobDescription], bool]
    context: Callable[[Membership, JobDescription], dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class TimelineEvent:
    """One entry of a case file: when, what kind, what, in which words, by whom, and the page that tells more.

    ``about`` names the thing it belongs to (a plan, an action), so that evidence on one thing can be told apart.
    ``is_privileged``: for HR's eyes; a page HR reads may show it, evidence that leaves the house only counts it.
    ``is_personal``: read for a part of one's own in it (its author, one of two who met), never for an office in HR;
    evidence only counts it likewise.
    """

    at: datetime.datetime | datetime.date
    room: str
    kind: TimelineKind
    title: str
    body: str = ""
    by: str = ""
    url: str = ""
    tone: str = ""
    about: tuple[str, int] | None = None
    is_privileged: bool = False
    is_personal: bool = False

    @property
    def moment(self) -> datetime.datetime:
        """Return when it was as a moment; a day without a time counts from its midnight."""
        if isinstance(self.at, datetime.datetime):
            return self.at
        return timezone.make_aware(datetime.datetime.combine(self.at, datetime.time()))

    @property
    def day(self) -> datetime.date:
        """Return the day it was, for the reader."""
        return timezone.localtime(self.at).date() if isinstance(self.at, datetime.datetime) else self.at


@dataclass(frozen=True, kw_only=True)
class CaseFileAction:
    """Something a higher room lets a reader do from a case file; ``url_name`` takes ``employee_id``."""

    label: str | Promise
    icon: str
    url_name: str
    visible: Callable[[Membership, Employee], bool]


@dataclass(frozen=True, kw_only=True)
class GuestPage:
    """A page somebody from outside was asked to read."""

    title: str
    url: str


#: Gets the guest; returns what they may read today.
GuestPageProvider = Callable[[Membership], Iterable[GuestPage]]

#: Gets the reader, the employee, and the first and last day asked for (None: no limit); a provider applies the rules of
#: its own room, makes a fixed number of statements, and may return more days than asked.
TimelineProvider = Callable[[Membership, Employee, datetime.date | None, datetime.date | None], Iterable[TimelineEvent]]

_case_file_actions: dict[str, CaseFileAction] = {}
_timeline_providers: list[TimelineProvider] = []
_guest_page_providers: list[GuestPageProvider] = []
_leave_observers: list[LeaveObserver] = []
_protected_observers: list[ProtectedObserver] = []
_departure_observers: list[DepartureObserver] = []
_profile_sections: dict[str, ProfileSection] = {}
_job_sections: dict[str, JobSection] = {}


def register_leave_observer(observer: LeaveObserver) -> None:
    """Call ``observer(employee, actor)`` in the transaction of each leave recorded, changed or withdrawn."""
    if observer not in _leave_observers:
        _leave_observers.append(observer)


def tell_leave_observers(employee: Employee, actor: Membership | None) -> None:
    """Tell every observer that the leaves of the employee have changed."""
    for observer in _leave_observers:
        observer(employee, actor)


def register_protected_observer(observer: ProtectedObserver) -> None:
    """Call ``observer(employee, actor)`` in the transaction of each protected activity that HR records (rule 4)."""
    if observer not in _protected_observers:
        _protected_observers.append(observer)


def tell_protected_observers(employee: Employee, actor: Membership | None) -> None:
    """Tell every observer that a protected activity of the employee was recorded."""
    for observer in _protected_observers:
        observer(employee, actor)


def register_departure_observer(observer: DepartureObserver) -> None:
    """Call ``observer(employee, actor)`` in the transaction in which an employment ends.

    An import that ends many at once calls nobody: whoever observes also looks at its own rows from time to time.
    """
    if observer not in _departure_observers:
        _departure_observers.append(observer)


def tell_departure_observers(employee: Employee, actor: Membership | None) -> None:
    """Tell every observer that the employment of the employee has ended."""
    for observer in _departure_observers:
        observer(employee, actor)


def register_profile_section(section: ProfileSection) -> None:
    """Show a section on each profile; registering the same key again replaces it."""
    _profile_sections[section.key] = section


def profile_sections(member: Membership, employee: Employee) -> list[ProfileSection]:
    """Return the sections the member may see on the employee's profile, in order."""
    visible = [section for section in _profile_sections.values() if section.visible(member, employee)]
    return sorted(visible, key=lambda section: (section.order, section.key))


def register_job_section(section: JobSection) -> None:
    """Show a section on the page of each job; registering the same key again replaces it."""
    _job_sections[section.key] = section


def job_sections(member: Membership, job: JobDescription) -> list[JobSection]:
    """Return the sections the member may see on the job's page, in order."""
    visible = [section for section in _job_sections.values() if section.visible(member, job)]
    return sorted(visible, key=lambda section: (section.order, section.key))


def register_timeline(provider: TimelineProvider) -> None:
    """Add what a room tells of an employee to their case file."""
    if provider not in _timeline_providers:
        _timeline_providers.append(provider)


def timeline_providers() -> list[TimelineProvider]:
    """Return what every room tells of an employee."""
    return list(_timeline_providers)


def register_guest_pages(provider: GuestPageProvider) -> None:
    """Add what a guest may read of a room to the page they land on."""
    if provider not in _guest_page_providers:
        _guest_page_providers.append(provider)


def guest_pages(member: Membership) -> list[GuestPage]:
    """Return everything the guest may read today."""
    return [page for provider in _guest_page_providers for page in provider(member)]


def register_case_file_action(action: CaseFileAction) -> None:
    """Offer something on each case file; registering the same address again replaces it."""
    _case_file_actions[action.url_name] = action


def case_file_actions(member: Membership, employee: Employee) -> list[CaseFileAction]:
    """Return what the reader may do from the employee's case file."""
    return [action for action in _case_file_actions.values() if action.visible(member, employee)]
