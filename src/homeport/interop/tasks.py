"""This room's recurring work."""

from datetime import timedelta

from homeport.cases.models import Case
from homeport.core.actor import system
from homeport.core.clock import today
from homeport.core.jobs import job
from homeport.core.keys import rewrap, scopes_under
from homeport.interop.retention import kept_until
from homeport.interop.services.erase_case import erase_case
from homeport.interop.services.forget_names import forget_names, is_still_needed
from homeport.people.models import Practice


@job("interop.retention", every=timedelta(hours=24))
def retention() -> None:
    """Erase the record of every case whose time is over, and the names on it where no other record is left of somebody.

    A case erased before has no key left, and is passed over.
    """
    practice, by = Practice.objects.first(), system("interop.retention")
    if practice is None:
        return
    closed = Case.objects.filter(status=Case.Status.CLOSED).prefetch_related("participants__person")
    for case in closed.iterator(chunk_size=500):
        until = kept_until(case, [part.person for part in case.participants.all()], practice)
        if until is not None and until < today() and _has_keys(case):
            erase_case(actor=by, case=case)
            for person in {part.person for part in case.participants.all()}:
                if not is_still_needed(person):
                    forget_names(actor=by, person=person)


def _has_keys(case: Case) -> bool:
    return bool(scopes_under(f"case:{case.pk}:"))


@job("core.rewrap_keys", every=timedelta(hours=1))
def rewrap_keys() -> None:
    """After a new installation key was added: wrap the data keys again, a portion at a time, while serving."""
    while rewrap():
        pass
