"""Whether one appears in recognition; what the organization values; whether every team has a wall."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback import recognition_rules as rules
from feedback.forms.recognition import ValueForm
from feedback.models import OrganizationValue
from feedback.selectors.recognition import is_opted_out, walls_open_for_all
from feedback.services.recognition import save_value, set_opted_out, set_walls_open_for_all
from feedback.views.note_steps import press
from people.addresses import portal_url
from people.asking import ask, handed_in
from people.http import TenantRequest
from people.selectors.accounts import employee_of


@require_http_methods(["GET", "HEAD", "POST"])
def appearing(request: TenantRequest) -> HttpResponse:
    """Choose whether one appears in recognition."""
    own = employee_of(request.member)
    if own is None:
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "feedback/recognition_appearing.html", {"is_out": is_opted_out(own)})
    is_out = request.POST.get("turn") == "off"

    def act() -> str:
        set_opted_out(actor=request.member, is_opted_out=is_out)
        return _("You no longer appear in recognition.") if is_out else _("You appear in recognition again.")

    return press(request, act=act, back=portal_url(request.organization, "feedback:appearing"))


@require_safe
def value_list(request: TenantRequest) -> HttpResponse:
    """Show what the organization values, to who defines it."""
    _require_definer(request)
    context = {"values": list(OrganizationValue.objects.all()), "walls_open": walls_open_for_all()}
    return render(request, "feedback/value_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def value_new(request: TenantRequest) -> HttpResponse:
    """Write a new value."""
    _require_definer(request)
    initial = {"position": OrganizationValue.objects.count() + 1}
    return _value_page(request, ValueForm(handed_in(request), initial=initial), value=None)


@require_http_methods(["GET", "HEAD", "POST"])
def value_change(request: TenantRequest, value_id: int) -> HttpResponse:
    """Change a value, or offer it no longer."""
    _require_definer(request)
    value = get_object_or_404(OrganizationValue, pk=value_id)
    initial = {name: getattr(value, name) for name in ("name", "description", "position", "is_retired")}
    return _value_page(request, ValueForm(handed_in(request), initial=initial), value=value)


@require_POST
def walls_for_all(request: TenantRequest) -> HttpResponse:
    """Give every team a wall, or leave it to the managers."""
    _require_definer(request)
    is_open = request.POST.get("turn") == "on"

    def act() -> str:
        set_walls_open_for_all(actor=request.member, is_open=is_open)
        return _("Every team has a wall unless its manager closes it.") if is_open else _("Each manager decides now.")

    return press(request, act=act, back=portal_url(request.organization, "feedback:value_list"))


def _value_page(request: TenantRequest, form: ValueForm, *, value: OrganizationValue | None) -> HttpResponse:
    def act() -> str:
        words = form.cleaned_data
        save_value(
            actor=request.member,
            value=value,
            name=words["name"],
            description=words["description"],
            position=words["position"],
            is_retired=words["is_retired"],
        )
        return portal_url(request.organization, "feedback:value_list")

    done = _("The value is saved.")
    return ask(request, form, act=act, done=done, template="feedback/value_form.html", context={"value": value})


def _require_definer(request: TenantRequest) -> None:
    if not rules.can_define_values(request.member):
        raise PermissionDenied
