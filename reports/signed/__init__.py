"""Reports that were signed off: kept, numbered, and told from others."""
