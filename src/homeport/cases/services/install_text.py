"""Take a practice's own texts in, and give one up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import IntegrityError, transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import PracticeText
from homeport.cases.text_file import TextFile
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError

Outcome = Literal["installed", "replaced", "unchanged"]
SAME = ("title", "summary", "taking_back", "body")


@dataclass(frozen=True, slots=True)
class Installed:
    """One text that was taken in. ``outcome``: the first of its kind, place and language; a newer version; or the same."""

    row: PracticeText
    outcome: Outcome


def install_texts(*, actor: Actor, texts: Sequence[TextFile], dry_run: bool = False) -> list[Installed]:
    """Take all of them in, or none. The same again changes nothing; with ``dry_run`` nothing is kept at all.

    Raises ``HomeportError`` for other words under a version that is there, for a version older than the one that holds,
    for a newer version that does not say whether people are asked again, and where
    somebody else installs at the same moment.
    """
    try:
        with transaction.atomic():
            done = [_install(actor, text) for text in texts]
            transaction.set_rollback(dry_run)
            return done
    except IntegrityError as error:
        raise HomeportError(
            "Somebody else installs the same text right now; nothing was changed here."
        ) from error


@transaction.atomic
def give_up_text(*, actor: Actor, kind: str, place: str, language: str) -> None:
    """From now on the house's own text holds there again; what was signed stays readable.

    Raises ``HomeportError`` where there is none.
    """
    held = PracticeText.objects.filter(kind=kind, place=place, language=language, given_up_at=None)
    last = held.order_by("-version").first()
    if last is None:
        raise HomeportError(f"The practice has no own text {kind!r} for {place} in {language!r}.")
    held.update(given_up_at=now())
    record(actor=actor, verb=Verb.WITHDRAW, material="text", row_id=last.pk)


def _install(actor: Actor, text: TextFile) -> Installed:
    rows = PracticeText.objects.select_for_update().filter(
        kind=text.kind, place=text.place, language=text.language
    )
    versions = {row.version: row for row in rows}
    there = versions.get(text.version)
    last = versions[max(versions)] if versions else None
    if there is not None:
        return _again(text, there, last)
    if last is not None and text.version < last.version:
        raise HomeportError(
            f"{text.name}: version {text.version} is older than version {last.version}, which is there. Give it the number "
            f"{last.version + 1}."
        )
    standing = last is not None and last.given_up_at is None
    if standing and text.asks_again is None:
        raise HomeportError(
            f"{text.name}: say in the head whether those who signed version {last.version if last else 0} are asked again: "
            "“asks_again: true” or “asks_again: false”."
        )
    row = PracticeText(
        kind=text.kind, place=text.place, language=text.language, version=text.version, title=text.title,
        summary=text.summary, taking_back=text.taking_back, body=text.body, hash=text.hash,
        asks_again=text.asks_again is not False,
    )  # fmt: skip
    row.save(force_insert=True)
    record(actor=actor, verb=Verb.CREATE, material="text", row_id=row.pk)
    return Installed(row, "replaced" if standing else "installed")


def _again(text: TextFile, there: PracticeText, last: PracticeText | None) -> Installed:
    same = all(getattr(there, each) == getattr(text, each) for each in SAME)
    if not same or text.asks_again not in (None, there.asks_again):
        newest = last.version if last else there.version
        raise HomeportError(
            f"{text.name}: version {text.version} is there already, in other words, and people may have signed it. "
            f"Give the new words the version {newest + 1}."
        )
    if there.given_up_at is not None:
        raise HomeportError(
            f"{text.name}: this version was given up. Give it the version {(last or there).version + 1} to bring it back."
        )
    return Installed(there, "unchanged")
