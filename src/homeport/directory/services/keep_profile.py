"""Begin and change what a therapist says of themselves to everybody."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.randomness import stream
from homeport.core.versions import save_if_unchanged
from homeport.directory.distance import Point
from homeport.directory.full_text import stems
from homeport.directory.models import LOTS, Opening, Profile
from homeport.directory.own_words import as_text
from homeport.directory.policies import check_openings, check_profile
from homeport.people.models import Therapist

CHANGEABLE = frozenset(
    {
        "title", "greeting", "about", "first_time", "concerns", "gender", "identities", "faith", "access", "access_note",
        "practising_since", "lowest_fee", "town", "region", "whereabouts", "latitude", "longitude", "usual",
    }
)  # fmt: skip


@transaction.atomic
def begin_profile(*, actor: Actor, therapist: Therapist) -> Profile:
    """The therapist's profile: an empty one, shown to nobody, where there was none yet."""
    standing = Profile.objects.filter(therapist=therapist).first()
    if standing is not None:
        return standing
    profile = Profile(
        therapist=therapist, slug=_slug(therapist.person.name), lot=stream("directory.lots").randrange(LOTS)
    )
    profile.words = words_of(profile)
    profile.save(force_insert=True)
    _recorded(actor, Verb.CREATE, profile)
    return profile


@transaction.atomic
def change_profile(
    *,
    actor: Actor,
    profile: Profile,
    version: int,
    changes: Mapping[str, Any],
    places: Mapping[str, int | None],
) -> Profile:
    """Apply ``changes``, and the room in each format: ``places`` by format, None for one that is not offered (any more).

    Raises ``Changed``, or ``Unfit`` for what cannot be so.
    """
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise HomeportError(f"A profile has nothing called {min(unknown)!r}.")
    for name, value in changes.items():
        setattr(profile, name, value)
    offered = {name: number for name, number in places.items() if number is not None}
    check_profile(profile)
    check_openings(offered)
    _place(profile)
    profile.words = words_of(profile)
    profile.changed_at = now()
    save_if_unchanged(profile, version)
    _offer(profile, places, offered)
    _recorded(actor, Verb.CHANGE, profile)
    return profile


def index_name(*, person_id: UUID) -> None:
    """Find a therapist under the name they have now; nothing for somebody who is none."""
    for profile in Profile.objects.filter(therapist__person_id=person_id).select_related("therapist__person"):
        Profile.objects.filter(pk=profile.pk).update(words=words_of(profile))


def words_of(profile: Profile) -> str:
    """What full text finds of it: the stems of their name and of everything in their own words."""
    said = (
        profile.therapist.person.name,
        profile.title,
        profile.greeting,
        as_text(profile.about),
        as_text(profile.first_time),
        profile.town,
    )
    return " ".join(stem for text in said for stem in stems(text))


def _offer(profile: Profile, places: Mapping[str, int | None], offered: dict[str, int]) -> None:
    gone = [name for name, number in places.items() if number is None]
    Opening.objects.filter(profile=profile, format__in=gone).delete()
    for name, number in offered.items():
        Opening.objects.update_or_create(profile=profile, format=name, defaults={"places": number})


def _place(profile: Profile) -> None:
    if profile.latitude is None or profile.longitude is None:
        profile.x = profile.y = profile.z = None
    else:
        profile.x, profile.y, profile.z = Point(profile.latitude, profile.longitude).vector


def _slug(name: str) -> str:
    """An address made of the name. A second of the same name gets letters by chance, never a running number."""
    bare = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:60] or "therapist"
    slug = base
    chance = stream("directory.slugs")
    while Profile.objects.filter(slug=slug).exists():
        slug = f"{base}-{''.join(chance.choices('bcdfghjkmnpqrstvwxz', k=4))}"
    return slug


def _recorded(actor: Actor, verb: Verb, profile: Profile) -> None:
    record(
        actor=actor, verb=verb, material="profile", row_id=profile.pk, subject_id=profile.therapist.person_id
    )
