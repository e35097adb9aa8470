"""Addresses of signals."""

from tests.tenancy.world import Sample

SAMPLES: dict[str, Sample] = {}
