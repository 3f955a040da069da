"""What every app stands on and what knows none of them: rows only added, triggers, cells, methods that pages answer."""
