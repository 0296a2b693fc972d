"""Which words somebody is asked to sign: the practice's own where it has them, else those of the house; and what was signed.

A text is looked for in the person's language first, then in English; in each for their region, their country, everywhere;
and the practice's own comes before the house's.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from homeport.cases.models import PracticeText
from homeport.content.consents import Consent, all_consents, consent_in
from homeport.core.errors import ContentError

EVERYWHERE = "*"
# What a practice may word itself: what is asked before the first session, and the three agreements on confidentiality.
ASKED_KINDS = ("treatment", "minors", "data-protection", "fees", "telehealth", "recording")
AGREEMENT_KINDS = (
    "confidentiality-no-secrets",
    "confidentiality-limited-secrets",
    "confidentiality-individual-private",
)
KINDS = ASKED_KINDS + AGREEMENT_KINDS
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ToSign:
    """A text that holds now. ``also``: hashes of earlier words whose yes goes on holding, since the change asks for none."""

    text: Consent
    also: frozenset[str] = field(default_factory=frozenset)

    def is_held_by(self, text_hash: str) -> bool:
        """Whether a yes to the words with this hash is a yes to this text."""
        return text_hash == self.text.hash or text_hash in self.also


class OwnTexts:
    """The practice's own texts that hold now, every version of each; read once a page."""

    def __init__(self, rows: Iterable[PracticeText]) -> None:
        self._held: dict[Key, list[PracticeText]] = {}
        for row in rows:
            self._held.setdefault((row.kind, row.place, row.language), []).append(row)
        for versions in self._held.values():
            versions.sort(key=lambda row: row.version, reverse=True)

    def __iter__(self) -> Iterator[PracticeText]:
        """The newest version of each."""
        return (versions[0] for _, versions in sorted(self._held.items()))

    def holding(self, kind: str, jurisdiction: str, language: str = "en") -> ToSign:
        """What is to be signed of this kind. Raises ``ContentError`` where there is no such kind."""
        for spoken in dict.fromkeys((language.partition("-")[0].lower() or "en", "en")):
            for place in (jurisdiction, jurisdiction.partition("-")[0], EVERYWHERE):
                if versions := self._held.get((kind, place, spoken)):
                    return ToSign(as_consent(versions[0]), _still_held(versions, jurisdiction))
            packaged = _packaged(kind, jurisdiction, spoken)
            if packaged is not None and packaged.language == spoken:
                return ToSign(packaged)
        return ToSign(consent_in(kind, jurisdiction, language))


def own_texts() -> OwnTexts:
    """Those of the practice. One query."""
    return OwnTexts(PracticeText.objects.filter(given_up_at=None))


def as_consent(row: PracticeText) -> Consent:
    """A text of the practice as the content room's value. The practice answers for the law that it speaks of."""
    return Consent(
        id=f"practice:{row.kind}:{row.place}", version=row.version, language=row.language, title=row.title,
        summary=row.summary, body_markdown=row.body, taking_back=row.taking_back,
    )  # fmt: skip


def texts_with(hashes: Collection[str]) -> dict[str, Consent]:
    """The words with these hashes as they were when they were signed, by hash. At most one query."""
    found = {each.hash: each for each in all_consents() if each.hash in hashes}
    if set(hashes) - set(found):
        rows = PracticeText.objects.filter(hash__in=set(hashes) - set(found)).order_by("-installed_at")
        found |= {row.hash: as_consent(row) for row in rows}
    return found


def _still_held(versions: list[PracticeText], jurisdiction: str) -> frozenset[str]:
    """The hashes back to the last change that asks for a new yes. ``versions``: the newest first."""
    held: set[str] = set()
    for row in versions:
        held.add(row.hash)
        if row.asks_again:
            return frozenset(held)
    house = _packaged(versions[0].kind, jurisdiction, versions[0].language)
    return frozenset(held | ({house.hash} if house else set()))


def _packaged(kind: str, jurisdiction: str, language: str) -> Consent | None:
    try:
        return consent_in(kind, jurisdiction, language)
    except ContentError:
        return None
