"""Benchmarks: engines side by side on the same rules and contexts; `python -m tests.bench`."""
