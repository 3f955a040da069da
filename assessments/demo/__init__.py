"""The demonstration's invented boards and what they answered. Everything goes through the ordinary actions."""
