"""The employee downloads everything about their plan."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from people.http import TenantRequest
from people.services.audit import record_access
from pipcycle.exports import file_response
from pips.export import export_of
from pips.obligations import About
from pips.rules_voice import can_export_own
from pips.selectors.plans import plan_for


@require_safe
def own_export(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Hand over one ZIP; the download is on the record (rule 21)."""
    plan = plan_for(request.member, plan_id)
    if not can_export_own(request.member, plan):
        raise PermissionDenied
    record_access(member=request.member, about_type=About.PLAN, about_id=plan.pk, action="export")
    name = f"{slugify(plan.title) or 'plan'}-{plan.pk}.zip"
    return file_response(filename=name, content_type="application/zip", content=export_of(plan, request.member))
