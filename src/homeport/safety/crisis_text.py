"""Whether words speak of danger, now: a rule, always the same, and leaning towards yes.

It looks for plain ways of saying it, set words and sequences alike, whatever stands around them: a "not" before a phrase
takes nothing away, for who writes that they do not want to die is worth a card with a number as well. Only everyday idioms
("dying to see you") are set aside first. It neither weighs nor learns, and no classifier ever overrules it. What it
misses is why the page says that nobody reads along.

The words themselves are in ``homeport.content.danger``, a file a language. Until a language has one, its words raise
nothing by themselves, and pages say what is true.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from homeport.content.crisis import speaking
from homeport.content.danger import danger_ways, danger_words
from homeport.content.danger.ways import STOP
from homeport.safety.levels import Level, Reading


class Danger(StrEnum):
    """What kind of danger the words speak of."""

    SUICIDE = "suicide"
    SELF_HARM = "self-harm"
    MEANS = "means"
    GOODBYE = "goodbye"
    ATTEMPT = "attempt"
    ABUSE = "abuse"
    CHILD = "child"
    OTHERS = "others"

    @property
    def reason(self) -> str:
        """Its code among the reasons of an alert."""
        return f"words-{self.value}"


def kind_words() -> dict[str, str]:
    """Each kind as a clinician reads it, by its code among the reasons of an alert."""
    words = {
        Danger.SUICIDE: _("Words about not wanting to live."),
        Danger.SELF_HARM: _("Words about hurting themselves."),
        Danger.MEANS: _("Words about a plan or a means."),
        Danger.GOODBYE: _("Words that sound like a goodbye."),
        Danger.ATTEMPT: _("Words about an attempt."),
        Danger.ABUSE: _("Words about violence against them."),
        Danger.CHILD: _("Words about a child in danger."),
        Danger.OTHERS: _("Words about hurting somebody else."),
    }
    return {kind.reason: text for kind, text in words.items()}


# Written instead of letters to get past filters, or by a thumb in a hurry.
_SIGNS = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "*": ""}
)
_APOSTROPHES = re.compile(r"[\u2018\u2019\u02bc\u00b4`']")
_SPELLED = re.compile(r"\b(?:[a-z][ .\-_]){3,}[a-z]\b")
_LONG = re.compile(r"(.)\1{2,}")
_SENTENCES = re.compile(r"[.?!;]+[\"\u201d)]?(?=\s|$)|\n\s*\n")
LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Found:
    """The kinds of danger that words speak of; none where they speak of none."""

    kinds: frozenset[Danger]

    def __bool__(self) -> bool:
        return bool(self.kinds)

    @property
    def reading(self) -> Reading:
        """What they ask for, once they were shared with somebody who may be alerted: always at once."""
        if not self.kinds:
            return Reading(Level.NONE)
        return Reading(Level.URGENT, tuple(sorted(kind.reason for kind in self.kinds)))


def read_words(text: str, language: str = LANGUAGE) -> Found:
    """The kinds of danger that ``text`` speaks of.

    Words in another language are held against the English rule as well: many of these are written in English by people who
    write everything else in their own. Raises ``ContentError`` for a language that has no rule.
    """
    rule, said = danger_words(language), danger_ways(language)
    # Signs for letters are read both ways: "at 5" must stay a number, "su1c1de" must not.
    # Drawn-out letters too: "diiie" is "die", "killll" is "kill".
    readings = {_by_sentence(written, held) for written in (text, text.translate(_SIGNS)) for held in (1, 2)}
    # One space is left where an idiom was: two would part what stands around it.
    written = [rule.idioms.sub(" ", each).split() for each in readings]
    meant = [said.spelling.put_right(words) for words in written]
    kinds = {Danger(kind) for words in meant for kind, _way in said.ways.find(words)}
    for words in {" ".join(word for word in words if word != STOP) for words in (*written, *meant)}:
        kinds |= {Danger(kind) for kind, found in rule.kinds.items() if found.search(words)}
    return Found(frozenset(kinds))


def speaks_of_danger(text: str) -> bool:
    """Whether a page should show its writer where somebody can be reached, and whoever reads it should read it first.

    Wider than what raises an alert: one word such as "unsafe", typed into a search, is enough.
    """
    idioms = danger_words(LANGUAGE).idioms
    return bool(read_words(text)) or speaking.speaks_of_danger(idioms.sub(" ", _by_sentence(text, 2)))


def _by_sentence(text: str, held: int) -> str:
    """As ``plain_words``, with a stop of its own behind every sentence."""
    return "".join(f"{plain_words(sentence, held)} {STOP} " for sentence in _SENTENCES.split(text))


def plain_words(text: str, held: int = 2) -> str:
    """Small letters, one space between words, no marks: "Don't" and "dont" alike, "s u i c i d e" in one.

    ``held``: of a letter that was drawn out, three or more in a row, so many stay.
    """
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    text = _APOSTROPHES.sub("", text)
    text = _SPELLED.sub(lambda found: re.sub(r"[ .\-_]", "", found[0]), text)
    text = _LONG.sub(lambda found: found[1] * held, text)
    return " ".join(re.findall(r"[a-z0-9]+", text))
