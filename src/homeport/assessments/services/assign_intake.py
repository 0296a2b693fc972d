"""Put before somebody the measures that come with their intake."""

from collections.abc import Collection

from homeport.access.wall import acting
from homeport.assessments.ages import GROWN_UP, is_for
from homeport.assessments.models import Assignment
from homeport.assessments.services.assign import assign
from homeport.assessments.wordings import NoWording, Sheet, sheet_for
from homeport.cases.models import Case, Participant
from homeport.content.instruments import Key, load_key
from homeport.content.intake import plan
from homeport.core.actor import Actor

OCCASION = "intake"


@acting
def assign_intake_measures(
    *, actor: Actor, part: Participant, concerns: Collection[str], language: str
) -> list[Assignment]:
    """Ask for what the plan chooses by concern and format, of what is installed here and made for their age.

    With the intake itself it is never more than 40 questions. Whoever was asked for an intake in this case before is not
    asked again. Raises ``Hidden`` as :func:`assign` does.
    """
    asked = Assignment.objects.filter(case_id=part.case_id, author_id=part.person_id, occasion=OCCASION)
    if asked.exists():
        return []
    age = part.person.age_on()
    about = {*concerns, part.case.kind, *(("teen",) if age is not None and age < GROWN_UP else ())}
    sheets: dict[str, Sheet] = {}

    def questions(instrument: str) -> int | None:
        key = load_key(instrument)
        if not is_for(key, age):
            return None
        try:
            sheets[instrument] = sheet_for(instrument, language, slot=slot_for(key, part.case))
        except NoWording:
            return None
        return len(sheets[instrument].items)

    return [
        assign(
            actor=actor, case_id=part.case_id, person_id=part.person_id, instrument=instrument,
            slot=slot_for(load_key(instrument), part.case), occasion=OCCASION, place=place,
        )
        for place, instrument in enumerate(plan().chosen(about, questions), start=1)
    ]  # fmt: skip


def slot_for(key: Key, case: Case) -> str:
    """Which relationship is asked about, of an instrument that asks about one: the partner in a couple, else people."""
    for wanted in ("partner",) if case.kind == Case.Kind.COUPLE else ("people-in-general", "friend"):
        if wanted in key.slots:
            return wanted
    return next(iter(key.slots), "")
