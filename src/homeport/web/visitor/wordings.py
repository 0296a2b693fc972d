"""The words of the questions, ready for the page: our own bank's, or a wording that the practice
installed."""

from collections.abc import Mapping
from dataclasses import dataclass

from homeport.catalogue.selectors.installed_wordings import visitor_instrument, wording_by_hash
from homeport.content.instruments import Key, Wording, load_key
from homeport.content.instruments.bank import OWN, bank_key, bank_words, languages


@dataclass(frozen=True, slots=True)
class Words:
    """Everything a person reads while answering, by item number.

    ``reference``: id@version of the key. ``mark``: the first digits of the wording's hash. ``hash``: all of
    it. ``standing``: the calm line that says the questions are not validated yet, "" for a published
    instrument.
    """

    reference: str
    format: str
    language: str
    hash: str
    instruction: str
    items: Mapping[int, str]
    options: Mapping[int, tuple[tuple[int, str], ...]]
    standing: str


def own_words(relationship: str, language: str, version: int | None = None) -> Words:
    """Our own questions about one relationship, in the language or else in English."""
    spoken = language if language in languages() else "en"
    key, words = bank_key(version), bank_words(spoken, version)
    options = tuple(sorted(words.options.items()))
    fits = [item for item in key.items if not item.fits or relationship in item.fits]
    return Words(
        reference=key.reference,
        format=key.formats[0],
        language=spoken,
        hash=words.hash,
        instruction=words.fill(words.instruction, relationship),
        items={item.number: words.fill(words.items[item.id], relationship) for item in fits},
        options={item.number: options for item in fits},
        standing=words.validated,
    )


def adaptive_words(language: str) -> Words | None:
    """The words of the adaptive instrument a visitor is asked by default, or None where none is installed. One query."""
    default = visitor_instrument(language)
    return _installed(default.wording, default.key) if default.adaptive and default.wording else None


def words_by_hash(wording_hash: str) -> Words | None:
    """The installed words a visit began with, also where others replaced them since. One query."""
    wording = wording_by_hash(wording_hash)
    return _installed(wording, load_key(wording.instrument, wording.key_version)) if wording else None


def _installed(wording: Wording, key: Key) -> Words:
    numbers = {item.id: item.number for item in key.items}
    return Words(
        reference=key.reference,
        format=wording.format,
        language=wording.language,
        hash=wording.hash,
        instruction=wording.instruction,
        items={numbers[item]: text for item, text in wording.items.items()},
        options={
            number: tuple(sorted(wording.labels_for(key, item).items())) for item, number in numbers.items()
        },
        standing="",
    )


__all__ = ["OWN", "Words", "adaptive_words", "own_words", "words_by_hash"]
