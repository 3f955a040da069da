"""What another board of the system released, beside ours: trust and ICS, theme by theme (product rule §6)."""
