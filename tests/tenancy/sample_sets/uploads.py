"""Addresses of uploads and batches of observations."""

from tests.tenancy.world import Sample

SAMPLES: dict[str, Sample] = {}
