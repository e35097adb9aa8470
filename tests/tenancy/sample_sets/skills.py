"""Addresses of skill gaps and of the coach."""

from tests.tenancy.world import WRITE_ONLY, Sample

SAMPLES: dict[str, Sample] = {
    "goals:coach": Sample({}, WRITE_ONLY),
}
