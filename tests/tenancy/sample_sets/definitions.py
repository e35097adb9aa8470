"""Addresses of the definitions of metrics."""

from tests.tenancy.world import Sample

SAMPLES: dict[str, Sample] = {}
