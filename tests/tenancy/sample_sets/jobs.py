"""Addresses of job descriptions."""

from tests.tenancy.world import Sample

SAMPLES: dict[str, Sample] = {}
