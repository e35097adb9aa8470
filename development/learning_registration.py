"""What training and mentorship give to the rooms below: duties, the profile section, the case file, pictures."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from development.learning_enums import EnrolmentStatus
from development.learning_obligations import register_learning_kinds
from development.selectors.training import enrolments_of, enrolments_visible_to
from development.services.learning_upkeep import learner_left
from development.sharing import sees_development_of
from people.addresses import portal_url
from people.enums import TimelineKind
from people.models import Employee, Membership
from people.registry import (
    ProfileSection,
    TimelineEvent,
    register_departure_observer,
    register_profile_section,
    register_timeline,
)
from pipcycle.ui import screens
from pipcycle.ui.screens import LIGHT, PHONE, Screen

MOST_SHOWN = 5


def register_learning() -> None:
    """Fill the registries."""
    register_learning_kinds()
    register_departure_observer(learner_left)
    register_timeline(timeline)
    register_profile_section(
        ProfileSection(
            key="training",
            title=gettext_lazy("Training"),
            template="development/training/_profile.html",
            order=21,
            visible=sees_development_of,
            context=profile_context,
        )
    )
    _register_screens()


def timeline(
    member: Membership, employee: Employee, since: datetime.date | None, until: datetime.date | None
) -> Iterable[TimelineEvent]:
    """Yield the courses the employee has completed; one statement. Mentorships are between two people."""
    rows = enrolments_visible_to(member).filter(employee=employee, status=EnrolmentStatus.COMPLETED)
    for enrolment in rows.select_related("course"):
        if enrolment.completed_on is not None:
            yield TimelineEvent(
                at=enrolment.completed_on,
                room="development",
                kind=TimelineKind.DEVELOPMENT,
                title=Truncator(_("Course completed: %(name)s") % {"name": enrolment.course.name}).chars(200),
                url=portal_url(member.organization, "development:enrolment", enrolment_id=enrolment.pk),
                about=("development_enrolment", enrolment.pk),
            )


def profile_context(_member: Membership, employee: Employee) -> dict[str, Any]:
    """Return the employee's latest enrolments."""
    return {"enrolments": list(enrolments_of(employee)[:MOST_SHOWN])}


def _register_screens() -> None:
    root = f"{screens.PORTAL}/development/"
    a_course = 'main tbody a[href*="/training/courses/"]'
    screens.register(
        Screen(name="training", path=f"{root}training/", roles=("employee", "hr")),
        Screen(name="training-course", path=f"{root}training/", roles=("employee", "hr"), follow=(a_course,)),
        Screen(name="training-coverage", path=f"{root}training/coverage/", roles=("manager", "hr")),
        Screen(name="training-completions", path=f"{root}training/completions/", roles=("hr",), looks=(LIGHT, PHONE)),
        Screen(name="mentors", path=f"{root}mentors/", roles=("employee",)),
        Screen(name="mentor-profile", path=f"{root}mentors/profile/", roles=("employee",), looks=(LIGHT, PHONE)),
        Screen(name="mentorships", path=f"{root}mentors/overview/", roles=("hr",), looks=(LIGHT, PHONE)),
    )
