"""What every room stands on: the clock, randomness, ids and errors."""
