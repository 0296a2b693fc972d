"""What leaves the house, and work that can wait: written in the transaction that caused it, leased, retried."""
