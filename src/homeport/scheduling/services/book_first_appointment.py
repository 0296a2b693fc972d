"""The first appointment with a therapist: it opens the case."""

from datetime import datetime

from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.access.wall import acting
from homeport.cases.models import Case, Participant
from homeport.cases.services.open_case import add_participant, open_case
from homeport.core.actor import Actor
from homeport.core.clock import now, today
from homeport.core.errors import HomeportError
from homeport.people.jurisdictions import is_minor
from homeport.people.models import Licence, Person
from homeport.people.models.lasting import holds_at
from homeport.scheduling.models import Appointment, Hold, Offering, Place
from homeport.scheduling.services.book_appointment import as_offered, book_within
from homeport.scheduling.services.occupy import Claim, Taken, with_next_times


def book_first_appointment(
    *,
    actor: Actor,
    offering: Offering,
    begins_at: datetime,
    jurisdiction: str,
    place: Place | None = None,
    hold: Hold | None = None,
) -> Appointment:
    """Whoever acts begins with this therapist: an individual case is opened with both in it, and the time is booked.

    Somebody who has an open case with this therapist books in that one. ``jurisdiction``: where the client will be. Raises
    ``Taken`` with the next free times, and then no case was opened; ``HomeportError`` where the therapist may not work
    there, takes nobody new, or somebody must consent with the person first.
    """
    claim = Claim(offering, begins_at, place)
    try:
        claim = as_offered(claim) if hold is None else claim
        return _begin(actor=actor, claim=claim, jurisdiction=jurisdiction, hold=hold)
    except Taken as taken:
        raise with_next_times(taken, claim) from None


@acting
def _begin(*, actor: Actor, claim: Claim, jurisdiction: str, hold: Hold | None) -> Appointment:
    if actor.person_id is None:
        raise Hidden
    person = Person.objects.get(pk=actor.person_id)
    therapist = claim.offering.therapist
    case = _case_with(person, therapist.person)
    if case is None:
        _check(claim.offering, person, jurisdiction)
        case = open_case(
            actor=actor, kind=Case.Kind.INDIVIDUAL, jurisdiction=jurisdiction, lead=therapist.person
        )
        add_participant(actor=actor, case=case, person=person, role=Participant.Role.CLIENT)
    return book_within(actor=actor, claim=claim, case_id=case.pk, subject_id=person.pk, hold=hold)


def _case_with(person: Person, therapist: Person) -> Case | None:
    moment = now()
    here = Case.objects.exclude(status=Case.Status.CLOSED).filter(
        holds_at(moment, "participants__"), kind=Case.Kind.INDIVIDUAL, participants__person=person
    )
    treated = Case.objects.filter(holds_at(moment, "care_team__"), care_team__person=therapist)
    return here.filter(pk__in=treated.values("pk")).order_by("-opened_at").first()


def _check(offering: Offering, person: Person, jurisdiction: str) -> None:
    """The directory shows only whom this lets pass; but a page may have been open for a while."""
    licensed = Licence.objects.filter(
        therapist_id=offering.therapist_id,
        jurisdiction=jurisdiction,
        verified_at__isnull=False,
        expires_on__gte=today(),
    )
    if not licensed.exists() or not offering.therapist.taking_clients:
        raise HomeportError(_("This therapist takes nobody new where you are at the moment."))
    if is_minor(jurisdiction, person.age_on()) and person.birth_date is not None:
        raise HomeportError(_("Please call us to book: at your age somebody may have to agree with you."))
