"""What somebody has said so far, as one small value that travels in the page: signed and dated by us, kept nowhere.

The signature shows that we wrote it; it gives no authority over anything but the sender's own wishes. Whoever holds the
page can read it, and that is the person who said it. When they make an account it waits in the session of their own browser,
which alone holds its key, and is claimed from there (``homeport.accounts.waiting``).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext_noop

from homeport.accounts import waiting
from homeport.accounts.waiting import WISHES
from homeport.core import randomness
from homeport.core.errors import HomeportError
from homeport.directory.concerns import Concern
from homeport.directory.hindsight import Before, History
from homeport.directory.week import SLOTS
from homeport.directory.wishes import NAMES, Near, Weight, Wishes
from homeport.people.offers import Faith, Format, Gender, Identity, Population, Together

VERSION = 1
SALT = "homeport.directory.carried"
KEEP_SECONDS = 24 * 60 * 60
LONGEST = 6_000
NOTHING = Wishes(where="")


class Lost(HomeportError):
    """What came in the page is not ours, was changed, or is too old."""


@dataclass(frozen=True, slots=True)
class Carried:
    """``key``: 32 hexadecimal digits drawn once. ``history``: what matters to know of their life; ``before``: what went
    wrong in an earlier therapy."""

    key: str
    wishes: Wishes = NOTHING
    history: tuple[History, ...] = ()
    before: tuple[Before, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


def begin() -> Carried:
    """Nothing said yet."""
    return Carried(key=f"{randomness.stream('wishes').getrandbits(128):032x}")


def wishes_to_wire(wishes: Wishes) -> dict[str, Any]:
    """The wishes as a small JSON object; what was not said is not in it."""
    near = wishes.near
    said: dict[str, Any] = {
        "where": wishes.where,
        "format": wishes.format,
        "concerns": list(wishes.concerns),
        "way": wishes.way,
        "language": wishes.language,
        "near": [near.town, near.km, near.latitude, near.longitude] if near else None,
        "most_fee": wishes.most_fee,
        "times": sorted(wishes.times),
        "zone": wishes.zone,
        "gender": wishes.gender,
        "identities": list(wishes.identities),
        "faith": wishes.faith,
        "populations": list(wishes.populations),
        "weights": {name: int(weight) for name, weight in wishes.weights.items()},
    }
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def wishes_from_wire(wire: Mapping[str, Any]) -> Wishes:
    """Back again. Raises ``Lost`` for anything that :func:`wishes_to_wire` does not write."""
    try:
        near = wire.get("near")
        most = wire.get("most_fee")
        return Wishes(
            where=str(wire.get("where", "")),
            format=_code(Together, wire.get("format")),
            concerns=_codes(Concern, wire),
            way=_code(Format, wire.get("way")),
            language=str(wire.get("language", "")),
            near=Near(str(near[0]), int(near[1]), *(_degrees(each) for each in near[2:4])) if near else None,
            most_fee=None if most is None else int(most),
            times=frozenset(str(each) for each in wire.get("times", ()) if each in SLOTS),
            zone=str(wire.get("zone", "UTC")),
            gender=_code(Gender, wire.get("gender")),
            identities=_codes(Identity, wire),
            faith=_code(Faith, wire.get("faith")),
            populations=_codes(Population, wire),
            weights={
                str(name): Weight(weight) for name, weight in wire.get("weights", {}).items() if name in NAMES
            },
        )
    except (TypeError, ValueError, KeyError, IndexError, AttributeError) as error:
        raise Lost(gettext_noop("This page was made by another version of Homeport.")) from error


_PLURAL = {Concern: "concerns", Identity: "identities", Population: "populations"}


def _code(kind: Any, value: Any) -> Any:
    return None if value in (None, "") else kind(value)


def _codes(kind: Any, wire: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(kind(each) for each in wire.get(_PLURAL[kind], ()))


def _degrees(value: Any) -> float | None:
    return None if value is None else float(value)


def seal(carried: Carried) -> str:
    """As a signed, dated text for the hidden field."""
    wire = [
        VERSION, carried.key, wishes_to_wire(carried.wishes), list(carried.history), list(carried.before),
        dict(carried.extra),
    ]  # fmt: skip
    return signing.dumps(wire, salt=SALT, compress=True)


def unseal(sealed: str, *, within: int | None = KEEP_SECONDS) -> Carried:
    """Read a hidden field. Raises ``Lost`` when it is missing, changed, cut short, too old or of another installation."""
    if not sealed or len(sealed) > LONGEST:
        raise Lost(gettext_noop("The page came without what it should carry."))
    try:
        wire = signing.loads(sealed, salt=SALT, max_age=within)
    except signing.SignatureExpired as error:
        raise Lost(gettext_noop("This page was open for more than a day.")) from error
    except signing.BadSignature as error:
        raise Lost(gettext_noop("What this page carries was changed or cut short on the way.")) from error
    return _from_wire(wire)


def _from_wire(wire: Any) -> Carried:
    try:
        version, key, wishes, history, before, extra = wire
        if version != VERSION or not re.fullmatch(r"[0-9a-f]{32}", key):
            raise ValueError(version)
        return Carried(
            key,
            wishes_from_wire(wishes),
            tuple(History(each) for each in history),
            tuple(Before(each) for each in before),
            {str(name): str(value) for name, value in extra.items()},
        )
    except (TypeError, ValueError, AttributeError) as error:
        raise Lost(gettext_noop("This page was made by another version of Homeport.")) from error


def hold(request: HttpRequest, carried: Carried, *, extra: Mapping[str, str]) -> None:
    """Let it wait in this browser's session while an account is made. ``extra``: what they were about to do."""
    whole = replace(carried, extra=extra)
    waiting.put(request, WISHES, carried=seal(whole))


def held(request: HttpRequest) -> Carried | None:
    """What waits in this browser's session for whoever is signed in; None where nothing of theirs does."""
    waits = waiting.waiting(request, WISHES) if waiting.is_mine(request) else None
    if waits is None:
        return None
    try:
        return unseal(waits["carried"])
    except Lost:
        return None


def let_go(request: HttpRequest) -> None:
    """Hold it no longer."""
    waiting.let_go(request, WISHES)
