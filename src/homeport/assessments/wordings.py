"""The words of an instrument as they are put before somebody, and the order in which its questions come."""

import random
from dataclasses import dataclass

from django.utils.translation import gettext as _

from homeport.catalogue.selectors.installed_wordings import installed_wording, wording_by_hash
from homeport.content.instruments import Key, Wording, form_for, load_key, own_wording, resolve
from homeport.content.instruments.bank import languages
from homeport.core.errors import ContentError, HomeportError

OWN = "attachment.homeport"
# What there is always words in.
LAST_RESORT = "en"


class NoWording(HomeportError):
    """There are no words for an instrument here: it can be put before nobody."""

    def __init__(self, key: Key) -> None:
        self.instrument = key.id
        super().__init__(
            _(
                "There are no words for the %(name)s here yet, so nobody can be asked to answer it. "
                "Install its published wording first: homeport instruments install %(alias)s."
            )
            % {"name": key.abbreviation or key.title, "alias": key.id}
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """An instrument with its words, ready to be asked. ``items``: ids in the order in which they are asked."""

    key: Key
    wording: Wording
    items: tuple[str, ...]


def sheet_for(instrument: str, language: str, *, slot: str = "", seed: int | None = None) -> Sheet:
    """The sheet in the person's language, in English where there is none. At most two queries.

    ``seed``: for instruments whose questions come in random order. Raises ``NoWording``; ``ContentError`` for an unknown
    instrument or a relationship that it does not ask about.
    """
    key = load_key(resolve(instrument))
    if key.id == OWN:
        return _own(key, language, slot)
    found = installed_wording(key.id, language)
    if found is None and language.partition("-")[0] != LAST_RESORT:
        found = installed_wording(key.id, LAST_RESORT)
    if found is None:
        raise NoWording(key)
    # The words were fitted to one version of the key; that one scores them.
    key = load_key(found.instrument, found.key_version)
    _check_slot(key, slot)
    items = [item for item in key.item_ids if item in found.items]
    if key.presentation == "random" and seed is not None:
        random.Random(seed).shuffle(items)  # noqa: S311 - an order of questions, no secret
    return Sheet(key, found, tuple(items))


def _own(key: Key, language: str, slot: str) -> Sheet:
    tongue = language.partition("-")[0]
    wording = own_wording(slot, tongue if tongue in languages() else LAST_RESORT)
    return Sheet(key, wording, form_for(slot).items)


def _check_slot(key: Key, slot: str) -> None:
    if bool(slot) != bool(key.slots) or (slot and slot not in key.slots):
        raise ContentError(f"{key.title} does not ask about {slot or 'nobody in particular'}.")


def words_of(instrument: str, key_version: int, wording_hash: str, *, language: str, slot: str) -> Wording:
    """The very words that somebody began to answer, also where others were installed since. At most one query.

    Raises ``NoWording`` where they are gone.
    """
    if instrument == OWN:
        wording = own_wording(slot, language)
        if wording.hash == wording_hash:
            return wording
    found = wording_by_hash(wording_hash)
    if found is None:
        raise NoWording(load_key(instrument, key_version))
    return found
