"""Tests that attack: random requests, other boards' identifiers, other sites' forms."""
