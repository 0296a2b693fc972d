"""Who may see what.

The hardest thing Homeport does: one case, several people, each with a private life. This file is the whole of it, one entry
a kind of material, and is meant to be read by a clinician. `docs/reference/access.md` is made from it.

Columns say what somebody is to one piece of material:

    owner        the person whose it is: who wrote it, or, for what staff write, whom it is about
    writer       the clinician who wrote it
    subject      whom a report by another is about
    participant  anybody else who takes part in the same case
    care_team    the therapists on the case, and a colleague who covers for one, for those days only
    supervisor   who supervises a therapist on the case
    manager      the practice manager
    desk         the front desk
    biller       who does the billing
    guardian     somebody with verified authority for the owner
    named        a clinician it was put before by name: the therapist a request is for
    intake       who brings people and therapists together
    emergency    a clinician who broke the glass, with a reason, for a short time
    researcher   sees none of it: research reads a de-identified extract

Nobody who takes part in a case has a professional standing in it. What is not listed is nothing.
"""

from enum import StrEnum

from homeport.core.materials import Material


class Relation(StrEnum):
    """What somebody is to one piece of material."""

    OWNER = "owner"
    WRITER = "writer"
    SUBJECT = "subject"
    PARTICIPANT = "participant"
    CARE_TEAM = "care_team"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    DESK = "desk"
    BILLER = "biller"
    GUARDIAN = "guardian"
    NAMED = "named"
    INTAKE = "intake"
    EMERGENCY = "emergency"


class Sight(StrEnum):
    """How much of it they see."""

    WHOLE = "whole"
    SCORES = "scores"
    TRENDS = "trends"
    TIME_AND_PLACE = "time_and_place"
    BILLING_NAME = "billing_name"
    TO_ANSWER = "to_answer"


class When(StrEnum):
    """On what condition."""

    ALWAYS = "always"
    RELEASED = "released to them by name"
    JOINT_RELEASED = "joint, and released to them by name"
    JOINT = "joint"
    SHARED_WITH_TEAM = "shared with the care team"
    AGREED_SCORES = "the case agreed that scores are seen"
    AGREED_ANSWERS = "the case agreed that each answer is seen"
    ON_ALERT = "an alert on it is open"
    JURISDICTION = "the law of the place gives it"
    WAITING = "it waits for their answer"
    SENT = "its author has sent it"


Cell = tuple[Sight, When]
WHOLE, ALWAYS = Sight.WHOLE, When.ALWAYS
YES: Cell = (WHOLE, ALWAYS)
IF_RELEASED: Cell = (WHOLE, When.RELEASED)

R, M = Relation, Material
TABLE: dict[Material, dict[Relation, tuple[Cell, ...]]] = {}
# Why each kind is as it is, for whoever reads the table.
WHY: dict[Material, str] = {}


def _kind(material: Material, why: str, cells: dict[Relation, tuple[Cell, ...]]) -> None:
    """Write down one row of the table."""
    TABLE[material], WHY[material] = cells, why


