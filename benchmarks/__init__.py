"""Timings against public peers: `python -m benchmarks`."""
