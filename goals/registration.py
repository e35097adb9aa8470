"""What this room gives to the rooms below: obligation kinds, pages, sections of the home page and of the profile."""

from django.utils.translation import gettext_lazy as _

from goals import sharing
from goals.obligations import register_obligation_kinds
from goals.services.following import follow_metrics
from goals.services.rhythm import leaves_changed
from goals.starters import starters
from goals.structure_registration import register_structure
from goals.timeline import timeline
from metrics.registry import (
    register_chart_marks,
    register_series_observer,
    register_support_starter,
    register_team_facts,
)
from people.registry import ProfileSection, register_leave_observer, register_profile_section, register_timeline
from pipcycle.ui import screens
from pipcycle.ui.screens import LIGHT, PHONE, Screen, row_with, step
from reminders.registry import HomeSection, register_home_section


def register() -> None:
    """Fill every registry; called once, when the application is ready."""
    register_structure()
    _register_goals()
    register_timeline(timeline)
    _register_screens()


def _register_goals() -> None:
    register_obligation_kinds()
    register_leave_observer(leaves_changed)
    register_series_observer(follow_metrics)
    register_chart_marks(sharing.chart_marks)
    register_team_facts(sharing.team_columns)
    for starter in starters():
        register_support_starter(starter)
    register_home_section(
        HomeSection(
            key="goals",
            title=_("My goals"),
            template="goals/_home_goals.html",
            order=10,
            visible=sharing.has_running_goals,
            context=sharing.home_context,
        )
    )
    register_profile_section(
        ProfileSection(
            key="goals",
            title=_("Goals"),
            template="goals/_profile_goals.html",
            order=10,
            visible=sharing.sees_goals_of,
            context=sharing.profile_context,
        )
    )


def _register_screens() -> None:
    path = f"{screens.PORTAL}/goals/"
    measured, changed = row_with("Bring the error rate"), row_with("195 items")
    proposed = row_with("Proposed")
    screens.register(
        Screen(name="goal", path=path, roles=("employee", "manager", "hr"), follow=(measured,)),
        Screen(name="goal-change-waits", path=path, roles=("employee", "manager"), follow=(changed,)),
        Screen(name="goal-new", path=f"{path}new/", roles=("employee", "manager")),
        Screen(name="goal-proposed", path=path, roles=("employee",), follow=(proposed,), looks=(LIGHT, PHONE)),
        Screen(name="goal-answer", path=path, roles=("employee",), follow=(proposed, step("answer"))),
        Screen(name="goal-update", path=path, roles=("employee",), follow=(measured, step("update"))),
        Screen(name="goal-revision", path=path, roles=("employee",), follow=(measured, step("revision"))),
        Screen(
            name="goal-words", path=path, roles=("employee",), follow=(measured, step("words")), looks=(LIGHT, PHONE)
        ),
        Screen(name="goal-completion", path=path, roles=("manager",), follow=(measured, step("completion"))),
        Screen(name="goal-given-up", path=path, roles=("manager",), follow=(measured, step("cancellation"))),
        Screen(name="goal-feedback", path=path, roles=("manager",), follow=(measured, step("feedback"))),
        Screen(
            name="goal-completed",
            path=f"{path}?status=completed",
            roles=("employee",),
            follow=(screens.FIRST_ROW,),
            looks=(LIGHT, PHONE),
        ),
    )
