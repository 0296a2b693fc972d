"""Knowing an item by its text without having the text: SHA-256 of its words, cut to 16 digits.

``fingerprints.yaml`` holds such hashes for published English wordings that were at hand. They tell an order from another and
one instrument from another; from a hash nobody gets the words back.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from importlib import resources

from homeport.content.instruments import Key
from homeport.content.instruments.strict import load_yaml


def fingerprint(text: str) -> str:
    """The hash of a text's words: case, accents, marks and spaces do not matter. 16 hexadecimal digits."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(character for character in folded if not unicodedata.combining(character))
    # Apostrophes vanish rather than part words: "don't", "don’t" and "dont" are one.
    bare = " ".join(re.findall(r"[^\W_]+", re.sub(r"['’‘`´]", "", letters)))
    return sha256(bare.encode("utf-8", "replace")).hexdigest()[:16]


@lru_cache(maxsize=1)
def _known() -> Mapping[str, Mapping[str, list[str]]]:
    text = resources.files("homeport.catalogue").joinpath("fingerprints.yaml").read_text(encoding="utf-8")
    content: dict[str, dict[str, list[str]]] = load_yaml(text, "fingerprints.yaml")
    return content


def items_by_fingerprint(key: Key) -> dict[str, str]:
    """Fingerprint -> item id for what is known of this key, its borrowed items (``same_as``) included."""
    found: dict[str, str] = {}
    for item in key.items:
        instrument, _, borrowed = (item.same_as or "").partition(":")
        hashes = [*_known().get(key.id, {}).get(item.id, []), *_known().get(instrument, {}).get(borrowed, [])]
        found.update(dict.fromkeys(hashes, item.id))
    return found


def known_elsewhere(fingerprints: set[str], key: Key) -> dict[str, int]:
    """How many of these texts are known of each other instrument and not of this one, most first."""
    own = set(items_by_fingerprint(key))
    counts = {
        name: len((fingerprints - own) & {one for hashes in items.values() for one in hashes})
        for name, items in _known().items()
        if name != key.id
    }
    return dict(sorted(((name, count) for name, count in counts.items() if count), key=lambda pair: -pair[1]))
