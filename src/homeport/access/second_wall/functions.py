"""What concerns the person for whom this transaction runs, as functions of the database's owner.

The web role says who the person is (:data:`ACT_AS`); which cases that person has, the owner's functions read for
themselves (`SECURITY DEFINER`), so that no query can name cases of its own. What is set is good for one transaction only:
it carries the transaction's own time, and a value that outlived its transaction, or was set for a whole session, is nobody.

The rules repeat those of ``homeport.access.standing`` by other means, and a test holds the two equal at random.
"""

from collections.abc import Iterable

from homeport.access.standing import DESK_RELATIONS, WORK_ON_CASES
from homeport.people.models import Role

ACT_AS = "SELECT homeport_act_as(%s)"

PERSON = "homeport_person"
WORKS_ON = "homeport_works_on"
TAKES_PART = "homeport_takes_part"
TOOK_PART = "homeport_took_part"
GUARDS = "homeport_guards"
RELEASED = "homeport_released"
SHARED = "homeport_shared"
AT_DESK = "homeport_at_desk"

# The time of the statement, not of the transaction: what was arranged a moment ago in this very transaction holds.
_HOLDS = (
    "{0}.from_at <= statement_timestamp() AND ({0}.until_at IS NULL OR {0}.until_at > statement_timestamp())"
)


def _holds(*tables: str) -> str:
    return " AND ".join(_HOLDS.format(table) for table in tables)


def _roles(roles: Iterable[Role]) -> str:
    return ", ".join(f"'{role.value}'" for role in sorted(roles))


def functions(schema: str) -> dict[str, str]:
    """Each function by its signature, as the statement that makes it. ``schema``: the owner's, already quoted."""
    person = f"{schema}.{PERSON}()"
    bodies = {
        f"{WORKS_ON}()": _works_on(schema, person),
        f"{TAKES_PART}()": (
            f"SELECT p.case_id FROM {schema}.cases_participant p WHERE p.person_id = {person} AND {_holds('p')}"
        ),
        # What somebody wrote stays theirs to mend after they left.
        f"{TOOK_PART}()": f"SELECT p.case_id FROM {schema}.cases_participant p WHERE p.person_id = {person}",
        f"{GUARDS}()": (
            f"SELECT g.child_id FROM {schema}.people_guardianship g WHERE g.guardian_id = {person} "
            f"AND g.legal_authority AND g.verified_at IS NOT NULL AND {_holds('g')}"
        ),
        f"{RELEASED}()": (
            f"SELECT r.row_id FROM {schema}.access_release r WHERE r.recipient_id = {person} AND {_holds('r')}"
        ),
        f"{SHARED}()": (
            f"SELECT r.row_id FROM {schema}.access_release r WHERE r.recipient_id IS NULL AND {_holds('r')} "
            f"AND r.case_id = ANY (ARRAY(SELECT {schema}.{WORKS_ON}()))"
        ),
    }
    made = {name: _definer(schema, name, "SETOF uuid", body) for name, body in bodies.items()}
    made[f"{AT_DESK}()"] = _definer(
        schema, f"{AT_DESK}()", "boolean", f"SELECT EXISTS ({_holding(schema, person, DESK_RELATIONS)})"
    )
    return {**_person(schema), **made}


def _works_on(schema: str, person: str) -> str:
    """Cases by care team, cover, supervision and broken glass, for whoever has a role that works on cases."""
    team = f"FROM {schema}.cases_careteammember t"
    return f"""
SELECT found.case_id FROM (
    SELECT t.case_id {team} WHERE t.person_id = {person} AND {_holds("t")}
    UNION
    SELECT t.case_id {team} JOIN {schema}.people_cover c ON c.covered_id = t.person_id
        WHERE c.by_id = {person} AND {_holds("t", "c")}
    UNION
    SELECT t.case_id {team} JOIN {schema}.people_supervision s ON s.supervisee_id = t.person_id
        WHERE s.supervisor_id = {person} AND {_holds("t", "s")}
    UNION
    SELECT b.case_id FROM {schema}.access_brokenglass b WHERE b.person_id = {person} AND {_holds("b")}
    EXCEPT
    SELECT {schema}.{TAKES_PART}()
) found WHERE EXISTS ({_holding(schema, person, WORK_ON_CASES)})"""


def _holding(schema: str, person: str, roles: Iterable[Role]) -> str:
    return (
        f"SELECT 1 FROM {schema}.people_roleholding h WHERE h.person_id = {person} "
        f"AND h.role IN ({_roles(roles)}) AND {_holds('h')}"
    )


def _person(schema: str) -> dict[str, str]:
    stamp = "extract(epoch FROM transaction_timestamp())::text"
    return {
        "homeport_act_as(uuid)": (
            f"CREATE OR REPLACE FUNCTION {schema}.homeport_act_as(person uuid) RETURNS void LANGUAGE sql VOLATILE AS $$"
            f" SELECT set_config('homeport.person', coalesce(person::text || '@' || {stamp}, ''), true) $$"
        ),
        f"{PERSON}()": (
            f"CREATE OR REPLACE FUNCTION {schema}.{PERSON}() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$"
            f" SELECT CASE WHEN split_part(held, '@', 2) = {stamp} THEN split_part(held, '@', 1)::uuid END"
            f" FROM (SELECT current_setting('homeport.person', true) AS held) AS said $$"
        ),
    }


def _definer(schema: str, name: str, returns: str, body: str) -> str:
    # Every name is qualified and the temporary schema comes last: no table of the caller's can stand in for ours.
    return (
        f"CREATE OR REPLACE FUNCTION {schema}.{name} RETURNS {returns} LANGUAGE sql STABLE PARALLEL SAFE "
        f"SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $${body}$$"
    )
