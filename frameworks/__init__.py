"""What boards are asked: frameworks, their versions and the words in them. Knows nothing of rounds or answers."""
