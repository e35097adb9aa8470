"""What this room gives to the rooms below: obligation kinds, pages, sections of the home page and of the profile."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metrics.charts.examples import gallery_charts
from metrics.rules import can_define_metrics, can_read_aggregates, receives_signals
from metrics.sections import home_signals, profile_signals, sees_signals_at_home, sees_signals_of
from metrics.selectors.definitions import targets_for_job
from metrics.selectors.people import figures_of, recent_values
from metrics.selectors.skills import skills_of
from metrics.services.signal_duties import Owed
from metrics.services.taking_back import readjust_for_leave
from metrics.timeline import timeline
from metrics.upload_registration import register_tokens, register_uploads
from people.addresses import portal_url
from people.models import Employee, JobDescription, Membership
from people.registry import (
    JobSection,
    ProfileSection,
    register_job_section,
    register_leave_observer,
    register_profile_section,
    register_timeline,
)
from people.rules import is_manager
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_followed_by
from pipcycle.ui import gallery, navigation, screens
from pipcycle.ui.screens import LIGHT, PHONE, Screen
from reminders.registry import HomeSection, ObligationKind, register_home_section, register_kind


def register() -> None:
    """Fill every registry; called once, when the application is ready."""
    _register_definitions()
    _register_charts()
    _register_figures()
    _register_skills()
    _register_people()
    _register_leave()
    _register_signals()
    register_uploads()
    register_tokens()
    register_timeline(timeline)


def _register_leave() -> None:
    register_leave_observer(lambda employee, _actor: readjust_for_leave(employee=employee))


def _register_charts() -> None:
    gallery.register(gallery.GalleryPart("gallery/_charts.html", gallery_charts))


def _register_people() -> None:
    navigation.register(
        navigation.NavigationItem(
            section=navigation.Section.MY_WORK,
            label=_("My figures"),
            url_name="metrics:own_figures",
            visible=lambda member: employee_of(member) is not None,
            order=30,
        )
    )
    register_profile_section(
        ProfileSection(
            key="figures",
            title=_("Figures"),
            template="metrics/people/_profile_figures.html",
            order=15,
            visible=follows,
            context=profile_context,
        )
    )
    me, team = f"{screens.PORTAL}/metrics/me/", f"{screens.PEOPLE}team/"
    person = (screens.FIRST_ROW, "main #figures p a")
    series = (*person, "main .figure-panel h2 a")
    screens.register(
        Screen(name="figures-me", path=me, roles=("employee",), looks=(*screens.USUAL, screens.PAPER)),
        Screen(
            name="figures-person",
            path=team,
            roles=("manager",),
            follow=person,
        ),
        Screen(
            name="figures-series",
            path=me,
            roles=("employee",),
            follow=("main .figure-panel h2 a",),
            looks=(*screens.USUAL, screens.PAPER),
        ),
        Screen(name="figures-value-new", path=team, roles=("manager",), follow=(*series, screens.step("new"))),
        Screen(
            name="figures-value-correct",
            path=screens.PEOPLE,
            roles=("hr",),
            follow=(*series, '#values tbody tr:first-child a[href*="-"]'),
        ),
    )


def follows(member: Membership, employee: Employee) -> bool:
    """Return whether the profile shows figures: to those who may read them."""
    return employees_followed_by(member).filter(pk=employee.pk).exists()


def profile_context(member: Membership, employee: Employee) -> dict[str, Any]:
    """Return the person's figures with a year of each as a small line."""
    today = timezone.localdate()
    figures = figures_of(employee, today=today)
    values = recent_values(figures, today=today)
    return {"rows": [(figure, values.get(figure.series.pk, [])) for figure in figures]}


def _register_definitions() -> None:
    navigation.register(
        navigation.NavigationItem(
            section=navigation.Section.ORGANIZATION,
            label=_("Metrics"),
            url_name="metrics:definition_list",
            visible=can_define_metrics,
            order=50,
        )
    )
    path = f"{screens.PORTAL}/metrics/definitions/"
    screens.register(
        Screen(name="metrics-definitions", path=path, roles=("hr",)),
        Screen(name="metrics-definition", path=path, roles=("hr",), follow=(screens.FIRST_ROW,)),
        Screen(name="metrics-definition-new", path=f"{path}new/", roles=("hr",), looks=(LIGHT, PHONE)),
        Screen(
            name="metrics-definition-change",
            path=path,
            roles=("hr",),
            follow=(screens.FIRST_ROW, screens.step("change")),
            looks=(LIGHT, PHONE),
        ),
        Screen(name="metrics-targets", path=path, roles=("hr",), follow=(screens.FIRST_ROW, screens.step("targets"))),
    )


