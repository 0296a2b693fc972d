"""The first start: the practice and its first manager."""

from django.db import transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.errors import HomeportError
from homeport.people.models import Person, Practice, Role, RoleHolding
from homeport.people.policies import check_practice


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

    Raises ``HomeportError`` when there is a practice already, or when something given is not known.
    """
    if Practice.objects.exists():
        raise HomeportError("This installation has a practice already. Its manager can change the settings.")
    practice = Practice(
        name=name.strip(),
        jurisdiction=jurisdiction,
        zone=zone,
        languages=languages,
        crisis_region=crisis_region,
        retention_years=retention_years,
    )
    check_practice(practice)
    practice.save(force_insert=True)
    RoleHolding.objects.create(person=manager, role=Role.MANAGER)
    record(actor=actor, verb=Verb.SETTING, material="practice", row_id=practice.pk)
    record(
        actor=actor,
        verb=Verb.GRANT,
        material=f"role:{Role.MANAGER}",
        row_id=manager.pk,
        subject_id=manager.pk,
    )
    return practice
