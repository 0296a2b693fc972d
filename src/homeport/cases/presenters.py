"""How what concerns a minor is put before whoever treats them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from homeport.cases.models import GuardianNarrowing, Participant, TreatmentConsent
from homeport.cases.policies import MinorRules, rules_for
from homeport.core.keys import KeyGone
from homeport.people.models import Guardianship
from homeport.people.selectors import guardianships_of


@dataclass(frozen=True, slots=True)
class Stander:
    """Somebody who stands for the minor now. ``sees``: in one sentence, what their standing opens in this case."""

    guardianship: Guardianship
    sees: str
    narrowing: GuardianNarrowing | None
    reason: str
    may_verify: bool
    may_consent: bool


@dataclass(frozen=True, slots=True)
class Consented:
    """Who said yes to the treatment."""

    consent: TreatmentConsent
    is_own: bool
    note: str


def minor_page(part: Participant, me: UUID | None) -> dict[str, Any]:
    """What the page about one minor shows ``me``. Four queries, and one look into the key store a sealed reason."""
    rules = rules_for(part.case, part.person)
    consents = list(part.consents.filter(until_at=None).select_related("given_by").order_by("from_at", "pk"))
    given = {consent.given_by_id for consent in consents}
    narrowings = {each.guardian_id: each for each in part.narrowings.filter(until_at=None)}
    standing = guardianships_of(part.person_id)
    return {
        "part": part,
        "age": part.person.age_on(),
        "rules": rules,
        "consent_rule": consent_rule(rules),
        "may_alone": rules.is_minor and rules.consents_alone is not False and not part.consents_alone,
        "asks_note": rules.consents_alone is None,
        "guardians": [
            _stander(part, rules, each, narrowings.get(each.guardian_id), me, given)
            for each in standing
            if each.holds
        ],
        "ended": [each for each in standing if not each.holds],
        "consents": [
            Consented(each, each.given_by_id == part.person_id, words_of(each, "capacity_note"))
            for each in consents
        ],
    }


def consent_rule(rules: MinorRules) -> str:
    """Who consents at this age, in one sentence."""
    if not rules.is_minor:
        return _("They are of age and consent for themselves.")
    if rules.consents_alone is True:
        return _("At this age they may consent alone.")
    if rules.consents_alone is None:
        return _("There is no fixed age: you judge whether they understand, and write down why.")
    return _("At this age a guardian with legal authority consents.")


def _stander(
    part: Participant,
    rules: MinorRules,
    standing: Guardianship,
    narrowing: GuardianNarrowing | None,
    me: UUID | None,
    given: set[UUID],
) -> Stander:
    verified = standing.verified_at is not None
    return Stander(
        guardianship=standing,
        sees=_sees(part, rules, standing, narrowing),
        narrowing=narrowing,
        reason=words_of(narrowing, "reason") if narrowing else "",
        may_verify=not verified and standing.guardian_id != me,
        may_consent=verified
        and standing.legal_authority
        and rules.is_minor
        and standing.guardian_id not in given,
    )


def _sees(
    part: Participant, rules: MinorRules, standing: Guardianship, narrowing: GuardianNarrowing | None
) -> str:
    if not standing.legal_authority:
        return _("Sees nothing: daily care alone opens nothing.")
    if standing.verified_at is None:
        return _("Sees nothing until somebody has looked at the papers.")
    if part.consents_alone:
        return _("Sees nothing: the young person consents alone.")
    if narrowing and narrowing.hides == GuardianNarrowing.Hides.EVERYTHING:
        return _("Sees nothing, for this reason:")
    if rules.guardian_sees_appointments and not narrowing:
        return _("Sees when and where the child has appointments, and what is released to them.")
    return _("Sees only what is released to them.")


def words_of(row: Any, field: str) -> str:
    """The sealed words of a row; a sentence in their place where their key was destroyed."""
    try:
        return str(getattr(row, field) or "")
    except KeyGone:
        return _("These words were erased.")
