"""What pages show, put together from what queries found: words and the parameters of components, no decisions."""
