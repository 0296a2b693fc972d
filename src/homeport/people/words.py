"""What a practice calls things. Three of our words can be its own: client, session and plan."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from homeport.people.errors import Unfit

# Our own word: for one, and for many.
OURS = {
    "client": (gettext_noop("client"), gettext_noop("clients")),
    "session": (gettext_noop("session"), gettext_noop("sessions")),
    "plan": (gettext_noop("plan"), gettext_noop("plans")),
}
LONGEST = 30


def word(name: str, renamed: Mapping[str, Any], *, many: bool = False) -> str:
    """What is said for our word ``name`` where a practice has ``renamed`` some. Raises ``KeyError`` for none of ours."""
    ours = OURS[name][many]
    own = renamed.get(name)
    return str(own[many]) if own else _(ours)


def check_words(renamed: Mapping[str, Any]) -> None:
    """Raise ``Unfit`` unless each word of ours has one of the practice's own for one and for many."""
    for name, forms in renamed.items():
        if name not in OURS:
            raise Unfit("words", _("Only the words for client, session and plan can be renamed."))
        if not isinstance(forms, (list, tuple)) or len(forms) != 2 or not all(map(_is_word, forms)):
            raise Unfit(name, _("Write your own word for one and for many, each in at most 30 letters."))


def _is_word(form: object) -> bool:
    return isinstance(form, str) and 0 < len(form.strip()) <= LONGEST and form.isprintable()
