"""The agenda of a board's discussion."""
