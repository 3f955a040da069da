"""Two things at the same moment: `python -m benchmarks races`."""
