"""What every app stands on and what knows none of them: rows only added, triggers, cells that are no formulas."""
