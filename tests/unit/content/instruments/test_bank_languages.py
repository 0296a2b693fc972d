"""A translation is one more file with forms of its own: here a stub of one, with genders and elision."""

import copy
from typing import Any

import pytest

from homeport.content.instruments import bank
from homeport.content.instruments.bank import bank_key, bank_words, build_words
from homeport.core.errors import ContentError

KEY = bank_key()
GENDER = {"mother": ("ma mère", "elle", "fâchée"), "people-in-general": ("les autres", "ils", "fâchés")}
USUAL = ("mon proche", "il", "fâché")


def french(template: str = "{nom} {est} {fâché}, et {sujet} le dit.") -> dict[str, Any]:
    """Every item says the same; what matters are the slots' own forms."""
    slots = {}
    for slot in KEY.slots:
        name, subject, cross = GENDER.get(slot, USUAL)
        verb = "sont" if subject == "ils" else "est"
        slots[slot] = {"label": name, "nom": name, "sujet": subject, "est": verb, "fâché": cross}
    band_words = {"label": "x", "text": "y"}
    return {
        "instrument": KEY.id,
        "key_version": KEY.version,
        "language": "fr",
        "validated": "Ces questions sont nouvelles.",
        "instruction": "Pensez à {nom}.",
        "options": {value: f"choix {value}" for value in range(1, 6)},
        "slots": slots,
        "bands": {scale.id: {band.id: band_words for band in scale.bands[0].bands} for scale in KEY.scales},
        "items": dict.fromkeys(KEY.item_ids, template),
    }


def test_a_language_brings_its_own_forms() -> None:
    words = build_words(french(), "wording.fr.yaml", KEY)
    assert words.fill(words.items["a01"], "mother") == "Ma mère est fâchée, et elle le dit."
    assert words.fill(words.items["a01"], "people-in-general") == "Les autres sont fâchés, et ils le dit."
    assert words.hash != bank_words("en").hash


def test_a_form_that_no_slot_gives_is_refused_when_the_file_is_read() -> None:
    with pytest.raises(ContentError, match="'fâchée' is not given for 'partner' in 'fr'"):
        build_words(french("{nom} {est} {fâchée}."), "wording.fr.yaml", KEY)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("items", "a01"), ..., r"the items do not match the key \(a01\)"),
        (("items", "x99"), "Oui.", r"the items do not match the key \(x99\)"),
        (("slots", "mother", "nom"), ..., "every slot must give the same forms"),
        (("slots", "dog"), {"nom": "x"}, "the slots must be partner, mother"),
        (("options", 6), "six", "the options do not match the answer scale"),
        (("bands", "anxiety", "low"), ..., "the bands of anxiety do not match the key"),
        (("bands", "calm"), {"low": {"label": "x", "text": "y"}}, "bands for an unknown scale 'calm'"),
        (("key_version",), 2, "the file is not a wording of"),
        (("note",), "x", "unknown field 'note'"),
    ],
)
def test_a_language_file_that_does_not_fit_is_refused(
    path: tuple[Any, ...], value: Any, message: str
) -> None:
    content = copy.deepcopy(french())
    *steps, last = path
    place: Any = content
    for step in steps:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    with pytest.raises(ContentError, match=message):
        build_words(content, "wording.fr.yaml", KEY)


@pytest.mark.parametrize("language", ["xx", "../en", "EN", ""])
def test_a_language_that_is_not_there_is_refused(language: str) -> None:
    with pytest.raises(ContentError, match="not there in"):
        bank_words(language)


def test_languages_are_listed() -> None:
    assert bank.languages() == ("en",)
