"""Tell a therapist and the managers that a licence ends."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from homeport.core.clock import now, today
from homeport.core.mail import Letter, put_letter
from homeport.people.languages import written_language
from homeport.people.models import Licence, Person, Role, RoleHolding
from homeport.people.models.lasting import holds_at

# Days before it ends; the last is the day itself.
TOLD = (60, 30, 7, 0)
# Where no worker ran on the day itself, it is still said; of one that ended long ago nobody is told.
LATEST = timedelta(days=7)


def remind_of_licences() -> None:
    """Write the letters that are due: to each therapist who works here, and to every manager. Each is written once."""
    day = today()
    working = RoleHolding.objects.filter(holds_at(now()), role=Role.THERAPIST).values("person_id")
    ending = Licence.objects.filter(
        therapist__person_id__in=working,
        expires_on__gte=day - LATEST,
        expires_on__lte=day + timedelta(days=max(TOLD)),
    )
    holding = RoleHolding.objects.filter(holds_at(now()), role=Role.MANAGER).values("person_id")
    managers = list(Person.objects.filter(pk__in=holding).order_by("pk"))
    for licence in ending.select_related("therapist__person").order_by("expires_on", "pk"):
        _tell(licence, managers)


@transaction.atomic
def _tell(licence: Licence, managers: list[Person]) -> None:
    left = (licence.expires_on - today()).days
    step = min(days for days in TOLD if left <= days)
    holder = licence.therapist.person
    for reader in {person.pk: person for person in (holder, *managers)}.values():
        is_own = reader.pk == holder.pk
        page = reverse("own-licences" if is_own else "licences")
        with override(written_language(reader.language)):
            shown = {
                "reader": reader, "holder": holder, "is_own": is_own, "left": left, "day": licence.expires_on,
                "link": f"{settings.ADDRESS}{page}",
            }  # fmt: skip
            put_letter(
                Letter(
                    kind="licence",
                    # A licence that was renewed has another last day, and is told of anew.
                    key=f"licence:{licence.pk}:{licence.expires_on}:{step}:{reader.pk}",
                    subject=_("A licence to renew"),
                    body=render_to_string("people/mail/licence_ends.txt", shown),
                    person_id=reader.pk,
                )
            )
