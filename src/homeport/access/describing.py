"""The access page of the handbook, made from the table itself: what stands there is what holds."""

from collections.abc import Iterable, Sequence

from homeport.access.duties import ROLES, Duty
from homeport.access.on_cases import ON_CASES, CaseAct
from homeport.access.table import (
    CHANGED_BY_WHOEVER_COMES,
    RELEASED_BY_CARE_TEAM,
    RELEASED_BY_OWNER,
    TABLE,
    WHY,
    WRITTEN_BY_CARE_TEAM,
    WRITTEN_BY_STAFF,
    Cell,
    Relation,
    Sight,
    When,
)
from homeport.core.materials import Material
from homeport.people.models import Role

HEAD = """# Who may see what

Made by `homeport access --write docs/reference/access.md` from `table.py`, `on_cases.py` and `duties.py` of the room
`access`. Do not change it by hand: a test fails when it and the code part ways.

The *owner* of a piece is who wrote it or, of what staff write, whom it is about. *Participant*: anybody else who takes part
in the same case. *Care team*: the therapists on the case, and a colleague who covers for one, for those days only.
*Emergency*: a clinician who opened the case with a reason, for an hour. Nobody who takes part in a case has a professional
standing in it. A researcher sees none of it. What is not listed is nothing: for whoever may not see a piece, it is not
there (404), exactly as if it never was.
"""
SIGHTS = {
    Sight.WHOLE: "yes",
    Sight.SCORES: "scores",
    Sight.TRENDS: "trends",
    Sight.TIME_AND_PLACE: "time and place",
    Sight.BILLING_NAME: "billing name",
    Sight.TO_ANSWER: "to answer",
}


def handbook_page() -> str:
    """The whole page, in Markdown."""
    parts = [HEAD, _materials(), _writing(), _on_cases(), _duties()]
    return "\n".join(parts)


def _materials() -> str:
    columns = list(Relation)
    used = [relation for relation in columns if any(relation in cells for cells in TABLE.values())]
    head = ["material", *(relation.value.replace("_", " ") for relation in used)]
    rows = [
        [material.label, *(_cells(TABLE[material].get(relation, ())) for relation in used)]
        for material in TABLE
    ]
    why = [f"- **{material.label.capitalize()}.** {WHY[material]}" for material in TABLE]
    return "\n".join(["## Each kind of material", "", *_table(head, rows), "", *why, ""])


def _cells(cells: Sequence[Cell]) -> str:
    return "; ".join(
        SIGHTS[sight] if when is When.ALWAYS else f"{SIGHTS[sight]}, if {when.value}" for sight, when in cells
    )


def _writing() -> str:
    rules = {
        "Its owner is whom it is about": WRITTEN_BY_STAFF,
        "Written by the care team of the case": WRITTEN_BY_CARE_TEAM,
        "Moved, agreed to and cancelled by whoever comes, too": CHANGED_BY_WHOEVER_COMES,
        "Shared by its owner, piece by piece": RELEASED_BY_OWNER,
        "Released by the care team, to named people": RELEASED_BY_CARE_TEAM,
    }
    lines = [
        f"- {rule}: {_listed(material.label for material in Material if material in held)}."
        for rule, held in rules.items()
    ]
    return "\n".join(["## Writing, sharing, releasing", "", *lines, ""])


def _on_cases() -> str:
    rows = [
        [
            act.value,
            _listed(relation.value.replace("_", " ") for relation in Relation if relation in ON_CASES[act]),
        ]
        for act in CaseAct
    ]
    return "\n".join(["## With a case as a whole", "", *_table(["act", "who"], rows), ""])


def _duties() -> str:
    rows = [
        [duty.value, _listed(role.label.lower() for role in Role if role in ROLES[duty])] for duty in Duty
    ]
    note = "Everybody keeps a journal, reads who looked at their record, and takes their own data along."
    return "\n".join(["## Running a practice", "", *_table(["duty", "roles"], rows), "", note, ""])


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cells) + " |" for cells in lines]
