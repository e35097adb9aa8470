"""What this room adds to the rooms below it: its pages in the rail and among the pictures."""

from django.utils.translation import gettext_lazy as _

from documents.evidence.registration import register_evidence
from documents.rules import can_see_form_templates
from pipcycle.ui import navigation, screens


def register() -> None:
    """Fill the registries; called once, when the application is ready."""
    register_evidence()
    navigation.register(
        navigation.NavigationItem(
            section=navigation.Section.SETTINGS,
            label=_("Templates of forms"),
            url_name="documents:template_list",
            visible=can_see_form_templates,
            order=25,
        )
    )
    templates = f"{screens.PORTAL}/documents/templates/"
    roles = ("hr", "admin")
    screens.register(
        screens.Screen(name="templates", path=templates, roles=roles),
        screens.Screen(name="template", path=templates, roles=roles, follow=(screens.FIRST_ROW,)),
        screens.Screen(
            name="template-draft", path=templates, roles=("hr",), follow=(screens.FIRST_ROW, screens.step("draft"))
        ),
        screens.Screen(
            name="template-draft-sections",
            path=templates,
            roles=("hr",),
            follow=(screens.row_with("Disciplinary action"), screens.step("draft")),
        ),
    )
