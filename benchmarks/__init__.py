"""What our code costs and what it withstands, each against a floor or a control in the same run: docs/PERFORMANCE.md.

Absolute times move by a factor of two on a shared machine; ratios of interleaved rounds do not. `python -m benchmarks
PART` prints one line a finding and fails when a goal is missed. Parts:

- ratios: CPU of a save, a page, a report against the least that would do the same
- load: 250 and 1,000 members at once against the server that the portal runs on
- faults: killed workers and connections and crashed databases under that load; no acknowledged answer may be lost
- races: two things at the same moment, a thousand times, and the same without the protection
"""
