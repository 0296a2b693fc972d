"""Whom to call, and where a person is during remote sessions."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.versions import Changed, save_if_unchanged
from homeport.people.errors import Unfit
from homeport.people.models import EmergencyContact, Person, Practice
from homeport.people.policies import phone_number

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call: their name, their number, and what they are to the person."""

    name: str = ""
    phone: str = ""
    what_they_are: str = ""


@transaction.atomic
def keep_emergency_contact(
    *, actor: Actor, person: Person, contact: Contact, version: int | None
) -> EmergencyContact:
    """Write down whom to call for ``person``, or nobody. ``version``: of what is being changed, None for the first.

    Raises ``Changed`` when somebody else was faster, ``Unfit`` for a number without a name, or one that is none.
    """
    if contact.phone and not contact.name.strip():
        raise Unfit("contact_name", _("Whose number is this?"))
    kept = _kept(person, version)
    practice = Practice.objects.first()
    region = practice.jurisdiction if practice else None
    kept.contact_name = contact.name.strip()[:LONGEST]
    kept.contact_is = contact.what_they_are.strip()[:LONGEST]
    kept.contact_phone = phone_number(contact.phone, region, "contact_phone") if contact.phone else ""
    return _save(actor, kept, version)


@transaction.atomic
def say_where(*, actor: Actor, person: Person, location: str, version: int | None) -> EmergencyContact:
    """Write down where ``person`` is now, or nothing: help would have to come to this place.

    Raises ``Changed`` when somebody else was faster, ``Unfit`` for far too many words.
    """
    if len(location) > LONGEST:
        raise Unfit("location", _("An address is enough, in at most 300 letters."))
    kept = _kept(person, version)
    kept.location = location.strip()
    kept.location_at = now() if kept.location else None
    return _save(actor, kept, version)


def _kept(person: Person, version: int | None) -> EmergencyContact:
    held = EmergencyContact.objects.filter(person=person).first()
    if (held is None) != (version is None):
        raise Changed
    return held or EmergencyContact(
        person=person, contact_name="", contact_phone="", contact_is="", location=""
    )


def _save(actor: Actor, kept: EmergencyContact, version: int | None) -> EmergencyContact:
    kept.changed_at = now()
    if version is None:
        try:
            with transaction.atomic():
                kept.save(force_insert=True)
        except IntegrityError:  # written down elsewhere in this moment
            raise Changed from None
    else:
        save_if_unchanged(kept, version)
    record(
        actor=actor,
        verb=Verb.CHANGE,
        material="emergency contact",
        row_id=kept.pk,
        subject_id=kept.person_id,
    )
    return kept
