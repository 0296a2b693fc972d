"""Homeport's own attachment questions: one bank, asked about one relationship at a time.

The relationship is a slot. A language file gives each slot the forms that the language's grammar needs ("my mother",
"she", "her", the ending of a verb) and the items as templates over those forms; a translation is one more file with
forms of its own. Nothing here is validated yet: there is a mean and a band, never a percentage.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from homeport.content.instruments.canonical import digest
from homeport.content.instruments.schema import Form, Item, Key
from homeport.content.instruments.shelf import folder, load_key, read_yaml
from homeport.content.instruments.strict import Fields
from homeport.content.instruments.wording import Wording, WordingSource
from homeport.core.errors import ContentError

OWN = "attachment.homeport"
_FORM = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class BandWords:
    """How a band is told to the person: a short label and one sentence."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class BankWords:
    """One language file of the bank. ``items`` and ``instruction`` are templates over the forms of a slot."""

    language: str
    key_version: int
    validated: str  # the calm line that says the questions are not validated yet
    instruction: str
    options: Mapping[int, str]
    slots: Mapping[str, Mapping[str, str]]  # slot -> form -> words; "label" names the slot in a list
    bands: Mapping[str, Mapping[str, BandWords]]  # scale -> band id -> words
    items: Mapping[str, str]
    hash: str

    def fill(self, template: str, slot: str) -> str:
        """A template with the forms of a slot put in, its first letter capital. Raises ContentError."""
        forms = self.slots.get(slot)
        if forms is None:
            raise ContentError(f"There is no relationship called {slot!r}.")
        if unknown := [name for name in _FORM.findall(template) if name not in forms]:
            raise ContentError(f"The form {unknown[0]!r} is not given for {slot!r} in {self.language!r}.")
        text = _FORM.sub(lambda match: forms[match[1]], template)
        return text[:1].upper() + text[1:]


def bank_key(version: int | None = None) -> Key:
    """The scoring key of the bank."""
    return load_key(OWN, version)


@cache
def languages() -> tuple[str, ...]:
    """Languages the newest bank is there in, as codes."""
    names = (entry.name for entry in (folder("bank") / f"v{bank_key().version}").iterdir())
    return tuple(
        sorted(match[1] for name in names if (match := re.fullmatch(r"wording\.([a-z]{2})\.yaml", name)))
    )


@cache
def bank_words(language: str = "en", version: int | None = None) -> BankWords:
    """The words of the bank in a language. Raises ContentError for a language or version that is not there."""
    key = bank_key(version)
    name = f"wording.{language}.yaml"
    entry = folder("bank") / f"v{key.version}" / name
    if not re.fullmatch(r"[a-z]{2}", language) or not entry.is_file():
        raise ContentError(f"Homeport's own questions are not there in {language!r} yet.")
    words = build_words(read_yaml(entry), name, key)
    if words.language != language:
        raise ContentError(f"{name}: the file says its language is {words.language!r}.")
    return words


def build_words(content: Any, where: str, key: Key) -> BankWords:
    """The words a language file says, checked against the key. Raises ContentError."""
    fields = Fields(content, where)
    words = BankWords(
        language=fields.text("language"),
        key_version=fields.integer("key_version"),
        validated=fields.text("validated"),
        instruction=fields.text("instruction"),
        options=_options(fields),
        slots={
            slot: Fields(forms, f"{where}: {slot}").all_words()
            for slot, forms in fields.mapping("slots").items()
        },
        bands={scale: _bands(fields.within("bands").within(scale)) for scale in fields.mapping("bands")},
        items=fields.words("items"),
        hash=digest(content),
    )
    if fields.text("instrument") != key.id or words.key_version != key.version:
        fields.fail(f"the file is not a wording of {key.reference}.")
    fields.done()
    _check_words(words, key, where)
    return words


def _options(fields: Fields) -> dict[int, str]:
    options = fields.mapping("options")
    if not all(isinstance(value, int) and isinstance(label, str) for value, label in options.items()):
        fields.fail("'options' must map numbers to labels.")
    return dict(options)


