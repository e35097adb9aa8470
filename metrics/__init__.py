"""Metrics: definitions, observations, signals, charts and dashboards."""
