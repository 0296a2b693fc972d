"""How guessing grows slow, without shutting anybody out.

Tries are counted by (account, network origin): from where nobody guessed, the door stays open, and from anywhere a
passkey, a code in the mail or a recovery code still gets in. Accounts that do not exist are counted alike. A try is
counted before it is looked at, so that many at once are no way round, and given back when it was right.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from homeport.accounts.models import Tries
from homeport.accounts.origin import digest_of
from homeport.core.clock import now


@dataclass(frozen=True, slots=True)
class Rule:
    """``free`` tries cost nothing; after each further one the pause doubles, from ``first`` to ``longest``.

    After ``forgotten`` without a try all is as at first.
    """

    name: str
    free: int
    first: timedelta
    longest: timedelta
    forgotten: timedelta

    def pause(self, count: int) -> timedelta:
        """How long to wait after the try number ``count``."""
        beyond = count - self.free
        if beyond < 0:
            return timedelta(0)
        return min(self.first * (1 << min(beyond, 20)), self.longest)


MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# A password: by account and origin, and by origin alone for one who tries many accounts.
PASSWORD = Rule("password", free=5, first=MINUTE / 2, longest=HOUR, forgotten=DAY)
PASSWORDS_FROM_HERE = Rule(
    "passwords from here", free=60, first=MINUTE / 2, longest=10 * MINUTE, forgotten=HOUR
)
# The second step: who comes this far knows the password. Six digits need a limit of the account's own as well, which
# leaves recovery codes and passkeys alone: those cannot be guessed.
SECOND_STEP = Rule("second step", free=5, first=MINUTE / 2, longest=HOUR, forgotten=DAY)
ONE_TIME_CODES = Rule("one-time codes", free=20, first=MINUTE, longest=15 * MINUTE, forgotten=DAY)
# Mail that somebody asks us to send: by address and origin.
MAIL = Rule("mail", free=5, first=MINUTE, longest=HOUR, forgotten=DAY)


def claim(rule: Rule, *parts: str) -> timedelta | None:
    """Count a try by these parts. Returns None when it is allowed, else how long to wait; then it was not counted."""
    moment = now()
    with transaction.atomic():
        digest = digest_of(rule.name, *parts)
        new = {"count": 0, "last_at": moment, "open_at": moment}
        row, _ = Tries.objects.select_for_update().get_or_create(digest=digest, defaults=new)
        if row.last_at + rule.forgotten <= moment:
            row.count, row.open_at = 0, moment
        if not row.is_open(moment):
            return row.open_at - moment
        row.count += 1
        row.last_at, row.open_at = moment, moment + rule.pause(row.count)
        row.save()
    return None


def waiting(rule: Rule, *parts: str) -> timedelta | None:
    """How long these parts must wait, without counting a try."""
    moment = now()
    row = Tries.objects.filter(digest=digest_of(rule.name, *parts), open_at__gt=moment).first()
    return row.open_at - moment if row and row.last_at + rule.forgotten > moment else None


def was_right(rule: Rule, *parts: str) -> None:
    """The try was right: forget all by these parts."""
    Tries.objects.filter(digest=digest_of(rule.name, *parts)).delete()


def give_back(rule: Rule, *parts: str) -> None:
    """The try was right, but others by these parts still count: take this one off."""
    with transaction.atomic():
        row = Tries.objects.select_for_update().filter(digest=digest_of(rule.name, *parts)).first()
        if row and row.count:
            row.count -= 1
            row.open_at = min(row.open_at, _open_after(rule, row.count, row.last_at))
            row.save()


def _open_after(rule: Rule, count: int, last_at: datetime) -> datetime:
    return last_at + rule.pause(count)
