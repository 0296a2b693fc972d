"""Take a place in a group, wait for one, leave it; and what goes with it: its meetings, and the list of who waits."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from homeport.access.gate import Hidden
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import Case, Participant
from homeport.cases.services.open_case import add_participant, end_participation
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.outbox.services.put_message import put_message
from homeport.people.languages import written_language
from homeport.people.models import Person
from homeport.people.models.lasting import holds_at
from homeport.scheduling.availability import rules_of
from homeport.scheduling.groups import free_places, group_of, may_join
from homeport.scheduling.letters import in_words
from homeport.scheduling.models import AppointmentPerson, Group, Waiting
from homeport.scheduling.services.take_place import Full
from homeport.scheduling.services.wait_for_time import stop_waiting

Consent = AppointmentPerson.Consent


@acting
def join_group(*, actor: Actor, group: Group, person_id: UUID, called: str = "") -> Participant:
    """Take a place: for oneself where the group is open to one, or as who leads it for a client.

    They come to every meeting of it that lies ahead, and hear of them in one letter. Raises ``Full`` when no place is free
    (one that is kept for somebody else is not), ``Hidden`` for whoever may not, and what ``add_participant`` raises.
    """
    group = Group.objects.select_for_update().get(pk=group.pk)
    person = Person.objects.get(pk=person_id)
    _check(actor, group, person)
    case = Case.objects.get(pk=group.case_id)
    if case.participants.filter(person=person, until_at=None).exists():
        return case.participants.get(person=person, until_at=None)
    if free_places(group, but=person_id) < 1:
        raise Full
    name = called.strip() or person.shown_name.split()[0]
    # The meetings come with it, by whichever way somebody comes in: see ``join_in_case``.
    return add_participant(
        actor=actor, case=case, person=person, role=Participant.Role.MEMBER, group_name=name
    )


@acting
def leave_group(*, actor: Actor, group: Group, person_id: UUID) -> None:
    """Give the place back, or as who leads it end somebody's. Their meetings go with it; who waits is offered the place.

    Given back already, nothing happens. Raises ``Hidden`` for whoever may not, and who never had one.
    """
    standing = standing_of(actor)
    parts = Participant.objects.filter(case_id=group.case_id, person_id=person_id)
    leads = may_with_case(standing, CaseAct.ARRANGE, group.case_id)
    if not parts.exists() or not (leads or actor.person_id == person_id):
        raise Hidden
    part = parts.filter(until_at=None).first()
    if part is None:
        return
    end_participation(actor=actor, participant=part)


@acting
def wait_for_place(*, actor: Actor, group: Group, person_id: UUID) -> Waiting:
    """Wait for a place, in the order in which people ask. Who waits already keeps their place on the list."""
    person = Person.objects.get(pk=person_id)
    _check(actor, group, person)
    wish = {
        "therapist_id": group.offering.therapist_id,
        "case_id": group.case_id,
        "kind": group.offering.kind,
        "way": group.offering.way,
        "zone": person.zone,
    }
    waiting, created = Waiting.objects.get_or_create(group=group, person=person, ended_at=None, defaults=wish)
    if created:
        record(
            actor=actor, verb=Verb.CREATE, material="waiting", row_id=waiting.pk, case_id=group.case_id,
            subject_id=person_id,
        )  # fmt: skip
        offer_places(actor=actor, group=group)
    return waiting


@acting
def wait_no_longer(*, actor: Actor, waiting: Waiting) -> None:
    """Go off the list; a place that was kept is offered to the next. Raises ``Hidden`` for anybody but who waits."""
    was_kept = waiting.offered_until is not None
    stop_waiting(actor=actor, waiting=waiting)
    if was_kept and waiting.group is not None:
        offer_places(actor=actor, group=waiting.group)


@transaction.atomic
def offer_places(*, actor: Actor, group: Group) -> int:
    """Keep each free place for the first who waits and was not offered this one. Returns how many were offered."""
    group = Group.objects.select_for_update().select_related("offering").get(pk=group.pk)
    free = free_places(group)
    queue = Waiting.objects.filter(group=group, ended_at=None, offered_until=None, passed=[])
    offered = 0
    for waiting in queue.select_related("person__user").order_by("since", "pk")[: max(free, 0)]:
        rules = rules_of([group.offering.therapist_id])[group.offering.therapist_id]
        # Longer than for a time: nothing begins before they have answered.
        waiting.offered_until = now() + timedelta(minutes=max(rules.offer, 24 * 60))
        waiting.save(update_fields=["offered_until"])
        record(
            actor=actor, verb=Verb.GRANT, material="waiting", row_id=waiting.pk, case_id=group.case_id,
            subject_id=waiting.person_id,
        )  # fmt: skip
        _tell(waiting)
        offered += 1
    return offered


@transaction.atomic
def lapse_places(*, actor: Actor) -> int:
    """Let go of places that were kept and not taken: who did not take theirs waits behind the others. Returns how many."""
    gone = list(
        Waiting.objects.select_for_update(of=("self",))
        .filter(ended_at=None, offered_until__lte=now())
        .select_related("group")
    )
    for waiting in gone:
        waiting.offered_until, waiting.since, waiting.passed = None, now(), [now().isoformat()]
        waiting.save(update_fields=["offered_until", "since", "passed"])
    for group in {waiting.group for waiting in gone if waiting.group}:
        offer_places(actor=actor, group=group)
    return len(gone)


def place_became_free(actor: Actor, part: Participant) -> None:
    """Somebody leaves a group: the place goes to the first who waits, whatever they were offered before."""
    group = group_of(part.case_id)
    if group is None:
        return
    Waiting.objects.filter(group=group, ended_at=None).exclude(passed=[]).update(passed=[])
    offer_places(actor=actor, group=group)


def _check(actor: Actor, group: Group, person: Person) -> None:
    standing = standing_of(actor)
    if may_with_case(standing, CaseAct.ARRANGE, group.case_id):
        here = Participant.objects.filter(
            holds_at(now()), person=person, case_id__in=standing.professional_cases
        )
        if not here.exists():  # a client of somebody else's
            raise Hidden
        return
    if actor.person_id != person.pk or not may_join(standing, group, person):
        raise Hidden


def _tell(waiting: Waiting) -> None:
    reader, until = waiting.person, waiting.offered_until
    assert until is not None
    with override(written_language(reader.language)):
        shown = {
            "name": reader.shown_name,
            "until": in_words(until, reader.zone, reader.zone),
            "link": settings.ADDRESS,
        }
        put_message(
            kind="time-offered",
            to=reader,
            subject=_("A place is free"),
            body=render_to_string("scheduling/mail/place.txt", shown),
            short=_("A place is free. It is kept for you until %(until)s.") % shown,
            key=f"place:{waiting.pk}:{until:%Y%m%dT%H%M}",
            until_at=until,
        )
