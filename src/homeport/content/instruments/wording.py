"""The words of an instrument in one language: kept apart from the key, joined to it by item id."""

from collections.abc import Mapping
from dataclasses import dataclass

from homeport.content.instruments.canonical import digest
from homeport.content.instruments.schema import Key


@dataclass(frozen=True, slots=True)
class WordingSource:
    """Where a wording came from. A file a practice holds has an empty repository and commit."""

    repository: str
    commit: str
    path: str
    sha256: str
    licence: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Item texts and option labels that belong to one key.

    ``options`` maps an answer scale's name (see ``Key.answer_scales``) to value -> label; ``item_options`` maps
    an item id to value -> label where an item has labels of its own. ``format`` is the wording's response format.
    """

    instrument: str
    key_version: int
    language: str
    format: str
    instruction: str
    items: Mapping[str, str]
    options: Mapping[str, Mapping[int, str]]
    item_options: Mapping[str, Mapping[int, str]]
    source: WordingSource

    @property
    def hash(self) -> str:
        """SHA-256 of everything a person reads: instruction, items and labels."""
        return digest(
            {
                "instrument": self.instrument,
                "key_version": self.key_version,
                "language": self.language,
                "format": self.format,
                "instruction": self.instruction,
                "items": dict(self.items),
                "options": {name: _named(labels) for name, labels in self.options.items()},
                "item_options": {item: _named(labels) for item, labels in self.item_options.items()},
            }
        )

    def labels_for(self, key: Key, item_id: str) -> Mapping[int, str]:
        """Value -> label for one item: its own labels, or those of its answer scale. Raises KeyError."""
        if item_id in self.item_options:
            return self.item_options[item_id]
        return self.options[key.answers_for(item_id, self.format).name]


def _named(labels: Mapping[int, str]) -> dict[str, str]:
    return {str(value): label for value, label in labels.items()}


def misfits(wording: Wording, key: Key) -> tuple[str, ...]:
    """Every way in which a wording does not fit its key, as sentences; empty when it fits.

    Looked at: instrument and version, response format, items missing or unknown, blank texts, and option
    values that are not exactly those of the item's answer scale.
    """
    found: list[str] = []
    if wording.instrument != key.id or wording.key_version != key.version:
        found.append(
            f"It is for {wording.instrument} version {wording.key_version}, the key is {key.reference}."
        )
    if wording.format not in key.formats:
        return (*found, f"Its response format {wording.format!r} is not one of {', '.join(key.formats)}.")
    known = set(key.item_ids)
    found += [f"Item {item} has no text." for item in key.item_ids if not wording.items.get(item, "").strip()]
    found += [f"Item {item} is not in the key." for item in wording.items if item not in known]
    found += [
        f"Item {item} has options but is not in the key."
        for item in wording.item_options
        if item not in known
    ]
    for item in key.item_ids:
        found += _option_misfits(wording, key, item)
    return tuple(dict.fromkeys(found))


def _option_misfits(wording: Wording, key: Key, item: str) -> list[str]:
    answers = key.answers_for(item, wording.format)
    try:
        labels = wording.labels_for(key, item)
    except KeyError:
        return [f"The options of the answer scale {answers.name} are missing."]
    if set(labels) != set(answers.values):
        offered = ", ".join(str(value) for value in sorted(labels))
        wanted = ", ".join(str(value) for value in answers.values)
        return [f"Item {item} offers {offered or 'nothing'}; the key has {wanted}."]
    return [f"Item {item} has an empty label." for label in labels.values() if not label.strip()]
