"""What people fill in about times, places and what can be booked."""