_kind(
    M.OWN_ANSWERS,
    "What a person answered about themselves. Others in the case see what they share, piece by piece.",
    {
        R.OWNER: (YES,),
        R.PARTICIPANT: (IF_RELEASED,),
        R.CARE_TEAM: (YES,),
        R.SUPERVISOR: (YES,),
        R.GUARDIAN: (IF_RELEASED,),
        R.EMERGENCY: (YES,),
    },
)
_kind(
    M.REPORT_BY_OTHER,
    "A parent on a child, a partner on a partner. Whom it is about sees it only if the care team released it.",
    {
        R.OWNER: (YES,),
        R.SUBJECT: (IF_RELEASED,),
        R.CARE_TEAM: (YES,),
        R.SUPERVISOR: (YES,),
        R.EMERGENCY: (YES,),
    },
)
_kind(
    M.ALLIANCE_ANSWERS,
    "How somebody feels about their therapist. The other participants never learn of it.",
    {
        R.OWNER: (YES,),
        R.CARE_TEAM: ((Sight.SCORES, When.AGREED_SCORES), (WHOLE, When.AGREED_ANSWERS)),
        R.SUPERVISOR: ((Sight.TRENDS, ALWAYS),),
    },
)
_kind(
    M.VIOLENCE_SCREEN,
    "Answered on one's own device time, and never again on any screen of one's own. Never anybody else's in the case.",
    {
        R.OWNER: ((Sight.TO_ANSWER, When.WAITING),),
        R.CARE_TEAM: (YES,),
        R.SUPERVISOR: (YES,),
        R.EMERGENCY: (YES,),
    },
)
_kind(
    M.JOURNAL_ENTRY,
    "A journal is one's own. A therapist sees an entry only when it was shared.",
    {
        R.OWNER: (YES,),
        R.CARE_TEAM: ((WHOLE, When.SHARED_WITH_TEAM),),
    },
)
_kind(
    M.FORMULATION,
    "Reaching the case is not reaching its formulation: each section is released to named people.",
    {
        R.OWNER: (IF_RELEASED,),
        R.PARTICIPANT: (IF_RELEASED,),
        R.CARE_TEAM: (YES,),
        R.SUPERVISOR: (YES,),
        R.GUARDIAN: (IF_RELEASED,),
        R.EMERGENCY: (YES,),
    },
)
_kind(
    M.INJURY_ACCOUNT,
    "One event that broke trust, as one person tells it.",
    {
        R.OWNER: (YES,),
        R.PARTICIPANT: (IF_RELEASED,),
        R.CARE_TEAM: (YES,),
        R.SUPERVISOR: (YES,),
        R.EMERGENCY: (YES,),
    },
)
_kind(
    M.SESSION_NOTE,
    "The note of a joint session can be released to whoever was there; of an individual one only to the person itself.",
    {
        R.OWNER: (IF_RELEASED,),
        R.PARTICIPANT: ((WHOLE, When.JOINT_RELEASED),),
        R.CARE_TEAM: (YES,),
        R.SUPERVISOR: (YES,),
        R.EMERGENCY: (YES,),
    },
)
_kind(
    M.PROCESS_NOTE,
    "The therapist's own thinking, kept apart from the record.",
    {
        R.WRITER: (YES,),
    },
)
_kind(
    M.APPOINTMENT,
    "Separate appointments stay invisible to the others; the desk sees when and where, never why.",
    {
        R.OWNER: (YES,),
        R.PARTICIPANT: ((WHOLE, When.JOINT),),
        R.CARE_TEAM: (YES,),
        R.SUPERVISOR: (YES,),
        R.MANAGER: ((Sight.TIME_AND_PLACE, ALWAYS),),
        R.DESK: ((Sight.TIME_AND_PLACE, ALWAYS),),
        R.BILLER: ((Sight.TIME_AND_PLACE, ALWAYS),),
        R.GUARDIAN: ((WHOLE, When.JURISDICTION),),
        R.EMERGENCY: (YES,),
    },
)
_kind(
    M.MESSAGE_THREAD,
    "Its named members, whoever they are; a supervisor only while an alert on it is open.",
    {
        R.OWNER: (IF_RELEASED,),
        R.PARTICIPANT: (IF_RELEASED,),
        R.CARE_TEAM: (IF_RELEASED,),
        R.SUPERVISOR: ((WHOLE, When.ON_ALERT),),
    },
)
_kind(
    M.SAFETY_PLAN,
    "The author chooses who has a copy. A partner never gets one by being a partner.",
    {
        R.OWNER: (YES,),
        R.PARTICIPANT: (IF_RELEASED,),
        R.CARE_TEAM: (YES,),
        R.SUPERVISOR: (YES,),
        R.GUARDIAN: (IF_RELEASED,),
        R.EMERGENCY: (YES,),
    },
)
_kind(
    M.GROUP_ROSTER,
    "In a group everybody sees the first names, as each chose theirs.",
    {
        R.OWNER: (YES,),
        R.PARTICIPANT: (YES,),
        R.CARE_TEAM: (YES,),
        R.SUPERVISOR: (YES,),
        R.MANAGER: ((Sight.BILLING_NAME, ALWAYS),),
        R.DESK: ((Sight.BILLING_NAME, ALWAYS),),
        R.BILLER: ((Sight.BILLING_NAME, ALWAYS),),
        R.EMERGENCY: (YES,),
    },
)
_kind(
    M.INVOICE,
    "The payer's. A guardian sees it if they are the payer, as its owner.",
    {
        R.OWNER: (YES,),
        R.MANAGER: (YES,),
        R.DESK: (YES,),
        R.BILLER: (YES,),
    },
)

_kind(
    M.REQUEST,
    "A question, a first call, a wish to begin. Until its author has sent it, it is there for nobody else.",
    {
        R.OWNER: (YES,),
        R.NAMED: (IF_RELEASED,),
        R.INTAKE: ((WHOLE, When.SENT),),
    },
)

_kind(
    M.ALERT,
    "Something a human must look at, raised by what a person answered. "
    "It is on no screen of theirs, nor of who stands for them.",
    {
        R.CARE_TEAM: (YES,),
        R.SUPERVISOR: (YES,),
        R.EMERGENCY: (YES,),
    },
)

# For what staff write, the owner is whom it is about; for everything else, who wrote it.
WRITTEN_BY_STAFF = frozenset(
    {M.FORMULATION, M.SESSION_NOTE, M.PROCESS_NOTE, M.APPOINTMENT, M.GROUP_ROSTER, M.INVOICE}
)
# Who may write a new piece: the person itself, or the care team of the case.
WRITTEN_BY_CARE_TEAM = frozenset({M.FORMULATION, M.SESSION_NOTE, M.PROCESS_NOTE, M.APPOINTMENT})
# Who may share or release: the owner of what is their own, the care team of what it wrote.
RELEASED_BY_OWNER = frozenset({M.OWN_ANSWERS, M.JOURNAL_ENTRY, M.INJURY_ACCOUNT, M.SAFETY_PLAN})
RELEASED_BY_CARE_TEAM = frozenset({M.REPORT_BY_OTHER, M.FORMULATION, M.SESSION_NOTE})
# Staff write it, and whoever it is about, takes part or guards may change what they see of it: say yes, move it, cancel it.
CHANGED_BY_WHOEVER_COMES = frozenset({M.APPOINTMENT})
