"""Addresses of the dashboards."""

from tests.tenancy.world import Sample

SAMPLES: dict[str, Sample] = {}
