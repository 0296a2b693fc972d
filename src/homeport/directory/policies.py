"""What must hold of a profile: each check raises one sentence for the field it is about."""

from django.utils.translation import gettext as _

from homeport.core.clock import today
from homeport.directory.concerns import OFFERED
from homeport.directory.models import Profile
from homeport.directory.week import WHOLE
from homeport.people.errors import Unfit
from homeport.people.offers import Access, Faith, Gender, Identity, Together
from homeport.people.policies import check_jurisdiction

LONGEST = {"title": 120, "greeting": 240, "about": 6_000, "first_time": 2_000, "whereabouts": 120, "town": 80}
MOST_PLACES = 99
DEAREST = 10_000_00


def check_profile(profile: Profile) -> None:
    """Raise ``Unfit`` when something of it cannot be so."""
    for field, most in LONGEST.items():
        if len(getattr(profile, field)) > most:
            raise Unfit(field, _("Please keep this to %(most)s letters.") % {"most": most})
    for field, known in (("concerns", set(OFFERED)), ("identities", set(Identity)), ("access", set(Access))):
        strange = {str(code) for code in getattr(profile, field)} - {str(code) for code in known}
        if strange:
            raise Unfit(field, _("“%s” is not among the choices.") % min(strange))
    _check_choice("gender", profile.gender, Gender.values)
    _check_choice("faith", profile.faith, Faith.values)
    _check_place(profile)
    if not 0 <= profile.usual <= WHOLE:
        raise Unfit("usual", _("Choose from the parts of the week."))
    since = profile.practising_since
    if since is not None and not today().year - 75 <= since <= today().year:
        raise Unfit("practising_since", _("Write the year in which you began, such as 2012."))
    if profile.lowest_fee is not None and profile.lowest_fee > DEAREST:
        raise Unfit("lowest_fee", _("A fee lies between 0 and 10,000."))


def check_openings(places: dict[str, int]) -> None:
    """Raise ``Unfit`` for a format that is none, or for room that nobody has."""
    for name, number in places.items():
        if name not in Together.values:
            raise Unfit("places", _("“%s” is not among the choices.") % name)
        if not 0 <= number <= MOST_PLACES:
            raise Unfit(f"room_{name}", _("Write how many new people you have room for, from 0 to 99."))


def lacks(profile: Profile, *, offers_formats: bool) -> str | None:
    """What still has to be there before it can be put up: one sentence, or None."""
    if not profile.about.strip():
        return _("Write a few words about how you work first.")
    if not profile.concerns:
        return _("Choose at least one thing that people come to you for.")
    if not offers_formats:
        return _("Say with whom you work, and for how many you have room.")
    return None


def _check_choice(field: str, value: str, known: list[str]) -> None:
    if value and value not in known:
        raise Unfit(field, _("“%s” is not among the choices.") % value)


def _check_place(profile: Profile) -> None:
    if profile.region:
        check_jurisdiction(profile.region, "region")
    north, east = profile.latitude, profile.longitude
    if (north is None) != (east is None):
        raise Unfit("latitude", _("A place on the map has two numbers: north and east."))
    if north is not None and east is not None and not (-90 <= north <= 90 and -180 <= east <= 180):
        raise Unfit("latitude", _("There is no such place on the map."))
