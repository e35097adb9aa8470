"""Addresses of skill gaps."""

from tests.tenancy.world import Sample

SAMPLES: dict[str, Sample] = {}
