"""Homeport: software for attachment-based therapy."""

__version__ = "0.1.0"
