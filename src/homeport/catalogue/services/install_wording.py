"""Keep a fitted wording: all of it or nothing."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from django.db import IntegrityError, transaction

from homeport.catalogue.fit import Fit
from homeport.catalogue.models import InstalledWording
from homeport.content.instruments import Wording
from homeport.core.clock import now
from homeport.core.errors import HomeportError

Outcome = Literal["installed", "replaced", "restored", "unchanged"]


@dataclass(frozen=True, slots=True)
class Installed:
    """The row that is current now, and what it took: nothing was there, another was, this one once was, or it is."""

    row: InstalledWording
    outcome: Outcome


def install_wording(*, fit: Fit) -> Installed:
    """Make a fitted wording the current one of its instrument and language, in one transaction.

    The same words again change nothing. Other words replace the current ones, which stay readable by their hash: answers
    given to them refer to it. Raises HomeportError if somebody else installs the same at the same moment.
    """
    try:
        with transaction.atomic():
            return _install(fit)
    except IntegrityError as error:
        raise HomeportError(
            f"{fit.title} is being installed by somebody else; nothing was changed here."
        ) from error


def _install(fit: Fit) -> Installed:
    wording = fit.wording
    rows = InstalledWording.objects.select_for_update().filter(
        instrument=wording.instrument, language=wording.language
    )
    current = rows.filter(replaced_at__isnull=True).first()
    if current is not None and current.hash == wording.hash:
        return Installed(current, "unchanged")
    same = rows.filter(hash=wording.hash).first()
    if current is not None:
        current.replaced_at = now()
        current.save(update_fields=["replaced_at"])
    if same is not None:
        same.replaced_at = None
        same.save(update_fields=["replaced_at"])
        return Installed(same, "restored")
    row = InstalledWording.objects.create(
        instrument=wording.instrument,
        key_version=wording.key_version,
        language=wording.language,
        title=fit.title[:300],
        content=content_of(wording),
        hash=wording.hash,
        kind=fit.kind,
        **asdict(wording.source),
        kept=[[kept.item, kept.source] for kept in fit.kept],
        dropped=[[dropped.code, dropped.why] for dropped in fit.dropped],
        doubts=list(fit.doubts),
    )
    return Installed(row, "installed" if current is None else "replaced")


def content_of(wording: Wording) -> dict[str, Any]:
    """What a person reads, as JSON: the items as pairs, since a database may forget the order of names."""
    return {
        "format": wording.format,
        "instruction": wording.instruction,
        "items": [[item, text] for item, text in wording.items.items()],
        "options": {name: _pairs(labels) for name, labels in wording.options.items()},
        "item_options": {item: _pairs(labels) for item, labels in wording.item_options.items()},
    }


def _pairs(labels: Any) -> list[list[Any]]:
    return [[value, labels[value]] for value in sorted(labels)]
