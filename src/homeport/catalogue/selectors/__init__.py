"""Every reading of this room that a page needs."""
