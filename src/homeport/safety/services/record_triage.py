"""Write down an interview on suicide, by the numbers of its points, and raise what it asks for."""

from collections.abc import Mapping
from uuid import UUID

from homeport.access.gate import Hidden
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import Case, Participant
from homeport.core.actor import Actor
from homeport.core.clock import SENT_TWICE, now
from homeport.people.models.lasting import holds_at
from homeport.safety.levels import Level, Reading
from homeport.safety.models import Alert, TriageRecord
from homeport.safety.rules import Triage, columbia_triage
from homeport.safety.services.raise_alert import Raised, raise_alert

INSTRUMENT = "triage"
LEVELS = {Triage.HIGH: Level.URGENT, Triage.MODERATE: Level.SAME_DAY}


@acting
def record_triage(
    *, actor: Actor, case_id: UUID, subject_id: UUID, answers: Mapping[int, bool], recent: bool | None
) -> TriageRecord:
    """Keep it, with the alert that it raises in the same transaction. ``answers``: by number, those that were asked.

    ``recent``: whether point 6 was within three months. The same form sent twice is one interview, and one alert. Raises
    ``Hidden`` for anybody but the care team, and for somebody who does not take part.
    """
    if not may_with_case(standing_of(actor), CaseAct.ASK_MEASURES, case_id) or actor.person_id is None:
        raise Hidden
    if not Participant.objects.filter(holds_at(now()), case_id=case_id, person_id=subject_id).exists():
        raise Hidden
    said = {"answers": {str(number): answer for number, answer in answers.items()}, "recent": recent}
    if there := _just_recorded(actor.person_id, case_id, subject_id, said):
        return there
    outcome = columbia_triage(answers, behaviour_within_3_months=recent)
    row = TriageRecord(case_id=case_id, subject_id=subject_id, author_id=actor.person_id, outcome=outcome)
    row.said = said
    if outcome in LEVELS:
        raised = Raised(
            source=Alert.Source.ANSWER, source_id=row.pk, case_id=case_id, author_id=subject_id,
            subject_id=subject_id, instrument=INSTRUMENT, item=outcome.value, said={"value": outcome.value},
        )  # fmt: skip
        reading = Reading(LEVELS[outcome], (f"triage-{outcome.value}",))
        alert = raise_alert(actor=actor, raised=raised, reading=reading)
        row.alert_id = alert.pk if alert else None
    row.save(force_insert=True)
    record(
        actor=actor, verb=Verb.CREATE, material=row.material, row_id=row.pk, case_id=case_id, subject_id=subject_id
    )  # fmt: skip
    return row


def _just_recorded(
    author_id: UUID, case_id: UUID, subject_id: UUID, said: Mapping[str, object]
) -> TriageRecord | None:
    """The same interview, written down a moment ago: the form was sent twice."""
    # Copies that come at once come one after the other.
    Case.objects.select_for_update().get(pk=case_id)
    lately = TriageRecord.objects.filter(
        author_id=author_id, case_id=case_id, subject_id=subject_id, created_at__gt=now() - SENT_TWICE
    )
    return next((each for each in lately.order_by("-created_at") if each.said == said), None)
