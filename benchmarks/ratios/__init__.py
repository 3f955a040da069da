"""CPU of ours against a floor, in turn, in one process: `python -m benchmarks ratios`."""
