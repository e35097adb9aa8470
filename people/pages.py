"""The pages of this room on the rail, and its results in the search."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from people import case_file
from people.addresses import portal_url
from people.enums import EmployeeStatus, Role
from people.filters import EmployeeFilter, JobFilter
from people.models import Membership
from people.registry import register_timeline
from people.rules import can_import_people, is_hr_admin, is_manager
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_visible_to
from people.selectors.jobs import jobs_visible_to
from pipcycle.ui import navigation, screens, search

MOST_RESULTS = 8


def register_pages() -> None:
    """Register the rail's pages, the search provider and the screens of the room."""
    for entry in _rail():
        navigation.register(entry)
    register_timeline(case_file.timeline)
    search.register("people", find_people)
    search.register("jobs", find_jobs)
    screens.register(*_screens())


def _rail() -> Iterator[navigation.NavigationItem]:
    item, section = navigation.NavigationItem, navigation.Section
    yield item(
        section=section.MY_WORK, label=_("My profile"), url_name="people:own_profile", visible=_is_employed, order=90
    )
    yield item(section=section.TEAM, label=_("My team"), url_name="people:team", visible=is_manager, order=10)
    organization = (
        (_("People"), "people:employee_list", _is_hr, 10),
        (_("Jobs"), "people:job_list", _is_hr, 20),
        (_("Import people"), "people:import_list", can_import_people, 30),
    )
    for label, url_name, visible, order in organization:
        yield item(section=section.ORGANIZATION, label=label, url_name=url_name, visible=visible, order=order)
    yield item(
        section=section.SETTINGS,
        label=_("Administration"),
        url_name="people:administration",
        visible=is_hr_admin,
        order=90,
    )


def _is_employed(member: Membership) -> bool:
    return employee_of(member) is not None


def _is_hr(member: Membership) -> bool:
    return member.has_role(Role.HR_ADMIN, Role.HR_PARTNER)


def _screens() -> Iterator[screens.Screen]:
    jobs, case_file_link = f"{screens.PEOPLE}jobs/", 'main a[href$="/case-file/"]'
    yield screens.Screen(name="jobs", path=jobs, roles=("hr", "manager"))
    yield screens.Screen(name="job", path=jobs, roles=("hr", "manager"), follow=(screens.FIRST_ROW,))
    yield screens.Screen(
        name="job-change", path=jobs, roles=("hr",), follow=(screens.FIRST_ROW, 'main a[href$="/change/"]')
    )
    yield screens.Screen(
        name="case-file",
        path=screens.PEOPLE,
        roles=("hr",),
        follow=(screens.FIRST_ROW, case_file_link),
        looks=(*screens.USUAL, screens.PAPER),
    )
    yield screens.Screen(
        name="case-file-own", path=f"{screens.PEOPLE}me/", roles=("employee",), follow=(case_file_link,)
    )
    yield screens.Screen(name="competencies", path=f"{screens.PEOPLE}competencies/", roles=("hr",))


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
