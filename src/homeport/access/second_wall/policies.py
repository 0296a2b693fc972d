"""The rule of each clinical kind, cut from the table of who may see what.

Three groups of rows pass: a person's *own*, those of the *cases* they work on, and those *opened* to them. All may be read,
the first two changed. A new row must lie where whoever makes it has something to do.

Each array is an `ARRAY(SELECT …)`, which PostgreSQL works out once a query and looks up in the index; `EXISTS` against
each row took 440 times as long on a million rows.
"""

from collections.abc import Callable
from dataclasses import dataclass

from homeport.access.second_wall import functions as f
from homeport.access.table import (
    CHANGED_BY_WHOEVER_COMES,
    TABLE,
    WRITTEN_BY_STAFF,
    Relation,
    When,
)
from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material

PROFESSIONAL = {Relation.CARE_TEAM, Relation.SUPERVISOR, Relation.EMERGENCY}
OFFICE = {Relation.MANAGER, Relation.DESK, Relation.BILLER}
OPENED = {When.RELEASED, When.JOINT_RELEASED}


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy of one table, as PostgreSQL wants it: for which command, which rows are seen, which may come about."""

    name: str
    command: str
    role: str
    seen: str = ""
    made: str = ""

    def statement(self, table: str) -> str:
        """What makes it on ``table`` (quoted)."""
        using = f" USING ({self.seen})" if self.seen else ""
        check = f" WITH CHECK ({self.made})" if self.made else ""
        return f"CREATE POLICY {self.name} ON {table} FOR {self.command} TO {self.role}{using}{check}"


def policies(model: type[ClinicalRow], schema: str, roles: dict[str, str]) -> list[Policy]:
    """All policies of one kind. ``roles``: the database's quoted names of owner, web and worker."""
    rule = _Rule(model.material, schema)
    web = roles["web"]
    return [
        Policy("homeport_owner", "ALL", roles["owner"], "true", "true"),
        Policy("homeport_worker", "ALL", roles["worker"], "true", "true"),
        Policy("homeport_web_reads", "SELECT", web, rule.readable),
        Policy("homeport_web_adds", "INSERT", web, made=rule.addable),
        Policy("homeport_web_changes", "UPDATE", web, rule.changeable, rule.placed),
        Policy("homeport_web_deletes", "DELETE", web, rule.mine),
    ]


class _Rule:
    """The conditions of one material, in SQL. Each is a set of alternatives, any of which lets a row pass."""

    def __init__(self, material: Material, schema: str) -> None:
        self._schema = schema
        self.me = f"(SELECT {schema}.{f.PERSON}())"
        self.works_on = self._in("case_id", f.WORKS_ON)
        self._by_staff = material in WRITTEN_BY_STAFF
        self._personal = {Relation.OWNER}
        if material in CHANGED_BY_WHOEVER_COMES:
            self._personal |= {Relation.PARTICIPANT, Relation.GUARDIAN}
        self._owner = "subject_id" if self._by_staff else "author_id"
        self._groups: dict[str, list[str]] = {"own": [self.mine], "case": [], "opened": []}
        for relation, cells in TABLE[material].items():
            for _, when in cells:
                group, condition = self._passes(relation, when)
                if condition not in self._groups[group]:
                    self._groups[group].append(condition)

    @property
    def mine(self) -> str:
        """What the person wrote. What staff wrote about a case is theirs while they work on it."""
        wrote = f"author_id = {self.me}"
        return f"({wrote} AND (case_id IS NULL OR {self.works_on}))" if self._by_staff else wrote

    @property
    def readable(self) -> str:
        """Rows that may be read."""
        return _any(self._changeable + self._groups["opened"])

    @property
    def changeable(self) -> str:
        """Rows that may be changed."""
        return _any(self._changeable)

    @property
    def _changeable(self) -> list[str]:
        own, case = self._groups["own"], self._groups["case"]
        if self._by_staff and self.works_on in case:
            # What they wrote in a case they work on is among what they may see there: it need not be looked up twice.
            own = [f"(author_id = {self.me} AND case_id IS NULL)", *own[1:]]
        return own + case

    @property
    def placed(self) -> str:
        """Where a row may lie: with them alone, in a case they work on or took part in, about a child they guard."""
        alone = f"(case_id IS NULL AND {self.me} IN (author_id, subject_id))"
        return _any(
            [alone, self._in("case_id", f.TOOK_PART), self._in("subject_id", f.GUARDS), *self._at_work]
        )

    @property
    def addable(self) -> str:
        """A new row: in one's own name, and where it may lie. Who works on a case asks others there to answer, too."""
        return _any([f"(author_id = {self.me} AND ({self.placed}))", *self._at_work])

    @property
    def _at_work(self) -> list[str]:
        theirs = (self._desk, self._intake, self._named)
        return [self.works_on, *(condition for condition in self._groups["case"] if condition in theirs)]

    @property
    def _desk(self) -> str:
        return f"(SELECT {self._schema}.{f.AT_DESK}())"

    @property
    def _intake(self) -> str:
        return f"(SELECT {self._schema}.{f.AT_INTAKE}())"

    @property
    def _named(self) -> str:
        return self._in("id", f.RELEASED)

    def _in(self, column: str, function: str) -> str:
        return f"{column} = ANY (ARRAY(SELECT {self._schema}.{function}()))"

    def _passes(self, relation: Relation, when: When) -> tuple[str, str]:
        """Which group the cell belongs to, and its condition. Conditions the wall does not know count as met."""
        if relation is Relation.NAMED:
            return "case", self._named  # whom it was put before answers it
        if relation is Relation.INTAKE:
            return "case", self._intake
        if when in OPENED:
            return "opened", self._in("id", f.RELEASED)
        if relation in PROFESSIONAL:
            shared = f"({self.works_on} AND {self._in('id', f.SHARED)})"
            return "case", shared if when is When.SHARED_WITH_TEAM else self.works_on
        if relation in OFFICE:
            return "case", self._desk
        if relation is Relation.WRITER:
            return "own", self.mine
        return "own" if relation in self._personal else "opened", self._personally[relation](when)

    @property
    def _personally(self) -> dict[Relation, Callable[[When], str]]:
        takes_part = self._in("case_id", f.TAKES_PART)
        return {
            Relation.OWNER: lambda _: f"{self._owner} = {self.me}",
            Relation.SUBJECT: lambda _: f"subject_id = {self.me}",
            Relation.GUARDIAN: lambda _: self._in(self._owner, f.GUARDS),
            Relation.PARTICIPANT: lambda when: (
                f"({takes_part} AND subject_id IS NULL)" if when is When.JOINT else takes_part
            ),
        }


def _any(conditions: list[str]) -> str:
    return " OR ".join(dict.fromkeys(conditions))
