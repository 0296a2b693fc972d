"""Readers: the bytes of a foreign file in, an instrument as it says it out. They write nothing."""
