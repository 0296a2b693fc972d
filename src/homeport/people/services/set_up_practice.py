"""The first start: the practice and its first manager."""

import zoneinfo

from django.db import transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.content.jurisdictions import ELSEWHERE, all_minors
from homeport.core.actor import Actor
from homeport.core.errors import HomeportError
from homeport.people.models import Person, Practice, Role, RoleHolding


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


def check_practice(practice: Practice) -> None:
    """Raise ``HomeportError`` with one sentence when the practice's settings do not make sense."""
    if not practice.name:
        raise HomeportError("Please give the practice a name.")
    country = practice.jurisdiction.partition("-")[0]
    if (
        not (len(country) == 2 and country.isalpha() and country.isupper())
        and practice.jurisdiction != ELSEWHERE
    ):
        known = ", ".join(sorted(code for code in all_minors() if code != ELSEWHERE))
        raise HomeportError(f"{practice.jurisdiction!r} is not a place code. Use one such as {known}.")
    if practice.zone not in zoneinfo.available_timezones():
        raise HomeportError(f"{practice.zone!r} is not a time zone. Use one such as America/Toronto.")
    if not practice.languages:
        raise HomeportError("Please name at least one language.")
    if not 1 <= practice.retention_years <= 100:
        raise HomeportError("Records are kept between 1 and 100 years.")
