"""What this room gives to the rooms below: obligation kinds, pages, sections of the home page and of the profile."""

from django.utils.translation import gettext_lazy as _

from goals import sharing
from goals.obligations import register_obligation_kinds
from goals.services.following import follow_metrics
from goals.services.rhythm import leaves_changed
from goals.starters import starters
from goals.structure_registration import register_structure
from metrics.registry import (
    register_chart_marks,
    register_series_observer,
    register_skill_action,
    register_support_starter,
    register_team_facts,
)
from people.registry import ProfileSection, register_leave_observer, register_profile_section
from reminders.registry import HomeSection, register_home_section


def register() -> None:
    """Fill every registry; called once, when the application is ready."""
    register_structure()
    _register_goals()


def _register_goals() -> None:
    register_obligation_kinds()
    register_leave_observer(leaves_changed)
    register_series_observer(follow_metrics)
    register_chart_marks(sharing.chart_marks)
    register_team_facts(sharing.team_columns)
    register_skill_action(sharing.skill_action())
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
