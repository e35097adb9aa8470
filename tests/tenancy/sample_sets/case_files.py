"""Addresses of case files and of bundles of evidence about Alice."""

from typing import Any

from documents.models import EvidenceBundle
from tests.tenancy.world import FORBIDDEN, MISSING, OK, Sample, World

READERS = {"alice": OK, "bob": OK, "carol": OK, "hana": OK, "adam": FORBIDDEN}
PROVERS = {"hana": OK, "alice": FORBIDDEN, "bob": FORBIDDEN, "carol": FORBIDDEN, "adam": FORBIDDEN}


def _employee(world: World) -> dict[str, Any]:
    return {"employee_id": world.employee.pk}


def _bundle(world: World) -> dict[str, Any]:
    return {"bundle_id": world.one(EvidenceBundle).pk}


SAMPLES: dict[str, Sample] = {
    "people:case_file": Sample(READERS, MISSING, _employee),
    "people:case_file_export": Sample(READERS, MISSING, _employee),
    "documents:evidence": Sample(PROVERS, MISSING, _employee),
    "documents:bundle": Sample({"hana": OK}, MISSING, _bundle),
    "documents:bundle_file": Sample({}, MISSING, _bundle),
}
