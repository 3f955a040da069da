"""Members at their sittings against a real server: `python -m benchmarks load`."""
