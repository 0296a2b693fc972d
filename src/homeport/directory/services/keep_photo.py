"""The picture on a profile."""

from django.db import transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.directory.models import Profile, ProfilePhoto
from homeport.directory.pictures import draw_anew
from homeport.people.errors import Unfit

LONGEST_ALT = 160


def set_photo(*, actor: Actor, profile: Profile, alt: str, sent: bytes | None) -> ProfilePhoto:
    """Keep a picture and the words for those who cannot see it; without a new one, change the words.

    Raises ``Unfit`` for what is no picture, or for a picture without words.
    """
    alt = " ".join(alt.split())
    if not alt or len(alt) > LONGEST_ALT:
        raise Unfit("alt", _("Say in a few words what the picture shows, for those who cannot see it."))
    drawn = draw_anew(sent) if sent is not None else None
    with transaction.atomic():
        photo = ProfilePhoto.objects.filter(profile=profile).first()
        if photo is None and drawn is None:
            raise Unfit("photo", _("Choose a picture first."))
        photo = photo or ProfilePhoto(profile=profile)
        photo.alt, photo.changed_at = alt, now()
        if drawn is not None:
            photo.large, photo.small = drawn.large, drawn.small
        photo.save()
        _recorded(actor, Verb.CHANGE, profile)
    return photo


@transaction.atomic
def drop_photo(*, actor: Actor, profile: Profile) -> None:
    """Take the picture away."""
    if ProfilePhoto.objects.filter(profile=profile).delete()[0]:
        _recorded(actor, Verb.ERASE, profile)


def _recorded(actor: Actor, verb: Verb, profile: Profile) -> None:
    record(
        actor=actor,
        verb=verb,
        material="profile photo",
        row_id=profile.pk,
        subject_id=profile.therapist.person_id,
    )
