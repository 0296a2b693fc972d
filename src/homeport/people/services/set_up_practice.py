"""The first start: the practice and its first manager."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.errors import HomeportError
from homeport.people.models import Invitation, Person, Practice, Role
from homeport.people.policies import check_practice
from homeport.people.services.enter_person import enter_person
from homeport.people.services.hold_role import give_role
from homeport.people.services.invite import invite


class SetUpAlready(HomeportError):
    """There is a practice: a second one needs a database of its own."""

    def __init__(self) -> None:
        super().__init__(_("This installation has a practice already. Its manager can change the settings."))


@transaction.atomic
def set_up_practice(
    *,
    actor: Actor,
    name: str,
    jurisdiction: str,
    zone: str,
    languages: list[str],
    crisis_region: str,
    retention_years: int,
    manager: Person,
) -> Practice:
    """Write the practice down, and make ``manager`` its first manager.

    Raises ``SetUpAlready`` when there is a practice, ``Unfit`` when something given is not known.
    """
    if Practice.objects.exists():
        raise SetUpAlready
    practice = Practice(
        name=name.strip(),
        jurisdiction=jurisdiction,
        zone=zone,
        languages=languages,
        crisis_region=crisis_region,
        retention_years=retention_years,
        retention_years_minor=retention_years,
    )
    check_practice(practice)
    try:
        with transaction.atomic():
            practice.save(force_insert=True)
    except IntegrityError:
        raise SetUpAlready from None
    record(actor=actor, verb=Verb.SETTING, material="practice", row_id=practice.pk)
    give_role(actor=actor, person=manager, role=Role.MANAGER)
    return practice


@transaction.atomic
def begin_practice(
    *, actor: Actor, manager_name: str, manager_email: str, **practice: Any
) -> tuple[Practice, Invitation, str]:
    """The practice (settings as :func:`set_up_practice` takes them), its manager, and their invitation with its secret.

    All or nothing: raises what that, entering a person and inviting raise.
    """
    if Practice.objects.exists():
        raise SetUpAlready
    settings = {
        "language": practice["languages"][0] if practice["languages"] else "en",
        "zone": practice["zone"],
    }
    check_practice(Practice(retention_years_minor=practice["retention_years"], **practice))
    manager = enter_person(actor=actor, name=manager_name, **settings)
    made = set_up_practice(actor=actor, manager=manager, **practice)
    invitation, secret = invite(actor=actor, email=manager_email, roles=[], person=manager)
    return made, invitation, secret
