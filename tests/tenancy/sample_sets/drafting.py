"""Addresses of the draft in its steps, of words kept beside it and of its preview."""

from typing import Any

from django_rls_tenants import tenant_context

from people.models import Membership
from pips.models import DraftAutosave
from tests.tenancy.world import FORBIDDEN, MISSING, OK, WRITE_ONLY, Sample, World

WRITES = {"bob": OK, "carol": OK, "hana": FORBIDDEN}


def _plan(world: World) -> dict[str, Any]:
    return {"plan_id": world.plan.pk}


def _step(world: World) -> dict[str, Any]:
    return {**_plan(world), "step": "frame"}


def _kept(world: World) -> dict[str, Any]:
    with tenant_context(world.organization.pk):
        writer = Membership.objects.get(employee=world.manager)
    kept = world.one(DraftAutosave, plan=world.plan, member=writer, step="frame", typed={"title": ["Half"]})
    return {**_plan(world), "kept_id": kept.pk}


SAMPLES: dict[str, Sample] = {
    "pips:plan_readiness": Sample({}, WRITE_ONLY, _plan),
    "pips:plan_step": Sample(WRITES, MISSING, _step),
    "pips:plan_kept_words": Sample({"bob": OK, "hana": FORBIDDEN}, MISSING, _kept),
    "pips:plan_preview": Sample(WRITES, MISSING, _plan),
    "pips:plan_preview_pdf": Sample(WRITES, MISSING, _plan),
}
