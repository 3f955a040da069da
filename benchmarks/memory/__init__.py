"""What a process that lives long holds on to."""
