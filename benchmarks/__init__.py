"""What our code costs, as a ratio against a floor that is measured in the same run: `make bench`.

Absolute times move by a factor of two on a shared machine; ratios of interleaved rounds do not. Nothing here passes or
fails: it prints medians with their spread, for a person to compare with the goals in docs/PERFORMANCE.md.
"""
