"""What taking figures in adds to the rooms below: a kind of file, pages on the rail, pictures."""

from django.utils.translation import gettext_lazy as _

from metrics.rules import can_manage_observations, can_manage_tokens
from metrics.services.uploads import OBSERVATIONS
from people import import_kinds
from pipcycle.ui import navigation, screens
from pipcycle.ui.screens import LIGHT, PHONE, Screen, row_with, step


def register_uploads() -> None:
    """Let files of figures be imported; show uploads and batches to those who manage observations."""
    import_kinds.register(OBSERVATIONS)
    section, item = navigation.Section.ORGANIZATION, navigation.NavigationItem
    for label, url_name, order in (
        (_("Upload figures"), "metrics:upload_list", 60),
        (_("Batches of figures"), "metrics:batch_list", 65),
    ):
        navigation.register(
            item(section=section, label=label, url_name=url_name, visible=can_manage_observations, order=order)
        )
    uploads, batches = f"{screens.PORTAL}/metrics/uploads/", f"{screens.PORTAL}/metrics/batches/"
    checked, first = row_with("Checked"), (screens.FIRST_ROW,)
    screens.register(
        Screen(name="metrics-uploads", path=uploads, roles=("hr",)),
        Screen(name="metrics-upload-columns", path=uploads, roles=("hr",), follow=(row_with("Uploaded"),)),
        Screen(name="metrics-upload-check", path=uploads, roles=("hr",), follow=(checked,)),
        Screen(name="metrics-upload-apply", path=uploads, roles=("hr",), follow=(checked, step("application"))),
        Screen(name="metrics-upload-report", path=uploads, roles=("hr",), follow=(row_with("Applied"),)),
        Screen(name="metrics-batches", path=batches, roles=("hr",)),
        Screen(name="metrics-batch", path=batches, roles=("hr",), follow=first),
        Screen(name="metrics-batch-back", path=batches, roles=("hr",), follow=(*first, step("taking-back"))),
    )


def register_tokens() -> None:
    """Show the tokens of the API under the settings."""
    navigation.register(
        navigation.NavigationItem(
            section=navigation.Section.SETTINGS,
            label=_("API"),
            url_name="metrics:token_list",
            visible=can_manage_tokens,
            order=50,
        )
    )
    path = f"{screens.PORTAL}/metrics/tokens/"
    screens.register(
        Screen(name="api-tokens", path=path, roles=("admin",)),
        Screen(name="api-token-new", path=f"{path}new/", roles=("admin",), looks=(LIGHT, PHONE)),
        Screen(name="api-token-end", path=path, roles=("admin",), follow=(step("revocation"),), looks=(LIGHT, PHONE)),
        Screen(name="api-docs", path="/api/v1/docs", roles=(screens.NOBODY,)),
    )
