"""What feedback notes and recognition give to the rooms below: pages, sections, a kind of obligation, pictures."""

from django.utils.translation import gettext_lazy as _

from feedback import note_sharing
from feedback.note_obligations import register_note_obligations
from feedback.recognition_rules import can_define_values, can_recognize
from feedback.registry import register_talking_points
from feedback.views.note_lists import has_feedback
from goals.registry import GoalLink, register_goal_link
from people.registry import ProfileSection, register_profile_section
from pipcycle.ui import navigation, screens
from pipcycle.ui.screens import LIGHT, PHONE, Screen
from reminders.registry import HomeSection, register_home_section


def register_notes() -> None:
    """Fill the registries."""
    register_note_obligations()
    register_talking_points(note_sharing.feedback_to_talk_about, order=30)
    register_talking_points(note_sharing.recognition_to_talk_about, order=40)
    _register_pages()
    _register_sections()
    register_goal_link(
        GoalLink(
            key="ask_for_feedback",
            label=_("Ask for feedback on it"),
            visible=note_sharing.may_ask_about_goal,
            address=note_sharing.asking_about_goal,
        )
    )
    _register_screens()


def _register_pages() -> None:
    item, section = navigation.NavigationItem, navigation.Section
    for entry in (
        item(
            section=section.MY_WORK, label=_("Feedback"), url_name="feedback:note_list", visible=has_feedback, order=25
        ),
        item(
            section=section.TEAM,
            label=_("Recognition"),
            url_name="feedback:recognition_home",
            visible=can_recognize,
            order=40,
        ),
        item(
            section=section.SETTINGS,
            label=_("Values"),
            url_name="feedback:value_list",
            visible=can_define_values,
            order=20,
        ),
    ):
        navigation.register(entry)


def _register_sections() -> None:
    register_home_section(
        HomeSection(
            key="feedback",
            title=_("Feedback and recognition"),
            template="feedback/_home_feedback.html",
            order=20,
            visible=note_sharing.has_news,
            context=note_sharing.home_context,
        )
    )
    register_profile_section(
        ProfileSection(
            key="feedback",
            title=_("Feedback"),
            template="feedback/_profile_notes.html",
            order=30,
            visible=note_sharing.sees_notes_of,
            context=note_sharing.notes_context,
        )
    )
    register_profile_section(
        ProfileSection(
            key="recognition",
            title=_("Recognition"),
            template="feedback/_profile_recognition.html",
            order=31,
            visible=note_sharing.sees_recognition_of,
            context=note_sharing.recognition_context,
        )
    )


def _register_screens() -> None:
    feedback, praise = f"{screens.PORTAL}/feedback/", f"{screens.PORTAL}/recognition/"
    first_note = (screens.FIRST_ROW,)
    screens.register(
        Screen(name="feedback", path=feedback, roles=("employee", "manager")),
        Screen(name="feedback-given", path=f"{feedback}?tab=given", roles=("manager",), looks=(LIGHT, PHONE)),
        Screen(name="feedback-asked", path=f"{feedback}?tab=asked", roles=("employee", "manager")),
        Screen(name="feedback-people", path=f"{feedback}?tab=people", roles=("manager", "hr"), looks=(LIGHT, PHONE)),
        Screen(name="feedback-note", path=f"{feedback}?tab=received", roles=("employee",), follow=first_note),
        Screen(name="feedback-give", path=f"{feedback}give/", roles=("employee",), looks=(LIGHT, PHONE)),
        Screen(name="feedback-ask", path=f"{feedback}ask/", roles=("manager",)),
        Screen(name="recognition", path=praise, roles=("employee", "manager")),
        Screen(name="recognition-appearing", path=f"{praise}appearing/", roles=("employee",), looks=(LIGHT, PHONE)),
        Screen(name="values", path=f"{praise}values/", roles=("admin",)),
    )
