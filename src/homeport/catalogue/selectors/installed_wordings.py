"""Wordings that the practice installed, as the content room's `Wording`."""

from dataclasses import dataclass
from typing import Any

from homeport.catalogue.languages import same_language
from homeport.catalogue.models import InstalledWording
from homeport.content.instruments import Key, Wording, WordingSource, load_key

ECR = "attachment.ecr"
_LISTED = (
    "instrument",
    "key_version",
    "language",
    "title",
    "hash",
    "kind",
    "repository",
    "installed_at",
    "doubts",
)


@dataclass(frozen=True, slots=True)
class VisitorInstrument:
    """What a visitor is asked by default. ``wording`` is None for Homeport's own bank, whose words come with it."""

    key: Key
    wording: Wording | None
    adaptive: bool


def installed_wording(instrument_id: str, language: str) -> Wording | None:
    """The current wording of an instrument in a language, or None. One query.

    "en-GB" is answered with "en" where that is all there is, and "pt" with "pt-br"; never with another language.
    """
    rows = InstalledWording.objects.filter(instrument=instrument_id, replaced_at__isnull=True).order_by(
        "language"
    )
    wanted = language.lower().replace("_", "-")
    near = [row for row in rows if same_language(row.language, wanted)]
    if not near:
        return None
    exact = [row for row in near if row.language == wanted]
    base = [row for row in near if row.language == wanted.split("-")[0]]
    return wording_of((exact or base or near)[0])


def wording_by_hash(wording_hash: str) -> Wording | None:
    """A wording by its hash, also one that was replaced: what an answer was given to. One query."""
    row = InstalledWording.objects.filter(hash=wording_hash).first()
    return wording_of(row) if row is not None else None


def current_wordings() -> list[dict[str, Any]]:
    """What is installed now, without the words, by instrument and language. One query."""
    rows = InstalledWording.objects.filter(replaced_at__isnull=True).order_by("instrument", "language")
    return list(rows.values(*_LISTED))


def wordings_of(instrument_id: str) -> list[InstalledWording]:
    """Every wording of an instrument there ever was here, the current ones first. One query."""
    rows = InstalledWording.objects.filter(instrument=instrument_id).order_by("language", "-installed_at")
    return sorted(rows, key=lambda row: (row.language, row.replaced_at is not None))


def visitor_instrument(language: str) -> VisitorInstrument:
    """The adaptive ECR where it is installed in that language with item parameters for its answers; else our own bank.

    One query.
    """
    wording = installed_wording(ECR, language)
    if wording is not None:
        key = load_key(wording.instrument, wording.key_version)
        if all(key.calibration(scale, wording.format) is not None for scale in ("anxiety", "avoidance")):
            return VisitorInstrument(key, wording, adaptive=True)
    return VisitorInstrument(load_key("attachment.homeport"), None, adaptive=False)


def wording_of(row: InstalledWording) -> Wording:
    """The content room's value of an installed row."""
    content = row.content
    return Wording(
        instrument=row.instrument,
        key_version=row.key_version,
        language=row.language,
        format=content["format"],
        instruction=content["instruction"],
        items=dict(content["items"]),
        options={name: dict(pairs) for name, pairs in content["options"].items()},
        item_options={item: dict(pairs) for item, pairs in content["item_options"].items()},
        source=WordingSource(row.repository, row.commit, row.path, row.sha256, row.licence),
    )
