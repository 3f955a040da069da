"""Documents as PDF, drawn by the worker."""
