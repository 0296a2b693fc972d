"""An append-only record of writes and of readings. It takes an Actor value and has no foreign keys."""
