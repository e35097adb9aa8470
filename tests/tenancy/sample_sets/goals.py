"""Addresses of goals."""

from tests.tenancy.world import Sample

SAMPLES: dict[str, Sample] = {}
