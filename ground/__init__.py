"""What every app stands on and what knows none of them: docs/ARCHITECTURE.md says what is in it."""
