"""What each address of this room shows."""
