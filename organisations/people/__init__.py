"""Managing the people on a board: reading a list of them, working out what it would do, and the lead's forms."""
