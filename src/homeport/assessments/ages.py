"""For whom an instrument is made, by age."""

from django.utils.translation import gettext as _

from homeport.content.instruments import Key
from homeport.people.errors import Unfit
from homeport.people.models import Person

# Of somebody whose birth date nobody wrote we do not know the age: only adults are entered without one.
GROWN_UP = 18


def is_for(key: Key, age: int | None) -> bool:
    """Whether it is made for somebody of this age; None for an adult whose age nobody wrote."""
    years = GROWN_UP if age is None else age
    return (key.ages.minimum or 0) <= years and (key.ages.maximum is None or years <= key.ages.maximum)


def check_age(key: Key, about: Person) -> None:
    """Raise ``Unfit`` where it is not made for somebody as old as whom it is about."""
    age = about.age_on()
    if is_for(key, age):
        return
    named = {
        "name": about.shown_name,
        "title": key.abbreviation or key.title,
        "ages": ages_said(key),
        "age": age,
    }
    if age is None:
        message = _(
            "%(title)s is made for people %(ages)s. Nobody wrote down when %(name)s was born. Write that down first."
        )
    else:
        message = _("%(title)s is made for people %(ages)s. %(name)s is %(age)d. Choose other questions.")
    raise Unfit("instrument", message % named)


def unsure_of_age(key: Key, about: Person) -> str:
    """What to say where the age could not be checked; "" where it was, or does not matter."""
    if about.birth_date is not None or (key.ages.minimum is None and key.ages.maximum is None):
        return ""
    return _(
        "Nobody wrote down when %(name)s was born, so their age could not be checked: %(title)s is made for people %(ages)s."
    ) % {"name": about.shown_name, "title": key.abbreviation or key.title, "ages": ages_said(key)}


def ages_said(key: Key) -> str:
    """The ages in words, such as "from 11 to 17"."""
    low, high = key.ages.minimum, key.ages.maximum
    if low is not None and high is not None:
        return _("from %(low)d to %(high)d") % {"low": low, "high": high}
    if high is not None:
        return _("up to %(high)d") % {"high": high}
    return _("from %(low)d on") % {"low": low} if low is not None else _("of any age")
