"""What every app stands on and what knows none of them: rows that are only added, cells that are no formulas."""
