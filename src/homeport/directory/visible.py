"""Who is there for whom: the rules that every list and page of this room begins with, in the query and nowhere else.

A licence that ran out, or that nobody verified, hides its holder by itself, on the day, without anybody doing anything.
"""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import In

from homeport.content.jurisdictions import GIVEN_BY_REGION
from homeport.core.clock import now, today
from homeport.directory.codes import AsOneList
from homeport.directory.models import Opening, Profile
from homeport.people.models import Licence, Role, RoleHolding
from homeport.people.models.lasting import holds_at
from homeport.people.offers import Together


def counts_in(where: str) -> tuple[str, ...]:
    """The jurisdictions of licences that count for a client who is in ``where`` ("GB-SCT": its own, and the country's)."""
    country = where.partition("-")[0]
    return (where,) if country in GIVEN_BY_REGION else tuple(dict.fromkeys((where, country)))


def standing_licences(where: str | None = None) -> "QuerySet[Licence]":
    """Licences that somebody verified and that have not run out; those that count in ``where``, where it is given."""
    found = Licence.objects.filter(verified_at__isnull=False, expires_on__gte=today())
    return found if where is None else found.filter(jurisdiction__in=counts_in(where))


def shown(where: str | None = None, *, at: datetime | None = None) -> "QuerySet[Profile]":
    """Published profiles of those who work here as therapists and whose licence stands (in ``where``)."""
    holding = RoleHolding.objects.filter(holds_at(at or now()), role=Role.THERAPIST)
    licensed = standing_licences(where).filter(therapist_id=OuterRef("therapist_id"))
    works_here = In(F("therapist__person_id"), holding.values("person_id"))
    return Profile.objects.filter(Exists(licensed), AsOneList(works_here), published_at__isnull=False)


def there_for(where: str, format: Together | None = None) -> "QuerySet[Profile]":  # noqa: A002 - the field's own word
    """Those of them who take new people, with room in the format: whom anybody new may find. For every search and match."""
    room = Opening.objects.filter(profile_id=OuterRef("pk"), places__gt=0)
    fits = room.filter(format=format) if format else room
    return shown(where).filter(Q(Exists(fits)), therapist__taking_clients=True)
