"""Who may do what with a case as a whole: see it, agree, write in it.

What is *in* a case, the table says, row by row (see ``table``): to see that a case is there opens nothing in it.
"""

from enum import StrEnum
from uuid import UUID

from homeport.access.standing import Standing
from homeport.access.table import Relation


class CaseAct(StrEnum):
    """One thing that can be done with a case, in plain words."""

    SEE = "see who takes part, who treats, and what is due"
    READ_AGREEMENT = "read the confidentiality agreement and who signed it"
    SIGN_AGREEMENT = "sign it"
    PROPOSE_AGREEMENT = "put a new one before everybody"
    WRITE_NOTES = "write session notes"
    ASK_SCREENS = "ask everybody the private questions about home"
    ASK_MEASURES = "ask people to answer questionnaires"
    ARRANGE = "bring people in, end their part, pause and close it"
    KEEP_MINORS = "write down who consents for a minor, and who stands for them"
    BOOK = "book times for those who take part"
    SEE_EMERGENCY_CONTACT = "see whom to call for somebody, and where they are"
    SIGN_CONSENTS = "sign what is asked of them before the first session, and fill in their own intake"
    DECIDE_FORMAT = "decide whether everybody meets together, and mark an intake as read"
    ACKNOWLEDGE_EMERGENCY = "say that one has seen who opened it in an emergency"


R = Relation
ON_CASES: dict[CaseAct, frozenset[Relation]] = {
    CaseAct.SEE: frozenset({R.CARE_TEAM, R.SUPERVISOR, R.EMERGENCY}),
    CaseAct.READ_AGREEMENT: frozenset({R.PARTICIPANT, R.CARE_TEAM, R.SUPERVISOR, R.EMERGENCY}),
    CaseAct.SIGN_AGREEMENT: frozenset({R.PARTICIPANT, R.CARE_TEAM}),
    CaseAct.PROPOSE_AGREEMENT: frozenset({R.CARE_TEAM}),
    CaseAct.WRITE_NOTES: frozenset({R.CARE_TEAM}),
    CaseAct.ASK_SCREENS: frozenset({R.CARE_TEAM}),
    CaseAct.ASK_MEASURES: frozenset({R.CARE_TEAM}),
    CaseAct.ARRANGE: frozenset({R.CARE_TEAM}),
    CaseAct.KEEP_MINORS: frozenset({R.CARE_TEAM}),
    CaseAct.BOOK: frozenset({R.CARE_TEAM}),
    CaseAct.SEE_EMERGENCY_CONTACT: frozenset({R.CARE_TEAM, R.SUPERVISOR, R.EMERGENCY}),
    CaseAct.SIGN_CONSENTS: frozenset({R.PARTICIPANT}),
    CaseAct.DECIDE_FORMAT: frozenset({R.CARE_TEAM}),
    CaseAct.ACKNOWLEDGE_EMERGENCY: frozenset({R.CARE_TEAM, R.SUPERVISOR}),
}


def relations_to_case(standing: Standing, case_id: UUID) -> frozenset[Relation]:
    """What this person is to the case. Who takes part in it has no professional standing in it."""
    if case_id in standing.participates_in:
        return frozenset({R.PARTICIPANT})
    held = {
        R.CARE_TEAM: case_id in standing.cares_for or case_id in standing.covers,
        R.SUPERVISOR: case_id in standing.supervises,
        R.EMERGENCY: case_id in standing.broke_glass,
    }
    return frozenset(relation for relation, holds in held.items() if holds)


def may_with_case(standing: Standing, act: CaseAct, case_id: UUID) -> bool:
    """Whether this person may do this with this case."""
    return bool(relations_to_case(standing, case_id) & ON_CASES[act])


def cases_for(standing: Standing, act: CaseAct) -> frozenset[UUID]:
    """Every case with which this person may do this."""
    held = {
        R.PARTICIPANT: standing.participates_in,
        R.CARE_TEAM: (standing.cares_for | standing.covers) - standing.participates_in,
        R.SUPERVISOR: standing.supervises - standing.participates_in,
        R.EMERGENCY: standing.broke_glass - standing.participates_in,
    }
    return frozenset[UUID]().union(*(held[relation] for relation in ON_CASES[act]))