def _register_figures() -> None:
    item, section = navigation.NavigationItem, navigation.Section
    navigation.register(
        item(section=section.TEAM, label=_("Team figures"), url_name="metrics:own_team", visible=is_manager, order=20)
    )
    navigation.register(
        item(
            section=section.ORGANIZATION,
            label=_("Figures"),
            url_name="metrics:organization",
            visible=can_read_aggregates,
            order=5,
        )
    )
    path = f"{screens.PORTAL}/metrics"
    screens.register(
        Screen(name="figures-team", path=f"{path}/teams/", roles=("manager",)),
        Screen(name="figures-team-everyone", path=f"{path}/teams/?level=everyone", roles=("manager",), looks=(LIGHT,)),
        Screen(name="figures-organization", path=f"{path}/organization/", roles=("executive", "hr")),
        Screen(
            name="figures-department",
            path=f"{path}/organization/",
            roles=("executive",),
            follow=('main tbody th a[href*="/departments/"]',),
        ),
    )


def _register_skills() -> None:
    navigation.register(
        navigation.NavigationItem(
            section=navigation.Section.TEAM,
            label=_("Team skills"),
            url_name="metrics:team_skills",
            visible=is_manager,
            order=30,
        )
    )
    register_profile_section(
        ProfileSection(
            key="skills",
            title=_("Skills"),
            template="metrics/skills/_profile.html",
            order=40,
            visible=lambda member, employee: employees_followed_by(member).filter(pk=employee.pk).exists(),
            context=_skills_on_profile,
        )
    )
    register_job_section(
        JobSection(
            key="targets",
            title=_("Targets of this job"),
            template="metrics/definitions/_job_targets.html",
            order=10,
            visible=lambda member, job: True,
            context=_targets_of_job,
        )
    )
    path = f"{screens.PORTAL}/metrics/skills/"
    screens.register(
        Screen(name="skills-team", path=path, roles=("manager",)),
        Screen(name="skills", path=path, roles=("manager",), follow=(screens.FIRST_ROW,)),
        Screen(
            name="skills-rating", path=path, roles=("manager",), follow=(screens.FIRST_ROW, 'main a[href$="/rating/"]')
        ),
    )


def _skills_on_profile(member: Membership, employee: Employee) -> dict[str, Any]:
    known = skills_of(employee)
    rated = [skill for skill in known if skill.ratings]
    gaps = sorted((skill for skill in rated if skill.gap.is_missing), key=lambda skill: -(skill.gap.levels or 0))
    return {"gaps": gaps[:3], "rated_count": len(rated), "skill_count": len(known)}


def _targets_of_job(member: Membership, job: JobDescription) -> dict[str, Any]:
    return {"targets": targets_for_job(job)}


def _register_signals() -> None:
    register_kind(
        ObligationKind(
            key=Owed.REVIEW,
            title=_("Signal"),
            action=_("Look at a signal"),
            url=lambda obligation: portal_url(obligation.organization, "metrics:signal", signal_id=obligation.about_id),
        )
    )
    register_home_section(
        HomeSection(
            key="signals",
            title=_("New signals"),
            template="metrics/signals/_home_signals.html",
            order=10,
            visible=sees_signals_at_home,
            context=home_signals,
        )
    )
    register_profile_section(
        ProfileSection(
            key="signals",
            title=_("Open signals"),
            template="metrics/signals/_profile_signals.html",
            order=16,
            visible=sees_signals_of,
            context=profile_signals,
        )
    )
    navigation.register(
        navigation.NavigationItem(
            section=navigation.Section.TEAM,
            label=_("Signals"),
            url_name="metrics:signal_list",
            visible=receives_signals,
            order=25,
        )
    )
    path = f"{screens.PORTAL}/metrics/signals/"
    first = (screens.FIRST_ROW,)
    screens.register(
        Screen(name="signals", path=path, roles=("manager", "hr")),
        Screen(name="signal", path=path, roles=("manager", "hr"), follow=first),
        Screen(
            name="signal-acknowledgement",
            path=path,
            roles=("manager",),
            follow=(*first, 'main a[href$="/acknowledgement/"]'),
        ),
        Screen(name="signal-shift", path=path, roles=("manager",), follow=(*first, 'main a[href$="/shift/"]')),
    )
