"""Sessions that took place, and their notes."""
