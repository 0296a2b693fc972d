"""The answer for one row."""

from collections.abc import Iterable

from homeport.access.facts import RowFacts
from homeport.access.standing import Standing
from homeport.access.table import TABLE, Relation, Sight, When


def sights(standing: Standing, facts: RowFacts) -> frozenset[Sight]:
    """Everything that this person may see of this row: none, one, or several partial sights."""
    cells = TABLE[facts.material]
    held = conditions(standing, facts)
    return frozenset(
        sight
        for relation in relations(standing, facts)
        for sight, when in cells.get(relation, ())
        if when in held
    )


def may_see(standing: Standing, facts: RowFacts, sight: Sight = Sight.WHOLE) -> bool:
    """Whether this person may see the row to this extent. Who sees the whole sees every part."""
    found = sights(standing, facts)
    return sight in found or Sight.WHOLE in found


def relations(standing: Standing, facts: RowFacts) -> frozenset[Relation]:
    """What this person is to this row."""
    return frozenset(_relations(standing, facts))


def _relations(standing: Standing, facts: RowFacts) -> Iterable[Relation]:  # noqa: C901 - one line a column of the table
    me, case = standing.person_id, facts.case_id
    if me is None:
        return
    if me == facts.owner_id:
        yield Relation.OWNER
    elif me == facts.subject_id:
        yield Relation.SUBJECT
    if case is not None and case in standing.participates_in:
        if me != facts.owner_id:
            yield Relation.PARTICIPANT
    elif case is not None:
        if me == facts.author_id and me != facts.owner_id and case in standing.cares_for:
            yield Relation.WRITER
        if case in standing.cares_for or case in standing.covers:
            yield Relation.CARE_TEAM
        if case in standing.supervises:
            yield Relation.SUPERVISOR
        if case in standing.broke_glass:
            yield Relation.EMERGENCY
    if standing.is_clinician:
        yield Relation.NAMED  # any of them may be: the table asks for a release to them
    yield from standing.desk_relations
    if (case, facts.owner_id) in standing.guards:
        yield Relation.GUARDIAN


def conditions(standing: Standing, facts: RowFacts) -> frozenset[When]:
    """The conditions that hold for this row and this person."""
    held = {When.ALWAYS, *facts.conditions}
    if facts.is_joint:
        held.add(When.JOINT)
        if When.RELEASED in held:
            held.add(When.JOINT_RELEASED)
    if (facts.case_id, facts.owner_id) in standing.guards_with_appointments:
        held.add(When.JURISDICTION)
    return frozenset(held)
