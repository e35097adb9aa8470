"""What higher rooms add to the people room in their ``AppConfig.ready``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from people.models import Employee, JobDescription, Membership

LeaveObserver = Callable[[Employee, Membership | None], None]


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


_leave_observers: list[LeaveObserver] = []
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
