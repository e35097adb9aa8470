"""Benchmarks: figures as ratios within one run, one JSON line each (``make bench``)."""
