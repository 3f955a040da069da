"""Getting in and staying in: e-mailed codes, second factors, and how long a session lasts. allauth does the work."""
