"""What a report says: every word and figure as text, made from disclosed results."""
