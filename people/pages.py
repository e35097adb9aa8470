"""The pages of this room on the rail, and its results in the search."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from people.addresses import portal_url
from people.enums import EmployeeStatus, Role
from people.filters import EmployeeFilter, JobFilter
from people.models import Membership
from people.rules import can_import_people, is_hr_admin, is_manager
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_visible_to
from people.selectors.jobs import jobs_visible_to
from pipcycle.ui import navigation, screens, search

MOST_RESULTS = 8


def register_pages() -> None:
    """Register the rail's pages and the search provider of the room."""
    item, section = navigation.NavigationItem, navigation.Section
    for entry in (
        item(
            section=section.MY_WORK,
            label=_("My profile"),
            url_name="people:own_profile",
            visible=lambda member: employee_of(member) is not None,
            order=90,
        ),
        item(section=section.TEAM, label=_("My team"), url_name="people:team", visible=is_manager, order=10),
        item(
            section=section.ORGANIZATION,
            label=_("People"),
            url_name="people:employee_list",
            visible=lambda member: member.has_role(Role.HR_ADMIN, Role.HR_PARTNER),
            order=10,
        ),
        item(
            section=section.ORGANIZATION,
            label=_("Jobs"),
            url_name="people:job_list",
            visible=lambda member: member.has_role(Role.HR_ADMIN, Role.HR_PARTNER),
            order=20,
        ),
        item(
            section=section.ORGANIZATION,
            label=_("Import people"),
            url_name="people:import_list",
            visible=can_import_people,
            order=30,
        ),
        item(
            section=section.SETTINGS,
            label=_("Administration"),
            url_name="people:administration",
            visible=is_hr_admin,
            order=90,
        ),
    ):
        navigation.register(entry)
    search.register("people", find_people)
    search.register("jobs", find_jobs)
    jobs = f"{screens.PEOPLE}jobs/"
    screens.register(
        screens.Screen(name="jobs", path=jobs, roles=("hr", "manager")),
        screens.Screen(name="job", path=jobs, roles=("hr", "manager"), follow=(screens.FIRST_ROW,)),
        screens.Screen(
            name="job-change", path=jobs, roles=("hr",), follow=(screens.FIRST_ROW, 'main a[href$="/change/"]')
        ),
        screens.Screen(name="competencies", path=f"{screens.PEOPLE}competencies/", roles=("hr",)),
    )


def find_people(member: Membership, words: str) -> Iterable[search.SearchResult]:
    """Yield the people the member may look up in whom every word is found."""
    found = EmployeeFilter({"q": words}, queryset=employees_visible_to(member)).qs
    for employee in found.select_related("job_description", "department")[:MOST_RESULTS]:
        notes = [str(employee.job_description or ""), str(employee.department or "")]
        if employee.status != EmployeeStatus.ACTIVE:
            notes.append(employee.get_status_display())
        yield search.SearchResult(
            title=employee.full_name,
            url=portal_url(member.organization, "people:employee_detail", employee_id=employee.pk),
            note=" · ".join(note for note in notes if note),
            icon="user",
        )


def find_jobs(member: Membership, words: str) -> Iterable[search.SearchResult]:
    """Yield the jobs the member may read in whose name or responsibilities every word is found."""
    for job in JobFilter({"q": words}, queryset=jobs_visible_to(member)).qs[: search.PER_PROVIDER]:
        yield search.SearchResult(
            title=job.name,
            url=portal_url(member.organization, "people:job", job_id=job.pk),
            note=str(_("Job description")),
            icon="briefcase",
        )
