"""Risk, violence screening, safety plans, crisis lines."""
