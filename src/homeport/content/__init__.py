"""Packaged clinical content and the loaders that check it: plain data, no Django, no database."""
