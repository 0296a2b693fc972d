"""Errors that a person can be told about.

Anything that goes wrong because of what came in is a :class:`HomeportError`; its text is one clear sentence
for the person at the screen. Everything else is a fault of ours and stays an ordinary exception.
"""


class HomeportError(Exception):
    """Bad input or a state that forbids the wish. ``str(error)`` is fit to be shown."""


class ContentError(HomeportError):
    """A packaged or supplied content file does not say what its kind must say."""
