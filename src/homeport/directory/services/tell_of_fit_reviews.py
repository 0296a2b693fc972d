"""Tell people by a mail that something waits for them at home, once a first and a third session is over."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from homeport.access.wall import person_set
from homeport.cases.models import Participant
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.directory.fit import due_reviews, review_id
from homeport.outbox.services.put_message import put_message
from homeport.people.languages import written_language
from homeport.people.models import Person
from homeport.people.models.lasting import holds_at
from homeport.scheduling.models import Appointment

# Not while they are on their way home; and what a job could not say for days is not said any more: home says it.
AFTER, UNTIL = timedelta(hours=3), timedelta(days=4)


def tell_of_fit_reviews(*, actor: Actor) -> int:
    """Write to everybody whose review came due, once for each. Returns for how many one is due.

    Everybody's own: a partner who was not there is not written to, and nothing says what it is about.
    """
    recent = Appointment.objects.filter(
        status=Appointment.Status.BOOKED, ends_at__gt=now() - UNTIL, ends_at__lte=now() - AFTER
    )
    with person_set(actor):
        cases = {case_id for case_id in recent.values_list("case_id", flat=True) if case_id}
    parts = Participant.objects.filter(holds_at(now()), case_id__in=cases).exclude(person__user=None)
    told = 0
    for part in parts.select_related("person__user").order_by("person_id", "case_id"):
        told += _tell(part.person, part.case_id)
    return told


@transaction.atomic
def _tell(person: Person, case_id: UUID) -> int:
    due = due_reviews(person.pk, [case_id])
    for each in due:
        with override(written_language(person.language)):
            put_message(
                kind="fit",
                to=person,
                subject=str(_("Something waits for you")),
                body=render_to_string(
                    "directory/mail/fit_waits.txt", {"link": f"{settings.ADDRESS}{reverse('home')}"}
                ),
                key=f"fit:{review_id(person.pk, each.case_id, each.after)}",
            )
    return len(due)
