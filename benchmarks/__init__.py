"""Measurements against the limits of docs/performance.md: `python -m benchmarks`, or one module by name."""
