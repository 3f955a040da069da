"""The cover of a board paper, and which report is wanted."""
