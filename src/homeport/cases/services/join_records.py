"""One person, two records: somebody known here was entered anew by a therapist who could not know that."""

from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.joining import tell_known
from homeport.cases.models import GuardianNarrowing, Participant, TreatmentConsent
from homeport.core.actor import Actor
from homeport.core.clinical import clinical_models
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.keys.models import DataKey
from homeport.people.models import Cover, Guardianship, Invitation, Person, Role, RoleHolding
from homeport.people.services.hold_role import give_role

# What goes over to the record that stays. Anything else that hangs on the other stops it.
GOES_OVER: frozenset[tuple[type[models.Model], str]] = frozenset(
    {
        (Participant, "person"),
        (Guardianship, "child"),
        (Guardianship, "guardian"),
        (GuardianNarrowing, "guardian"),
        (TreatmentConsent, "given_by"),
        (Cover, "by"),
        (RoleHolding, "person"),
        (Invitation, "person"),
    }
)


class CannotJoin(HomeportError):
    """Something was written about the second record already, or the two stand to one another in some way."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "You are known here already, under another record. Please tell the practice: nothing was changed."
            )
        )


@transaction.atomic
def join_records(*, actor: Actor, entered: Person, own: Person) -> None:
    """What ``entered`` was brought into is ``own``'s from now on, as the person says by accepting its invitation.

    Raises ``CannotJoin`` when ``entered`` has a sign-in, when words were sealed under its name, or when anything hangs on it
    that cannot go over; nothing is changed then.
    """
    if entered.user_id is not None or entered.pk == own.pk:
        raise CannotJoin
    tell_known(entered=entered, own=own)
    if _has_words(entered) or _has_more(entered):
        raise CannotJoin
    _participations(entered, own)
    _guardianships(entered, own)
    if Cover.objects.filter(by=entered, covered=own).exists():
        raise CannotJoin
    for model, name in (
        (GuardianNarrowing, "guardian"),
        (TreatmentConsent, "given_by"),
        (Cover, "by"),
        (Invitation, "person"),
    ):
        _all(model).filter(**{name: entered}).update(**{name: own})
    _roles(actor, entered, own)
    if own.birth_date is None and entered.birth_date is not None:
        Person.objects.filter(pk=own.pk).update(birth_date=entered.birth_date)
    record(actor=actor, verb=Verb.CHANGE, material="person", row_id=entered.pk, subject_id=own.pk)


def _all(model: type[models.Model]) -> "models.QuerySet[Any]":
    return model._default_manager.all()


def _has_words(entered: Person) -> bool:
    """Whether anything is sealed under this person's name: it is bound there, and cannot go over."""
    if DataKey.objects.filter(scope__contains=str(entered.pk)).exists():
        return True
    hers = Q(author_id=entered.pk) | Q(subject_id=entered.pk)
    return any(model._default_manager.filter(hers).exists() for model in clinical_models())


def _has_more(entered: Person) -> bool:
    """Whether anything hangs on this person that we would not know how to take over."""
    return any(
        _all(model).filter(**{name: entered}).exists()
        for model, name in _relations()
        if (model, name) not in GOES_OVER
    )


def _relations() -> Iterator[tuple[type[models.Model], str]]:
    for relation in Person._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            held: Any = relation
            yield held.related_model, held.field.name


def _participations(entered: Person, own: Person) -> None:
    """Every case that ``entered`` is in; where ``own`` is in it already, the second part ends."""
    for part in Participant.objects.filter(person=entered).select_related("case"):
        if part.case.care_team.filter(person=own, until_at=None).exists():
            raise CannotJoin
        if part.until_at is None and part.case.participants.filter(person=own, until_at=None).exists():
            part.until_at = now()
        part.person = own
        part.save(update_fields=["person", "until_at"])


def _guardianships(entered: Person, own: Person) -> None:
    """Both ways: whom they stand for, and who stands for them."""
    for standing in Guardianship.objects.filter(Q(child=entered) | Q(guardian=entered)):
        child = own if standing.child_id == entered.pk else standing.child
        guardian = own if standing.guardian_id == entered.pk else standing.guardian
        if child.pk == guardian.pk:
            raise CannotJoin
        same = Guardianship.objects.filter(child=child, guardian=guardian, until_at=None).exclude(
            pk=standing.pk
        )
        if standing.until_at is None and same.exists():
            standing.until_at = now()
        standing.child, standing.guardian = child, guardian
        standing.save(update_fields=["child", "guardian", "until_at"])


def _roles(actor: Actor, entered: Person, own: Person) -> None:
    held = RoleHolding.objects.filter(person=entered)
    for holding in held.filter(until_at=None):
        give_role(actor=actor, person=own, role=Role(holding.role), given_by_id=holding.given_by_id)
    held.filter(until_at=None).update(until_at=now())
    held.filter(role=Role.COVER).update(person=own)
