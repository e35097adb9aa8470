"""Addresses of the tokens of the API."""

from tests.tenancy.world import Sample

SAMPLES: dict[str, Sample] = {}