def _bands(fields: Fields) -> dict[str, BandWords]:
    return {
        band: BandWords(fields.within(band).text("label"), fields.within(band).text("text"))
        for band in fields.names()
    }


def _check_words(words: BankWords, key: Key, where: str) -> None:
    if set(words.items) != set(key.item_ids):
        odd = sorted(set(words.items) ^ set(key.item_ids))
        raise ContentError(f"{where}: the items do not match the key ({', '.join(odd)}).")
    if tuple(words.slots) != key.slots:
        raise ContentError(f"{where}: the slots must be {', '.join(key.slots)}, in this order.")
    if len({frozenset(forms) for forms in words.slots.values()}) > 1:
        raise ContentError(f"{where}: every slot must give the same forms.")
    if tuple(sorted(words.options)) != key.answers_for(key.item_ids[0]).values:
        raise ContentError(f"{where}: the options do not match the answer scale.")
    for item in key.items:
        for slot in item.fits or key.slots:
            words.fill(words.items[item.id], slot)
    if odd := [scale for scale in words.bands if scale not in {known.id for known in key.scales}]:
        raise ContentError(f"{where}: there are bands for an unknown scale {odd[0]!r}.")
    for scale in key.scales:
        told = set(words.bands.get(scale.id, {}))
        if told != {band.id for bands in scale.bands for band in bands.bands}:
            raise ContentError(f"{where}: the bands of {scale.id} do not match the key.")


def fits(item: Item, slot: str, key: Key | None = None) -> bool:
    """Whether an item reads naturally for a slot."""
    return slot in (item.fits or (key or bank_key()).slots)


def render(item: Item | str, slot: str, language: str = "en") -> str:
    """The text of an item for a relationship, for example "A short answer from my mother does not upset me."

    Raises ContentError for an unknown item, slot or language, and for an item that does not fit the slot.
    """
    key, words = bank_key(), bank_words(language)
    item_id = item if isinstance(item, str) else item.id
    if item_id not in words.items:
        raise ContentError(f"There is no item {item_id!r} in Homeport's own questions.")
    text = words.fill(words.items[item_id], slot)
    if not fits(key.item(item_id), slot, key):
        raise ContentError(f"Item {item_id!r} is not meant for {slot!r}.")
    return text


def instruction(slot: str, language: str = "en") -> str:
    """The line above the questions, for a relationship. Raises ContentError."""
    words = bank_words(language)
    return words.fill(words.instruction, slot)


def slot_labels(language: str = "en") -> dict[str, str]:
    """Slot -> its name in a list, in the order they are offered."""
    return {slot: forms["label"] for slot, forms in bank_words(language).slots.items()}


def form_for(slot: str, name: str = "core") -> Form:
    """The fixed balanced form for a relationship: 24 items in the order they are asked. Raises ContentError.

    "core" holds the same items for every slot, so that relationships can be set side by side; "second" covers the
    remaining items for close relationships.
    """
    for form in bank_key().forms:
        if form.name == name and slot in form.slots:
            return form
    raise ContentError(f"There is no form {name!r} for {slot!r}.")


def band_words(scale: str, mean: float, language: str = "en") -> BandWords:
    """The words for a mean (1 to 5) on a scale of the bank. Raises KeyError for an unknown scale."""
    band = bank_key().scale(scale).bands[0].band(mean)
    return bank_words(language).bands[scale][band.id]


def own_wording(slot: str, language: str = "en") -> Wording:
    """The bank as a wording for one relationship: every item that fits it, rendered. Raises ContentError."""
    key, words = bank_key(), bank_words(language)
    scale = key.answers_for(key.item_ids[0]).name
    return Wording(
        instrument=key.id,
        key_version=key.version,
        language=language,
        format=key.formats[0],
        instruction=words.fill(words.instruction, slot),
        items={
            item.id: words.fill(words.items[item.id], slot) for item in key.items if fits(item, slot, key)
        },
        options={scale: dict(words.options)},
        item_options={},
        source=WordingSource(
            "homeport", "", f"bank/v{key.version}/wording.{language}.yaml", words.hash, "MPL-2.0"
        ),
    )
