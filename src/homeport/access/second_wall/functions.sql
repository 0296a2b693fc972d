-- What concerns the person for whom this transaction runs. Made by the owner of the database (see functions.py).
--
-- {schema}: the owner's schema; {web}, {worker}: the roles that may ask; {case_work}, {desk_work}, {intake_work}: the roles that people hold.
-- Every name is qualified and the temporary schema comes last, so that no table of the caller's can stand in for ours.
-- They are in PL/pgSQL, which plans each of them once a connection; plain SQL was planned again for every query.

-- The person, good for this transaction alone: what carries another transaction's time is nobody.
CREATE OR REPLACE FUNCTION {schema}.homeport_act_as(person uuid) RETURNS void LANGUAGE sql VOLATILE AS $$
    SELECT set_config(
        'homeport.person',
        coalesce(person::text || '@' || extract(epoch FROM transaction_timestamp())::text, ''),
        true
    )
$$;

CREATE OR REPLACE FUNCTION {schema}.homeport_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN split_part(held, '@', 2) = extract(epoch FROM transaction_timestamp())::text
        THEN split_part(held, '@', 1)::uuid
    END
    FROM (SELECT current_setting('homeport.person', true) AS held) AS said
$$;

-- The time of the statement, not of the transaction: what was arranged a moment ago in this very transaction holds.
CREATE OR REPLACE FUNCTION {schema}.homeport_holds(begun timestamptz, ended timestamptz)
RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT begun <= statement_timestamp() AND (ended IS NULL OR ended > statement_timestamp())
$$;

-- Cases they take part in now.
CREATE OR REPLACE FUNCTION {schema}.homeport_takes_part() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me uuid := {schema}.homeport_person();
BEGIN
    RETURN QUERY SELECT p.case_id FROM {schema}.cases_participant p
    WHERE p.person_id = me AND {schema}.homeport_holds(p.from_at, p.until_at);
END
$$;

-- Cases they ever took part in: what somebody wrote stays theirs to mend after they left.
CREATE OR REPLACE FUNCTION {schema}.homeport_took_part() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me uuid := {schema}.homeport_person();
BEGIN
    RETURN QUERY SELECT p.case_id FROM {schema}.cases_participant p WHERE p.person_id = me;
END
$$;

-- Cases by care team, cover, supervision and broken glass, for whoever has a role that works on cases.
CREATE OR REPLACE FUNCTION {schema}.homeport_works_on() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me uuid := {schema}.homeport_person();
BEGIN
    RETURN QUERY SELECT found.case_id FROM (
        SELECT t.case_id FROM {schema}.cases_careteammember t
        WHERE t.person_id = me AND {schema}.homeport_holds(t.from_at, t.until_at)
        UNION
        SELECT t.case_id FROM {schema}.cases_careteammember t
        JOIN {schema}.people_cover c ON c.covered_id = t.person_id
        WHERE c.by_id = me
        AND {schema}.homeport_holds(t.from_at, t.until_at) AND {schema}.homeport_holds(c.from_at, c.until_at)
        UNION
        SELECT t.case_id FROM {schema}.cases_careteammember t
        JOIN {schema}.people_supervision s ON s.supervisee_id = t.person_id
        WHERE s.supervisor_id = me
        AND {schema}.homeport_holds(t.from_at, t.until_at) AND {schema}.homeport_holds(s.from_at, s.until_at)
        UNION
        SELECT b.case_id FROM {schema}.access_brokenglass b
        WHERE b.person_id = me AND {schema}.homeport_holds(b.from_at, b.until_at)
        EXCEPT
        SELECT p.case_id FROM {schema}.cases_participant p
        WHERE p.person_id = me AND {schema}.homeport_holds(p.from_at, p.until_at)
    ) AS found
    WHERE EXISTS (
        SELECT 1 FROM {schema}.people_roleholding h
        WHERE h.person_id = me AND h.role IN ({case_work}) AND {schema}.homeport_holds(h.from_at, h.until_at)
    );
END
$$;

-- Children they have verified authority for.
CREATE OR REPLACE FUNCTION {schema}.homeport_guards() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me uuid := {schema}.homeport_person();
BEGIN
    RETURN QUERY SELECT g.child_id FROM {schema}.people_guardianship g
    WHERE g.guardian_id = me AND g.legal_authority AND g.verified_at IS NOT NULL
    AND {schema}.homeport_holds(g.from_at, g.until_at);
END
$$;

-- Rows opened to them by name.
CREATE OR REPLACE FUNCTION {schema}.homeport_released() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me uuid := {schema}.homeport_person();
BEGIN
    RETURN QUERY SELECT r.row_id FROM {schema}.access_release r
    WHERE r.recipient_id = me AND {schema}.homeport_holds(r.from_at, r.until_at);
END
$$;

-- Rows shared with the care team of a case they work on.
CREATE OR REPLACE FUNCTION {schema}.homeport_shared() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me uuid := {schema}.homeport_person();
BEGIN
    RETURN QUERY SELECT r.row_id FROM {schema}.access_release r
    WHERE r.recipient_id IS NULL AND {schema}.homeport_holds(r.from_at, r.until_at)
    AND me IS NOT NULL AND r.case_id = ANY (ARRAY(SELECT {schema}.homeport_works_on()));
END
$$;

-- Whether they work at the desk, in billing or in management.
CREATE OR REPLACE FUNCTION {schema}.homeport_at_desk() RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me uuid := {schema}.homeport_person();
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM {schema}.people_roleholding h
        WHERE h.person_id = me AND h.role IN ({desk_work}) AND {schema}.homeport_holds(h.from_at, h.until_at)
    );
END
$$;

-- Whether they bring people and therapists together.
CREATE OR REPLACE FUNCTION {schema}.homeport_at_intake() RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me uuid := {schema}.homeport_person();
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM {schema}.people_roleholding h
        WHERE h.person_id = me AND h.role IN ({intake_work}) AND {schema}.homeport_holds(h.from_at, h.until_at)
    );
END
$$;

-- What a person is to everybody, for the first wall: the query of homeport.access.standing_query. It has no rights of its own.
CREATE OR REPLACE FUNCTION {schema}.homeport_standing(person uuid, moment timestamptz)
RETURNS TABLE (kind text, one uuid, other uuid, what text, born date)
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN QUERY SELECT s.a::text, s.b, s.c, s.d::text, s.e FROM ({standing}) AS s (a, b, c, d, e);
END
$$;

REVOKE ALL ON FUNCTION {schema}.homeport_standing(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {schema}.homeport_standing(uuid, timestamptz) TO {web}, {worker};

REVOKE ALL ON FUNCTION
    {schema}.homeport_act_as(uuid), {schema}.homeport_person(), {schema}.homeport_holds(timestamptz, timestamptz),
    {schema}.homeport_takes_part(), {schema}.homeport_took_part(), {schema}.homeport_works_on(),
    {schema}.homeport_guards(), {schema}.homeport_released(), {schema}.homeport_shared(), {schema}.homeport_at_desk(),
    {schema}.homeport_at_intake()
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    {schema}.homeport_act_as(uuid), {schema}.homeport_person(), {schema}.homeport_holds(timestamptz, timestamptz),
    {schema}.homeport_takes_part(), {schema}.homeport_took_part(), {schema}.homeport_works_on(),
    {schema}.homeport_guards(), {schema}.homeport_released(), {schema}.homeport_shared(), {schema}.homeport_at_desk(),
    {schema}.homeport_at_intake()
TO {web};
