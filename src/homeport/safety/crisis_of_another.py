"""Whether words about somebody else speak of danger to them: "he hurts himself", "her uncle hits her".

The rule is written for people who speak of themselves. So what is written of a child is read as it stands, and
once more as if the child said it: first what is done to them, then all of it. It leans towards yes like the rule itself.
"""

import re

from homeport.safety.crisis_text import Danger, Found, plain_words, read_words, speaks_of_danger

_SELF = (r"(?:him|her|it)self|themsel(?:f|ves)", "myself")
_ME = (r"him|them|her", "me")
_MY = (r"his|their|her", "my")
# "Her" before one of these is whose they are; elsewhere it is she to whom something is done.
_KIN = (
    r"(?:his|their|her)(?= (?:\w+ )?(?:(?:step|grand)?(?:father|mother|dad|mum|mom|parents?|brother|sister)|uncle|aunt"
    r"|cousin|grandpa|grandma|teacher|coach|carer|babysitter|boyfriend))",
    "my",
)
_WHO = r"he|she|they|(?:my|our) (?:little |younger |older )?(?:son|daughter|child|boy|girl|kid)|the child"
_DOES = re.compile(rf"\b(?:{_WHO}) (?:(?P<stem>\w{{2,}}[^s\W])s|(?P<verb>\w+))\b")
_DONE = re.compile(r"\b(?:hes|shes|theyre)\b")


def read_words_about_another(text: str) -> Found:
    """The kinds of danger that ``text``, written about somebody else, speaks of."""
    found: set[Danger] = set()
    for each in _readings(text):
        found |= read_words(each).kinds
    return Found(frozenset(found))


def speaks_of_danger_to_another(text: str) -> bool:
    """Whether a page should show its writer where somebody can be reached; wider than what raises an alert."""
    return any(speaks_of_danger(each) for each in _readings(text))


def _readings(text: str) -> list[str]:
    """As it stands; with what is done to them done to "me"; and with all of it said by "me"."""
    plain = plain_words(text)
    done = [_with(plain, _SELF, whose, of) for whose, of in ((_MY, _ME), (_KIN, _ME), (_ME, _MY))]
    return list(dict.fromkeys([text, *done, *(_said(each) for each in done)]))


def _with(text: str, *pairs: tuple[str, str]) -> str:
    for pattern, word in pairs:
        text = re.sub(rf"\b(?:{pattern})\b", word, text)
    return text


def _said(text: str) -> str:
    """ "He hurts", "my daughter wants": "i hurt", "i want"."""
    said = _DONE.sub("i am", text)
    return _DOES.sub(lambda found: f"i {_plain(found['stem'] or found['verb'])}", said)


def _plain(verb: str) -> str:
    return {"is": "am", "has": "have", "does": "do", "doesnt": "dont"}.get(verb, verb)
