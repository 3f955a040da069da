"""Reads that shape rows into frozen dataclasses. `results` is the only door to what members answered together."""
