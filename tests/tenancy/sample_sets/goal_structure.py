"""Addresses of cycles, objectives and templates."""

from tests.tenancy.world import Sample

SAMPLES: dict[str, Sample] = {}
