"""What a member takes away of their own answers."""
