"""What sign-in must know of persons (see ``homeport.accounts.bearer``)."""

from uuid import UUID

from django.db.models import Exists, OuterRef

from homeport.accounts.bearer import Bearer
from homeport.core.clock import now
from homeport.people.models import Person, RoleHolding
from homeport.people.models.lasting import holds_at
from homeport.people.models.role_holding import STAFF


class PeopleHere:
    """Answers from this room's tables."""

    def bearer_of(self, user_id: UUID) -> Bearer | None:
        """The person behind this user, in one query."""
        works = RoleHolding.objects.filter(holds_at(now()), person=OuterRef("pk"), role__in=STAFF)
        person = Person.objects.filter(user_id=user_id).annotate(works_here=Exists(works)).first()
        if person is None:
            return None
        return Bearer(person.pk, person.shown_name, person.language, person.zone, person.works_here)
