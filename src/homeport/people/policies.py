"""What must hold of a person, a practice, an offer: each check raises one sentence for the field it is about."""

import re
import zoneinfo
from datetime import date
from functools import lru_cache

import phonenumbers
from django.utils.translation import gettext as _

from homeport.content.crisis import place_by_code
from homeport.content.jurisdictions import ELSEWHERE
from homeport.core.clock import today
from homeport.people.errors import Unfit
from homeport.people.languages import is_language
from homeport.people.models import Person, Practice, Therapist
from homeport.people.offers import CURRENCIES, Approach, Fee, Format, Population

OLDEST = 125
PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """Every time zone by its name, the old aliases aside."""
    return tuple(sorted(name for name in zoneinfo.available_timezones() if "/" in name or name == "UTC"))


def check_zone(zone: str) -> None:
    """Raise ``Unfit`` for what is no time zone."""
    if zone not in zones():
        raise Unfit("zone", _("“%s” is not a time zone. Use one such as America/Toronto.") % zone)


def check_jurisdiction(code: str, field: str = "jurisdiction") -> None:
    """Raise ``Unfit`` for what is no code of a place. One we have no rules for gets the careful ones."""
    if code != ELSEWHERE and not PLACE.fullmatch(code):
        raise Unfit(field, _("“%s” is not a place. Use a code such as CA-ON or GB.") % code)


def check_languages(codes: list[str]) -> None:
    """Raise ``Unfit`` for no language at all, or one that is none."""
    if not codes:
        raise Unfit("languages", _("Choose at least one language."))
    for code in codes:
        if not is_language(code):
            raise Unfit("languages", _("“%s” is not a language we know.") % code)


def check_practice(practice: Practice) -> None:
    """Raise ``Unfit`` when the practice's settings do not make sense."""
    if not practice.name.strip():
        raise Unfit("name", _("Give the practice a name."))
    check_jurisdiction(practice.jurisdiction)
    check_zone(practice.zone)
    check_languages(practice.languages)
    if practice.crisis_region and not place_by_code(practice.crisis_region).country:
        raise Unfit("crisis_region", _("We know no crisis lines for “%s”.") % practice.crisis_region)
    for field in ("retention_years", "retention_years_minor"):
        if not 1 <= getattr(practice, field) <= 100:
            raise Unfit(field, _("Records are kept between 1 and 100 years."))


def check_person(person: Person, region: str | None = None) -> None:
    """Raise ``Unfit`` when something a person told us cannot be so. ``region`` reads a phone number without its country."""
    if not person.name.strip():
        raise Unfit("name", _("We need a name to call this person by."))
    check_zone(person.zone)
    if not is_language(person.language):
        raise Unfit("language", _("“%s” is not a language we know.") % person.language)
    check_birth_date(person.birth_date)
    if person.phone:
        person.phone = phone_number(person.phone, region)


def check_birth_date(born: date | None) -> None:
    """Raise ``Unfit`` for a day that nobody alive was born on."""
    if born is not None and not (today().year - OLDEST <= born.year and born <= today()):
        raise Unfit("birth_date", _("That birth date cannot be right."))


def phone_number(typed: str, region: str | None, field: str = "phone") -> str:
    """A telephone number in its international form. Raises ``Unfit`` for what is none."""
    country = (region or "").partition("-")[0] or None
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        message = _(
            "That does not look like a telephone number. Begin with + and the country, such as +1 416 555 0100."
        )
        raise Unfit(field, message)
    written: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return written


def check_offer(therapist: Therapist) -> None:
    """Raise ``Unfit`` when what a therapist offers holds something that we have no word for."""
    check_languages(therapist.languages)
    for field, kinds in (("populations", Population), ("approaches", Approach), ("formats", Format)):
        strange = set(getattr(therapist, field)) - set(kinds.values)
        if strange:
            raise Unfit(field, _("“%s” is not among the choices.") % min(strange))
    if set(therapist.fees) - set(Fee.values) or any(
        not 0 <= fee <= 10_000_00 for fee in therapist.fees.values()
    ):
        raise Unfit("fees", _("A fee lies between 0 and 10,000."))
    if therapist.fees and therapist.currency not in CURRENCIES:
        raise Unfit("currency", _("Choose the currency of the fees."))
