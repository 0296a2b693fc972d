"""What this room does by itself."""

from datetime import timedelta
from uuid import UUID

from homeport.core.actor import system
from homeport.core.jobs import job
from homeport.directory.services.forget_unsent import forget_unsent
from homeport.directory.services.keep_profile import index_name
from homeport.directory.services.look_up_free_times import look_up_everybody, look_up_free_times
from homeport.directory.services.tell_of_fit_reviews import tell_of_fit_reviews
from homeport.people.services.change_person import RENAMED
from homeport.scheduling.changed import CHANGED

FIT = "directory.tell_of_fit_reviews"
EVERYBODY = "directory.look_up_free_times"


@job("directory.forget_unsent", every=timedelta(hours=1))
def forget() -> None:
    """Forget what was never sent."""
    forget_unsent(actor=system("directory.forget_unsent"))


@job(EVERYBODY, every=timedelta(minutes=10))
def look_up_all() -> None:
    """Look up everybody's free times: what time alone changes, and what nobody told of."""
    look_up_everybody(actor=system(EVERYBODY))


@job(FIT, every=timedelta(hours=2))
def tell_of_fit() -> None:
    """Tell whoever came to a first or third session that something waits for them."""
    tell_of_fit_reviews(actor=system(FIT))


@job(CHANGED)
def look_up_one(therapist_id: str) -> None:
    """Look up the free times of one therapist, which something changed; of everybody, where no id is given."""
    if therapist_id:
        look_up_free_times(actor=system(CHANGED), therapist_ids=[UUID(therapist_id)])
    else:
        look_up_everybody(actor=system(CHANGED))


@job(RENAMED)
def find_by_new_name(person_id: str) -> None:
    """Let a search find somebody under the name they have now."""
    index_name(person_id=UUID(person_id))
