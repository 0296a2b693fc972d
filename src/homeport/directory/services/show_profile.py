"""Put a profile up, and take it down."""

from django.db import transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.versions import save_if_unchanged
from homeport.directory.models import Profile
from homeport.directory.policies import lacks


@transaction.atomic
def publish_profile(*, actor: Actor, profile: Profile, version: int) -> Profile:
    """Show it to everybody from now on, as long as a licence stands. Raises ``HomeportError`` while something is missing."""
    missing = lacks(profile, offers_formats=profile.openings.exists())
    if missing:
        raise HomeportError(missing)
    profile.published_at = profile.published_at or now()
    save_if_unchanged(profile, version)
    _recorded(actor, Verb.RELEASE, profile)
    return profile


@transaction.atomic
def hide_profile(*, actor: Actor, profile: Profile, version: int) -> Profile:
    """Show it to nobody any more. What was written stays."""
    if profile.published_at is None:
        raise HomeportError(_("It is not shown to anybody now."))
    profile.published_at = None
    save_if_unchanged(profile, version)
    _recorded(actor, Verb.WITHDRAW, profile)
    return profile


def _recorded(actor: Actor, verb: Verb, profile: Profile) -> None:
    record(
        actor=actor, verb=verb, material="profile", row_id=profile.pk, subject_id=profile.therapist.person_id
    )
