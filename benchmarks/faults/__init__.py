"""Killed workers and connections and crashed databases under load: `python -m benchmarks faults`."""
