"""What people are asked and what they answered, and the alerts that came of it, for the world of the verdicts."""

from typing import Any

from tests.factories.made_up_words import install_words
from tests.factories.people import acting

from homeport.assessments.models import Assignment, Kind, OwnAdministration
from homeport.assessments.services.assign import assign, withdraw_assignment
from homeport.assessments.services.begin import begin
from homeport.assessments.services.finish import finish
from homeport.assessments.services.save_answer import save_answer
from homeport.assessments.services.share_measure import Piece, share_measure
from homeport.cases.models import Case
from homeport.content.instruments import load_key
from homeport.people.models import Person
from homeport.safety.models import Alert
from homeport.safety.services.acknowledge_alert import acknowledge_alert
from homeport.safety.services.record_triage import record_triage

RISK = load_key("depression.phq-9").item_ids.index("self-harm") + 1
NEVER = "00000000-0000-4000-8000-000000000001"


def measures(people: dict[str, Person], things: dict[str, dict[str, Any]], couple: Case, teen: Case) -> None:
    """Ana answers one and has sent another, said something about Ben and about her therapist; Tia answered 3."""
    therapist = acting(people["own therapist"])
    for instrument in ("phq-9", "phq-a", "csi-4", "resilience.brs"):
        install_words(instrument)

    def asked(who: str, case: Case, instrument: str, **how: Any) -> Assignment:
        return assign(
            actor=therapist, case_id=case.pk, person_id=people[who].pk, instrument=instrument, **how
        )

    def says(who: str, assignment: Assignment, item: str, value: int) -> Alert | None:
        return save_answer(
            actor=acting(people[who]), assignment_id=assignment.pk, item=item, value=value
        ).alert

    anas, tias = asked("client", couple, "phq-9"), asked("teen", teen, "phq-a")
    begin(actor=acting(people["client"]), assignment_id=anas.pk)
    sent = asked("client", couple, "resilience.brs")
    says("client", sent, load_key("resilience.brs").item_ids[0], 2)
    finish(actor=acting(people["client"]), assignment_id=sent.pk)
    about_ben = asked("client", couple, "phq-9", kind=Kind.REPORT, about_id=people["partner"].pk)
    alliance = asked("client", couple, "csi-4", kind=Kind.ALLIANCE)
    begin(actor=acting(people["client"]), assignment_id=alliance.pk)
    back = asked("client", couple, "resilience.brs")
    withdraw_assignment(actor=therapist, assignment_id=back.pk)
    of_ben, of_tia = says("client", about_ben, "self-harm", 1), says("teen", tias, "self-harm", 3)
    first = says("client", anas, "self-harm", 2)
    assert of_ben
    assert of_tia
    assert first
    alone = asked("client", couple, "resilience.brs")
    finish(actor=acting(people["client"]), assignment_id=alone.pk)
    _opened(people, things, sent, alone)
    things |= {
        "what Ana is asked": {"assignment_id": anas.pk},
        "what Ana is asked about Ben": {"assignment_id": about_ben.pk},
        "what Ana has sent": {"assignment_id": sent.pk},
        "what Tia is asked": {"assignment_id": tias.pk},
        "what was asked of Ana and taken back": {"assignment_id": back.pk},
        "what Ana said about the work with her therapist": {"assignment_id": alliance.pk},
        "a question to Ana that never was": {"assignment_id": anas.pk, "number": 77},
        "the question on safety to Tia": {"assignment_id": tias.pk, "number": RISK},
        "the alert on Ana": {"alert_id": first.pk},
        "the alert on Tia": {"alert_id": of_tia.pk},
        "what Ana said about Ben that asks for somebody": {"alert_id": of_ben.pk},
        "an alert that never was": {"alert_id": NEVER},
    }
    for end in ("", ", not answered", ", with an answer that is none"):
        things[f"the question on safety to Ana{end}"] = {"assignment_id": anas.pk, "number": RISK}
    _in_hand(people, things)
    row = record_triage(
        actor=therapist, case_id=couple.pk, subject_id=people["client"].pk, answers={1: True}, recent=None
    )
    things["an interview with Ana"] = {"triage_id": row.pk}
    things["Ana, who is interviewed"] = {"case_id": couple.pk, "person_id": people["client"].pk}
    things["Olga, who is in another case"] = {"case_id": couple.pk, "person_id": people["other client"].pk}


def _opened(
    people: dict[str, Person], things: dict[str, dict[str, Any]], sent: Assignment, alone: Assignment
) -> None:
    """Ana opens one of two to Ben."""
    for piece in Piece:
        share_measure(
            actor=acting(people["client"]),
            assignment_id=sent.pk,
            recipient_id=people["partner"].pk,
            piece=piece,
        )
    opened, kept = (OwnAdministration.objects.get(assignment=each) for each in (sent, alone))
    things |= {
        "what Ana has sent and opened to Ben": {"administration_id": opened.pk},
        "what Ana has sent and opened to nobody": {"administration_id": kept.pk},
        "what Ana has sent, to nobody she comes with": {"assignment_id": sent.pk},
    }


def _in_hand(people: dict[str, Person], things: dict[str, dict[str, Any]]) -> None:
    """A second alert on Tia, which somebody took in hand."""
    asked = things["what Tia is asked"]["assignment_id"]
    alert = save_answer(
        actor=acting(people["teen"]), assignment_id=asked, item="suicidal-thoughts", value=1
    ).alert
    assert alert is not None
    acknowledge_alert(actor=acting(people["supervisor"]), alert_id=alert.pk)
    things["the alert on Tia, in somebody's hands"] = {"alert_id": alert.pk}
