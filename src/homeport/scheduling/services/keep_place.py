"""The places of the practice and their rooms."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.versions import save_if_unchanged
from homeport.people.errors import Unfit
from homeport.scheduling.changed import times_changed
from homeport.scheduling.models import Place, Room
from homeport.scheduling.wall_clock import zone_named

Kept = TypeVar("Kept", Place, Room)


@transaction.atomic
def keep_place(
    *, actor: Actor, said: Mapping[str, Any], place: Place | None = None, version: int = 0
) -> Place:
    """Write down a place, or change it. Raises ``Unfit`` for a name that another one has, ``Changed``."""
    zone_named(said["zone"])
    return _kept(actor, place or Place(), said, version if place else None, "place")


@transaction.atomic
def keep_room(
    *, actor: Actor, place: Place, said: Mapping[str, Any], room: Room | None = None, version: int = 0
) -> Room:
    """Write down a room of a place, or change it. Raises ``Unfit`` for a name that another one there has, ``Changed``."""
    return _kept(actor, room or Room(place=place), said, version if room else None, "room")


def _kept(actor: Actor, row: Kept, said: Mapping[str, Any], version: int | None, material: str) -> Kept:
    for name, value in said.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            if version is None:
                row.save(force_insert=True)
            else:
                save_if_unchanged(row, version)
    except IntegrityError:
        raise Unfit("name", _("There is one of this name already.")) from None
    verb = Verb.CREATE if version is None else Verb.CHANGE
    record(actor=actor, verb=verb, material=material, row_id=row.pk)
    if version is not None:  # where there is nobody yet, nothing changes for anybody
        times_changed([None])
    return row
