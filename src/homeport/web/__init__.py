"""The shell, the design system and the public pages."""
