"""What people asked, for the world of `verdicts_matching.yaml`."""

from typing import Any
from uuid import UUID

from tests.factories.people import acting

from homeport.core.actor import Actor
from homeport.directory.carried import begin, seal
from homeport.directory.links import secret_of
from homeport.directory.models import Profile, Request
from homeport.directory.services.ask_to_begin import ask_to_begin
from homeport.directory.services.put_request import Said, put_request
from homeport.people.models import Person

SAM = UUID("00000000-0000-4000-8000-0000000005a0")
Things = dict[str, dict[str, Any]]


def matched(people: dict[str, Person], cases: Things) -> tuple[Things, dict[str, str]]:
    """What addresses need, by what the verdicts call it; and what forms send."""
    therapist = people["own therapist"]

    def wish(who: str, to: Person | None) -> dict[str, Any]:
        said = Said(words="I would like to.", where="CA-ON")
        asked = ask_to_begin(actor=acting(people[who]), to_id=to.pk if to else None, said=said)
        return {"request_id": asked.pk}

    sam: Request = put_request(
        actor=Actor("person", person_id=SAM, via="tests"),
        to_id=therapist.pk,
        key=SAM,
        said=Said(words="Do you work with grief?", contact="sam@example.org"),
    )
    up = {"slug": Profile.objects.get(therapist__person=therapist).slug}
    ana = wish("client", therapist)
    things = {
        "the therapist, in the directory": up,
        "a therapist whom nobody finds": {"slug": "nobody-finds-me"},
        "what Ana asked her therapist": ana,
        "what Ana asked her therapist, as it was before somebody changed it": ana,
        "what Ana asked intake": wish("client", None),
        "what Olga asked Ana's therapist": wish("other client", therapist),
        "what Sam has not sent yet": {"request_id": sam.pk},
        "Ana and Ben, who have not met yet": cases["Ana and Ben"],
    }
    marks = {"carried": seal(begin()), "sams link": secret_of(sam.pk, SAM)}
    return things, marks
