"""How what was read is put before a person."""
