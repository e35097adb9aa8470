"""Bundles of evidence: what goes in, what is left out, how it is written and proven whole."""
