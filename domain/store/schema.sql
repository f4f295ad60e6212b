-- All migrations together, for reading. Made from them by tests/store/test_migrations.py.

CREATE SCHEMA draad;

CREATE SCHEMA shown;

CREATE FUNCTION draad.append(ids uuid[], versions bigint[], topics text[], states bytea[], keys bytea[]) RETURNS bigint[]
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'draad', 'pg_temp'
    SET lock_timeout TO '5s'
    AS $$
DECLARE
    made bigint[];
BEGIN
    IF (SELECT sum(length(s)) FROM unnest(states) AS s) > 262144 THEN
        RAISE 'a save is at most 256 kB' USING ERRCODE = '22023';
    END IF;
    SET LOCAL transaction_timeout = '10s';
    LOCK TABLE stored_events IN EXCLUSIVE MODE;
    WITH added AS (
        INSERT INTO stored_events (originator_id, originator_version, topic, state)
        SELECT i, v, t, s
        FROM unnest(ids, versions, topics, states) WITH ORDINALITY AS e (i, v, t, s, nr)
        ORDER BY nr
        RETURNING notification_id
    )
    SELECT array_agg(notification_id ORDER BY notification_id) INTO made FROM added;
    IF EXISTS (
        SELECT FROM unnest(ids, versions) AS e (i, v)
         WHERE v > 1
           AND NOT EXISTS (SELECT FROM stored_events WHERE originator_id = i AND originator_version = v - 1)
    ) THEN
        RAISE 'the entry before this one is not there' USING ERRCODE = '23503';
    END IF;
    INSERT INTO entry_keys (originator_id, originator_version, wrapped)
    SELECT i, v, k
    FROM unnest(ids, versions, keys) AS e (i, v, k)
    WHERE k IS NOT NULL;
    NOTIFY stored_events;
    RETURN made;
END $$;

CREATE FUNCTION draad.forget() RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'draad', 'pg_temp'
    AS $_$
DECLARE
    gone uuid[];
    place record;
    went bigint;
    counts jsonb := '{}';
BEGIN
    SELECT array_agg(DISTINCT originator_id) INTO gone FROM stored_events WHERE topic = 'erased';
    DELETE FROM entry_keys WHERE originator_id = ANY(gone);
    GET DIAGNOSTICS went = ROW_COUNT;
    counts := counts || jsonb_build_object('entry_keys', went);
    IF went > 0 THEN -- files about all cases were made while this one was among them
        DELETE FROM export WHERE case_id = id;
    END IF;
    DELETE FROM session -- it remembers what this case was read for, and who was there in a talk
     WHERE EXISTS (SELECT FROM regexp_matches(kept, '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'g') AS named
                    WHERE named[1]::uuid = ANY(gone));
    UPDATE imported SET hash = NULL WHERE case_id = ANY(gone) AND is_patient AND hash IS NOT NULL;
    FOR place IN
        SELECT n.nspname AS schema, c.relname AS name
          FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE a.attname = 'case_id' AND NOT a.attisdropped AND c.relkind = 'r' AND n.nspname IN ('draad', 'shown')
         ORDER BY 1, 2
    LOOP
        EXECUTE format('DELETE FROM %I.%I WHERE case_id = ANY($1)', place.schema, place.name)
             || CASE place.name WHEN 'imported' THEN ' AND NOT is_patient' ELSE '' END USING gone;
        GET DIAGNOSTICS went = ROW_COUNT;
        counts := counts || jsonb_build_object(place.name, went);
    END LOOP;
    RETURN counts;
END $_$;

CREATE FUNCTION draad.forget_accounts() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'draad', 'pg_temp'
    AS $$
DECLARE
    ended uuid[];
    gone uuid[];
    all_is_shown boolean;
BEGIN
    SELECT array_agg(DISTINCT originator_id) INTO ended FROM stored_events WHERE topic = 'erased';
    SELECT array_agg(DISTINCT a.id),
           coalesce((SELECT max(notification_id) FROM stored_events WHERE originator_id <> ALL(ended)), 0)
               <= coalesce((SELECT notification_id FROM shown.position WHERE follower = 'shown'), 0)
      INTO gone, all_is_shown
      FROM stored_events e,
           jsonb_array_elements_text(convert_from(substr(e.state, 3), 'UTF8')::jsonb -> 'accounts') AS named,
           account a
     WHERE e.topic = 'erased' AND a.id = named::uuid AND a.role IN ('client', 'representative')
       AND NOT EXISTS (SELECT FROM shown.caseload l
                        WHERE a.id = ANY(l.own_users) AND l.case_id <> ALL(ended));
    IF gone IS NULL OR NOT all_is_shown THEN
        RETURN coalesce(cardinality(gone), 0);
    END IF;
    DELETE FROM session WHERE account = ANY(gone);
    DELETE FROM token WHERE account = ANY(gone);
    DELETE FROM identity WHERE account = ANY(gone);
    DELETE FROM recovery_code WHERE account = ANY(gone);
    DELETE FROM second_factor WHERE account = ANY(gone);
    DELETE FROM subscriber WHERE account = ANY(gone);
    DELETE FROM link WHERE who = ANY(gone);
    UPDATE new_face SET account = NULL WHERE account = ANY(gone);
    UPDATE new_face SET answered_by = NULL WHERE answered_by = ANY(gone);
    DELETE FROM account WHERE id = ANY(gone);
    RETURN 0;
END $$;

CREATE FUNCTION draad.forget_entry(stream uuid, number bigint, file uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'draad', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM stored_events
                    WHERE originator_id = stream AND originator_version > number AND topic = 'entry_destroyed') THEN
        RAISE 'the record does not say that this entry was destroyed' USING ERRCODE = '22023';
    END IF;
    DELETE FROM entry_keys WHERE originator_id = stream AND originator_version = number;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM document WHERE case_id = stream AND id = file;
    DELETE FROM export WHERE case_id IN (stream, id); -- with id: about all cases
    RETURN true;
END $$;

CREATE FUNCTION draad.refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE 'the record is append-only';
END $$;

CREATE FUNCTION draad.reseal(streams uuid[], was bytea[], become bytea[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'draad', 'pg_temp'
    AS $$
BEGIN
    UPDATE entry_keys AS k SET wrapped = n.become FROM unnest(was, become) AS n (was, become)
     WHERE k.originator_id = ANY(streams) AND k.wrapped = n.was;
    UPDATE document AS d SET wrapped = n.become FROM unnest(was, become) AS n (was, become)
     WHERE d.case_id = ANY(streams) AND d.wrapped = n.was;
    UPDATE draft AS d SET sealed = n.become FROM unnest(was, become) AS n (was, become)
     WHERE d.case_id = ANY(streams) AND d.sealed = n.was;
    UPDATE raw_resource AS r SET sealed = n.become FROM unnest(was, become) AS n (was, become)
     WHERE r.case_id = ANY(streams) AND r.sealed = n.was;
    DELETE FROM export WHERE case_id = ANY(streams);
END $$;

CREATE FUNCTION shown.finish_rebuild(read_model text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'shown', 'pg_temp'
    SET lock_timeout TO '5s'
    AS $$
DECLARE
    index text;
BEGIN
    IF to_regclass(format('shown.%I', read_model || '_new')) IS NULL THEN
        RAISE 'no rebuild of % was started', read_model USING ERRCODE = '22023';
    END IF;
    EXECUTE format('DROP TABLE shown.%I', read_model);
    EXECUTE format('ALTER TABLE shown.%I RENAME TO %I', read_model || '_new', read_model);
    FOR index IN SELECT indexname FROM pg_indexes WHERE schemaname = 'shown' AND tablename = read_model LOOP
        EXECUTE format('ALTER INDEX shown.%I RENAME TO %I', index, replace(index, read_model || '_new', read_model));
    END LOOP;
END $$;

CREATE FUNCTION shown.start_rebuild(read_model text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'shown', 'pg_temp'
    SET lock_timeout TO '5s'
    AS $$
BEGIN
    EXECUTE format('DROP TABLE IF EXISTS shown.%I', read_model || '_new');
    EXECUTE format('CREATE TABLE shown.%I (LIKE shown.%I INCLUDING ALL)', read_model || '_new', read_model);
END $$;

CREATE TABLE draad.access_log (
    id bigint NOT NULL,
    event_code text NOT NULL,
    action text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    utc_offset smallint NOT NULL,
    user_id uuid NOT NULL,
    user_role text NOT NULL,
    object_id_type text NOT NULL,
    object_id uuid NOT NULL,
    authorisation_protocol text NOT NULL,
    source_id text NOT NULL,
    user_name text NOT NULL,
    organisation text NOT NULL,
    team text NOT NULL,
    on_behalf_of_id uuid,
    on_behalf_of_role text,
    why bytea,
    detail text NOT NULL,
    entry bigint,
    request_id uuid NOT NULL,
    access_point_type text NOT NULL,
    outcome text NOT NULL,
    CONSTRAINT access_log_access_point_type_check CHECK ((access_point_type = ANY (ARRAY['web'::text, 'api'::text, 'command_line'::text, 'job'::text]))),
    CONSTRAINT access_log_action_check CHECK ((action = ANY (ARRAY['C'::text, 'R'::text, 'U'::text, 'D'::text, 'E'::text]))),
    CONSTRAINT access_log_object_id_type_check CHECK ((object_id_type = ANY (ARRAY['case'::text, 'access_log'::text]))),
    CONSTRAINT access_log_outcome_check CHECK ((outcome = ANY (ARRAY['ok'::text, 'not_shown'::text])))
);

ALTER TABLE draad.access_log ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME draad.access_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE draad.access_review (
    id bigint NOT NULL,
    month date NOT NULL,
    posted uuid NOT NULL,
    finding text NOT NULL,
    by_user uuid NOT NULL,
    by_name text NOT NULL,
    done_at timestamp with time zone NOT NULL,
    CONSTRAINT access_review_month_check CHECK ((month = date_trunc('month'::text, (month)::timestamp with time zone)))
);

ALTER TABLE draad.access_review ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME draad.access_review_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE draad.account (
    id uuid NOT NULL,
    user_name text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    organisation text DEFAULT ''::text NOT NULL,
    team text DEFAULT ''::text NOT NULL,
    passphrase text NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    disabled_at timestamp with time zone,
    email text DEFAULT ''::text NOT NULL,
    passphrase_at timestamp with time zone,
    signed_in_at timestamp with time zone,
    CONSTRAINT account_user_name_check CHECK ((user_name = lower(user_name)))
);

CREATE TABLE draad.dead_letter (
    subscriber uuid NOT NULL,
    "position" bigint NOT NULL,
    given_up_at timestamp with time zone NOT NULL,
    why text NOT NULL,
    asked_again boolean DEFAULT false NOT NULL
);

CREATE TABLE draad.digest (
    account uuid NOT NULL,
    day date NOT NULL,
    told text[] NOT NULL
);

CREATE TABLE draad.document (
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    wrapped bytea NOT NULL,
    sealed bytea NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY draad.document ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE TABLE draad.draft (
    account uuid NOT NULL,
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    page text NOT NULL,
    sealed bytea NOT NULL,
    changed_at timestamp with time zone NOT NULL
);

CREATE TABLE draad.entry_keys (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    wrapped bytea NOT NULL
);

CREATE TABLE draad.export (
    id uuid NOT NULL,
    account uuid NOT NULL,
    case_id uuid NOT NULL,
    asked bytea NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    done integer DEFAULT 0 NOT NULL,
    steps integer DEFAULT 0 NOT NULL,
    failed text DEFAULT ''::text NOT NULL,
    made_at timestamp with time zone,
    size bigint DEFAULT 0 NOT NULL,
    wrapped bytea,
    sealed bytea,
    CONSTRAINT export_check CHECK ((((made_at IS NULL) = (sealed IS NULL)) AND ((made_at IS NULL) = (wrapped IS NULL))))
);
ALTER TABLE ONLY draad.export ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE TABLE draad.identity (
    issuer text NOT NULL,
    subject text NOT NULL,
    account uuid NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT identity_issuer_check CHECK ((issuer <> ''::text)),
    CONSTRAINT identity_subject_check CHECK (((subject <> ''::text) AND (length(subject) <= 255)))
);

CREATE TABLE draad.import_aside (
    run uuid NOT NULL,
    number bigint NOT NULL,
    fate text NOT NULL,
    kind text NOT NULL,
    named bytea NOT NULL,
    case_id uuid,
    why text NOT NULL
);

CREATE TABLE draad.import_run (
    id uuid NOT NULL,
    started_at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    files text[] NOT NULL,
    system text NOT NULL,
    by_name text NOT NULL,
    at_host text NOT NULL,
    step text DEFAULT ''::text NOT NULL,
    done bigint DEFAULT 0 NOT NULL,
    of_all bigint DEFAULT 0 NOT NULL,
    finished_at timestamp with time zone,
    why text DEFAULT ''::text NOT NULL,
    found bigint DEFAULT 0 NOT NULL,
    imported bigint DEFAULT 0 NOT NULL,
    unchanged bigint DEFAULT 0 NOT NULL,
    held bigint DEFAULT 0 NOT NULL,
    skipped bigint DEFAULT 0 NOT NULL,
    rejected bigint DEFAULT 0 NOT NULL,
    cases bigint DEFAULT 0 NOT NULL,
    entries bigint DEFAULT 0 NOT NULL,
    contacts bigint DEFAULT 0 NOT NULL,
    CONSTRAINT import_run_check CHECK ((found = ((((imported + unchanged) + held) + skipped) + rejected)))
);

CREATE TABLE draad.imported (
    source bytea NOT NULL,
    case_id uuid NOT NULL,
    noun uuid NOT NULL,
    is_patient boolean DEFAULT false NOT NULL,
    hash bytea
);

CREATE TABLE draad.job (
    job text NOT NULL,
    due timestamp with time zone NOT NULL,
    missed integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    outcome text,
    counts jsonb DEFAULT '{}'::jsonb NOT NULL,
    why text DEFAULT ''::text NOT NULL,
    CONSTRAINT job_outcome_check CHECK ((outcome = ANY (ARRAY['ok'::text, 'failed'::text])))
);

CREATE TABLE draad.link (
    id uuid NOT NULL,
    hash bytea NOT NULL,
    purpose text NOT NULL,
    who uuid NOT NULL,
    case_id uuid,
    entry integer,
    made_by uuid NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    subject text,
    CONSTRAINT link_purpose_check CHECK ((purpose = ANY (ARRAY['passphrase'::text, 'answer'::text])))
);

CREATE TABLE draad.second_factor (
    account uuid NOT NULL,
    sealed bytea NOT NULL,
    last_step bigint NOT NULL,
    confirmed_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE VIEW draad.listed_account AS
 SELECT id,
    user_name,
    name,
    role,
    team,
    organisation,
    email,
    disabled_at,
    signed_in_at,
    (passphrase_at IS NOT NULL) AS has_passphrase,
    (EXISTS ( SELECT
           FROM draad.second_factor f
          WHERE (f.account = a.id))) AS has_second_factor,
    ( SELECT max(l.expires_at) AS max
           FROM draad.link l
          WHERE ((l.who = a.id) AND (l.purpose = 'passphrase'::text) AND (l.used_at IS NULL) AND (l.revoked_at IS NULL) AND (l.expires_at > now()))) AS link_until
   FROM draad.account a;

CREATE TABLE draad.log_block (
    log text NOT NULL,
    block bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT log_block_hash_check CHECK ((length(hash) = 32))
);

CREATE TABLE draad.log_head (
    log text NOT NULL,
    note text NOT NULL
);

CREATE TABLE draad.log_leaf (
    log text NOT NULL,
    place bigint NOT NULL,
    number bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT log_leaf_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT log_leaf_log_check CHECK ((log = ANY (ARRAY['record'::text, 'looks'::text]))),
    CONSTRAINT log_leaf_place_check CHECK ((place >= 0))
);

CREATE TABLE draad.migration (
    number integer NOT NULL,
    name text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE draad.new_face (
    case_id uuid NOT NULL,
    person uuid NOT NULL,
    name text NOT NULL,
    organisation text NOT NULL,
    account uuid,
    first_seen date NOT NULL,
    asked_at timestamp with time zone DEFAULT now() NOT NULL,
    takes_part boolean,
    answered_by uuid,
    answered_at timestamp with time zone,
    CONSTRAINT new_face_check CHECK (((takes_part IS NULL) = (answered_at IS NULL)))
);

CREATE TABLE draad.raw_resource (
    source bytea NOT NULL,
    case_id uuid NOT NULL,
    hash bytea NOT NULL,
    sealed bytea NOT NULL,
    imported_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE draad.recovery_code (
    account uuid NOT NULL,
    hash bytea NOT NULL,
    used_at timestamp with time zone
);

CREATE TABLE draad.retention_list (
    case_id uuid NOT NULL,
    rule text NOT NULL,
    version integer NOT NULL,
    starts_on date NOT NULL,
    starts_in bigint NOT NULL,
    may_go_on date NOT NULL
);

CREATE VIEW draad.sealed_of_client AS
 SELECT entry_keys.originator_id AS stream,
    (uuid_send(entry_keys.originator_id) || int8send(entry_keys.originator_version)) AS place,
    entry_keys.wrapped AS sealed
   FROM draad.entry_keys
UNION ALL
 SELECT document.case_id AS stream,
    (uuid_send(document.case_id) || uuid_send(document.id)) AS place,
    document.wrapped AS sealed
   FROM draad.document
UNION ALL
 SELECT draft.case_id AS stream,
    ((uuid_send(draft.account) || uuid_send(draft.id)) || uuid_send(draft.case_id)) AS place,
    draft.sealed
   FROM draad.draft
UNION ALL
 SELECT raw_resource.case_id AS stream,
    (uuid_send(raw_resource.case_id) || raw_resource.source) AS place,
    raw_resource.sealed
   FROM draad.raw_resource;

CREATE TABLE draad.session (
    id_hash bytea NOT NULL,
    account uuid,
    kept text NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    used_at timestamp with time zone DEFAULT now() NOT NULL,
    half_way boolean DEFAULT false NOT NULL
);

CREATE TABLE draad.setting (
    signal text NOT NULL,
    threshold text NOT NULL,
    version integer NOT NULL,
    value integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    by_user uuid NOT NULL,
    by_name text NOT NULL,
    why text NOT NULL,
    CONSTRAINT setting_value_check CHECK (((value >= 0) AND (value <= 10000))),
    CONSTRAINT setting_version_check CHECK ((version > 0)),
    CONSTRAINT setting_why_check CHECK ((why <> ''::text))
);

CREATE TABLE draad.sign_in_attempt (
    what bytea NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE draad.stored_events (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigint NOT NULL
);

ALTER TABLE draad.stored_events ALTER COLUMN notification_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME draad.stored_events_notification_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE draad.subscriber (
    id uuid NOT NULL,
    name text NOT NULL,
    url text NOT NULL,
    account uuid NOT NULL,
    secret bytea NOT NULL,
    "position" bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    stopped_at timestamp with time zone,
    arrived_at timestamp with time zone,
    tries integer DEFAULT 0 NOT NULL,
    failing_since timestamp with time zone,
    again_at timestamp with time zone,
    why text DEFAULT ''::text NOT NULL,
    agreed_at timestamp with time zone,
    declined_at timestamp with time zone,
    a_minute integer,
    CONSTRAINT subscriber_check CHECK ((((tries = 0) = (failing_since IS NULL)) AND ((tries = 0) = (again_at IS NULL)))),
    CONSTRAINT subscriber_check1 CHECK (((agreed_at IS NULL) OR (declined_at IS NULL)))
);

CREATE TABLE draad.token (
    id uuid NOT NULL,
    account uuid NOT NULL,
    name text NOT NULL,
    hash bytea NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT token_scopes_check CHECK (((scopes <> '{}'::text[]) AND (scopes <@ '{read,record}'::text[])))
);

CREATE TABLE shown.caseload (
    case_id uuid NOT NULL,
    entry bigint NOT NULL,
    "position" bigint NOT NULL,
    case_number text NOT NULL,
    name text NOT NULL,
    called text NOT NULL,
    sort_name text NOT NULL,
    search_name text NOT NULL,
    team text NOT NULL,
    lead text NOT NULL,
    workers text[] NOT NULL,
    people_users uuid[] NOT NULL,
    opened_on date,
    closed_on date,
    version integer,
    version_on date,
    goals integer NOT NULL,
    goals_agreed integer NOT NULL,
    goals_disagreed integer NOT NULL,
    goals_not_yet integer NOT NULL,
    goals_not_asked integer NOT NULL,
    goals_unknown integer NOT NULL,
    goals_unanswered integer NOT NULL,
    goals_contradictory integer NOT NULL,
    without_say integer NOT NULL,
    proposals integer NOT NULL,
    proposals_since date,
    questions integer NOT NULL,
    refusals integer NOT NULL,
    next_evaluation date,
    last_changed_on date,
    recorded_at timestamp with time zone NOT NULL,
    imported boolean NOT NULL,
    own_users uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    requests integer DEFAULT 0 NOT NULL,
    requests_since date,
    complaints integer DEFAULT 0 NOT NULL,
    complaints_since date,
    talks integer DEFAULT 0 NOT NULL,
    talks_since date,
    yeses integer DEFAULT 0 NOT NULL,
    yeses_since date,
    supports integer DEFAULT 0 NOT NULL,
    supports_agreed integer DEFAULT 0 NOT NULL,
    supports_disagreed integer DEFAULT 0 NOT NULL,
    supports_not_yet integer DEFAULT 0 NOT NULL,
    supports_not_asked integer DEFAULT 0 NOT NULL,
    supports_unknown integer DEFAULT 0 NOT NULL,
    supports_unanswered integer DEFAULT 0 NOT NULL,
    supports_contradictory integer DEFAULT 0 NOT NULL
);

CREATE TABLE shown.contact_months (
    case_id uuid NOT NULL,
    month date NOT NULL,
    contacts integer NOT NULL,
    told integer NOT NULL,
    by_two integer NOT NULL
);

CREATE TABLE shown.contacts (
    case_id uuid NOT NULL,
    entry bigint NOT NULL,
    contact_id uuid NOT NULL,
    workers uuid[] NOT NULL,
    organisation text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    minutes integer,
    kind text NOT NULL,
    recorded timestamp with time zone NOT NULL,
    cancelled timestamp with time zone,
    elsewhere boolean DEFAULT false NOT NULL
);

CREATE TABLE shown.counted (
    case_id uuid NOT NULL,
    entry bigint NOT NULL,
    what text NOT NULL,
    day date NOT NULL,
    team text NOT NULL,
    client_id uuid NOT NULL,
    kind text NOT NULL
);

CREATE TABLE shown.erasures (
    case_id uuid NOT NULL,
    entry bigint NOT NULL,
    proposed_on date NOT NULL,
    ground text NOT NULL,
    of_entry bigint,
    held boolean NOT NULL
);

CREATE TABLE shown.poison (
    originator_id uuid NOT NULL,
    read_model text NOT NULL,
    notification_id bigint NOT NULL,
    why text NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE shown."position" (
    follower text NOT NULL,
    notification_id bigint NOT NULL
);

CREATE TABLE shown.retention (
    case_id uuid NOT NULL,
    entry bigint NOT NULL,
    legal_basis text NOT NULL,
    received date NOT NULL,
    received_in bigint NOT NULL,
    content date NOT NULL,
    content_in bigint NOT NULL,
    closed_on date,
    closed_in bigint,
    helped boolean NOT NULL,
    involuntary date,
    involuntary_in bigint,
    held bigint
);

CREATE TABLE shown.reviews (
    stream uuid NOT NULL,
    case_id uuid NOT NULL,
    entry bigint NOT NULL,
    mandate_id uuid NOT NULL,
    reviewer uuid NOT NULL,
    given_at timestamp with time zone NOT NULL,
    until date NOT NULL,
    ended_at timestamp with time zone,
    findings integer NOT NULL,
    questions integer NOT NULL,
    unanswered integer NOT NULL,
    waits_since date
);

CREATE TABLE shown.say (
    case_id uuid NOT NULL,
    entry bigint NOT NULL,
    decided_on date NOT NULL,
    recorded timestamp with time zone NOT NULL,
    topic text NOT NULL,
    subject text,
    initiative text NOT NULL,
    stance text NOT NULL,
    means text NOT NULL,
    decided_by text NOT NULL,
    reason_not_asked text,
    team text NOT NULL,
    client_id uuid,
    seen boolean
);

CREATE TABLE shown.signals (
    case_id uuid NOT NULL,
    signal text NOT NULL,
    since date NOT NULL,
    evidence bigint[] NOT NULL,
    contacts bigint[] NOT NULL,
    weight smallint NOT NULL,
    state text NOT NULL,
    until date,
    by_entry bigint,
    facts jsonb NOT NULL,
    for_managers boolean NOT NULL,
    team text NOT NULL,
    leads uuid[] NOT NULL,
    first_seen timestamp with time zone NOT NULL
);

CREATE TABLE shown.to_look_at (
    case_id uuid NOT NULL,
    "position" bigint
);

ALTER TABLE ONLY draad.access_log
    ADD CONSTRAINT access_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY draad.access_review
    ADD CONSTRAINT access_review_pkey PRIMARY KEY (id);

ALTER TABLE ONLY draad.access_review
    ADD CONSTRAINT access_review_posted_key UNIQUE (posted);

ALTER TABLE ONLY draad.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);

ALTER TABLE ONLY draad.account
    ADD CONSTRAINT account_user_name_key UNIQUE (user_name);

ALTER TABLE ONLY draad.dead_letter
    ADD CONSTRAINT dead_letter_pkey PRIMARY KEY (subscriber, "position");

ALTER TABLE ONLY draad.digest
    ADD CONSTRAINT digest_pkey PRIMARY KEY (account);

ALTER TABLE ONLY draad.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (id);

ALTER TABLE ONLY draad.draft
    ADD CONSTRAINT draft_pkey PRIMARY KEY (account, id);

ALTER TABLE ONLY draad.entry_keys
    ADD CONSTRAINT entry_keys_pkey PRIMARY KEY (originator_id, originator_version);

ALTER TABLE ONLY draad.export
    ADD CONSTRAINT export_pkey PRIMARY KEY (id);

ALTER TABLE ONLY draad.identity
    ADD CONSTRAINT identity_pkey PRIMARY KEY (issuer, subject);

ALTER TABLE ONLY draad.import_aside
    ADD CONSTRAINT import_aside_pkey PRIMARY KEY (run, number);

ALTER TABLE ONLY draad.import_run
    ADD CONSTRAINT import_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY draad.imported
    ADD CONSTRAINT imported_pkey PRIMARY KEY (case_id, source);

ALTER TABLE ONLY draad.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (job, due);

ALTER TABLE ONLY draad.link
    ADD CONSTRAINT link_hash_key UNIQUE (hash);

ALTER TABLE ONLY draad.link
    ADD CONSTRAINT link_pkey PRIMARY KEY (id);

ALTER TABLE ONLY draad.log_block
    ADD CONSTRAINT log_block_pkey PRIMARY KEY (log, block);

ALTER TABLE ONLY draad.log_head
    ADD CONSTRAINT log_head_pkey PRIMARY KEY (log);

ALTER TABLE ONLY draad.log_leaf
    ADD CONSTRAINT log_leaf_log_number_key UNIQUE (log, number);

ALTER TABLE ONLY draad.log_leaf
    ADD CONSTRAINT log_leaf_pkey PRIMARY KEY (log, place);

ALTER TABLE ONLY draad.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (number);

ALTER TABLE ONLY draad.new_face
    ADD CONSTRAINT new_face_pkey PRIMARY KEY (case_id, person);

ALTER TABLE ONLY draad.raw_resource
    ADD CONSTRAINT raw_resource_pkey PRIMARY KEY (case_id, source, hash);

ALTER TABLE ONLY draad.recovery_code
    ADD CONSTRAINT recovery_code_pkey PRIMARY KEY (account, hash);

ALTER TABLE ONLY draad.retention_list
    ADD CONSTRAINT retention_list_pkey PRIMARY KEY (case_id);

ALTER TABLE ONLY draad.second_factor
    ADD CONSTRAINT second_factor_pkey PRIMARY KEY (account);

ALTER TABLE ONLY draad.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id_hash);

ALTER TABLE ONLY draad.setting
    ADD CONSTRAINT setting_pkey PRIMARY KEY (signal, threshold, version);

ALTER TABLE ONLY draad.stored_events
    ADD CONSTRAINT stored_events_pkey PRIMARY KEY (originator_id, originator_version);

ALTER TABLE ONLY draad.subscriber
    ADD CONSTRAINT subscriber_name_key UNIQUE (name);

ALTER TABLE ONLY draad.subscriber
    ADD CONSTRAINT subscriber_pkey PRIMARY KEY (id);

ALTER TABLE ONLY draad.token
    ADD CONSTRAINT token_hash_key UNIQUE (hash);

ALTER TABLE ONLY draad.token
    ADD CONSTRAINT token_pkey PRIMARY KEY (id);

ALTER TABLE ONLY shown.caseload
    ADD CONSTRAINT caseload_pkey PRIMARY KEY (case_id);

ALTER TABLE ONLY shown.contact_months
    ADD CONSTRAINT contact_months_pkey PRIMARY KEY (case_id, month);

ALTER TABLE ONLY shown.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (case_id, entry);

ALTER TABLE ONLY shown.erasures
    ADD CONSTRAINT erasures_pkey PRIMARY KEY (case_id, entry);

ALTER TABLE ONLY shown.poison
    ADD CONSTRAINT poison_pkey PRIMARY KEY (originator_id, read_model);

ALTER TABLE ONLY shown."position"
    ADD CONSTRAINT position_pkey PRIMARY KEY (follower);

ALTER TABLE ONLY shown.retention
    ADD CONSTRAINT retention_pkey PRIMARY KEY (case_id);

ALTER TABLE ONLY shown.reviews
    ADD CONSTRAINT reviews_pkey PRIMARY KEY (stream);

ALTER TABLE ONLY shown.say
    ADD CONSTRAINT say_pkey PRIMARY KEY (case_id, entry);

ALTER TABLE ONLY shown.signals
    ADD CONSTRAINT signals_pkey PRIMARY KEY (case_id, signal);

ALTER TABLE ONLY shown.to_look_at
    ADD CONSTRAINT to_look_at_pkey PRIMARY KEY (case_id);

CREATE INDEX access_log_object_id_idx ON draad.access_log USING btree (object_id, occurred_at, id);

CREATE INDEX access_log_occurred_at_idx ON draad.access_log USING btree (occurred_at, id);

CREATE INDEX access_log_user_id_idx ON draad.access_log USING btree (user_id, occurred_at, id);

CREATE INDEX access_review_month_idx ON draad.access_review USING btree (month);

CREATE INDEX document_case_id_idx ON draad.document USING btree (case_id);

CREATE INDEX draft_case_id_idx ON draad.draft USING btree (case_id);

CREATE INDEX draft_changed_at_idx ON draad.draft USING btree (changed_at);

CREATE INDEX export_account_idx ON draad.export USING btree (account);

CREATE INDEX export_waiting_idx ON draad.export USING btree (asked_at) WHERE ((made_at IS NULL) AND (failed = ''::text));

CREATE INDEX identity_account_idx ON draad.identity USING btree (account);

CREATE INDEX import_run_started_idx ON draad.import_run USING btree (started_at DESC, id DESC);

CREATE UNIQUE INDEX imported_patient_idx ON draad.imported USING btree (source) WHERE is_patient;

CREATE INDEX link_case_id_idx ON draad.link USING btree (case_id);

CREATE INDEX link_who_idx ON draad.link USING btree (who);

CREATE INDEX session_account_idx ON draad.session USING btree (account);

CREATE INDEX session_used_at_idx ON draad.session USING btree (used_at);

CREATE INDEX sign_in_attempt_what_at_idx ON draad.sign_in_attempt USING btree (what, at);

CREATE INDEX stored_events_forgotten_idx ON draad.stored_events USING btree (topic, originator_id) WHERE (topic = ANY (ARRAY['erased'::text, 'entry_destroyed'::text]));

CREATE UNIQUE INDEX stored_events_notification_id_idx ON draad.stored_events USING btree (notification_id);

CREATE INDEX token_account_idx ON draad.token USING btree (account);

CREATE INDEX caseload_own_users_idx ON shown.caseload USING gin (own_users);

CREATE INDEX contact_months_month_idx ON shown.contact_months USING btree (month) INCLUDE (case_id, contacts, told, by_two);

CREATE INDEX counted_case_id_entry_idx ON shown.counted USING btree (case_id, entry);

CREATE INDEX counted_what_day_team_client_id_case_id_kind_idx ON shown.counted USING btree (what, day) INCLUDE (team, client_id, case_id, kind);

CREATE INDEX reviews_case_id_idx ON shown.reviews USING btree (case_id);

CREATE INDEX reviews_mandate_id_idx ON shown.reviews USING btree (mandate_id);

CREATE INDEX reviews_reviewer_idx ON shown.reviews USING btree (reviewer);

CREATE INDEX say_decided_on_idx ON shown.say USING btree (decided_on);

CREATE INDEX signals_signal_idx ON shown.signals USING btree (signal, state);

CREATE INDEX to_look_at_position_idx ON shown.to_look_at USING btree ("position", case_id);

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON draad.access_log FOR EACH STATEMENT EXECUTE FUNCTION draad.refuse();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON draad.access_review FOR EACH STATEMENT EXECUTE FUNCTION draad.refuse();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON draad.log_block FOR EACH STATEMENT EXECUTE FUNCTION draad.refuse();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON draad.log_leaf FOR EACH STATEMENT EXECUTE FUNCTION draad.refuse();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON draad.stored_events FOR EACH STATEMENT EXECUTE FUNCTION draad.refuse();

ALTER TABLE ONLY draad.dead_letter
    ADD CONSTRAINT dead_letter_subscriber_fkey FOREIGN KEY (subscriber) REFERENCES draad.subscriber(id) ON DELETE CASCADE;

ALTER TABLE ONLY draad.digest
    ADD CONSTRAINT digest_account_fkey FOREIGN KEY (account) REFERENCES draad.account(id) ON DELETE CASCADE;

ALTER TABLE ONLY draad.draft
    ADD CONSTRAINT draft_account_fkey FOREIGN KEY (account) REFERENCES draad.account(id) ON DELETE CASCADE;

ALTER TABLE ONLY draad.export
    ADD CONSTRAINT export_account_fkey FOREIGN KEY (account) REFERENCES draad.account(id) ON DELETE CASCADE;

ALTER TABLE ONLY draad.identity
    ADD CONSTRAINT identity_account_fkey FOREIGN KEY (account) REFERENCES draad.account(id);

ALTER TABLE ONLY draad.import_aside
    ADD CONSTRAINT import_aside_run_fkey FOREIGN KEY (run) REFERENCES draad.import_run(id) ON DELETE CASCADE;

ALTER TABLE ONLY draad.new_face
    ADD CONSTRAINT new_face_account_fkey FOREIGN KEY (account) REFERENCES draad.account(id);

ALTER TABLE ONLY draad.new_face
    ADD CONSTRAINT new_face_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES draad.account(id);

ALTER TABLE ONLY draad.recovery_code
    ADD CONSTRAINT recovery_code_account_fkey FOREIGN KEY (account) REFERENCES draad.account(id);

ALTER TABLE ONLY draad.second_factor
    ADD CONSTRAINT second_factor_account_fkey FOREIGN KEY (account) REFERENCES draad.account(id);

ALTER TABLE ONLY draad.session
    ADD CONSTRAINT session_account_fkey FOREIGN KEY (account) REFERENCES draad.account(id);

ALTER TABLE ONLY draad.subscriber
    ADD CONSTRAINT subscriber_account_fkey FOREIGN KEY (account) REFERENCES draad.account(id);

ALTER TABLE ONLY draad.token
    ADD CONSTRAINT token_account_fkey FOREIGN KEY (account) REFERENCES draad.account(id);

GRANT USAGE ON SCHEMA draad TO draad_app;
GRANT USAGE ON SCHEMA draad TO draad_reader;

GRANT USAGE ON SCHEMA shown TO draad_app;
GRANT USAGE ON SCHEMA shown TO draad_reader;

REVOKE ALL ON FUNCTION draad.append(ids uuid[], versions bigint[], topics text[], states bytea[], keys bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION draad.append(ids uuid[], versions bigint[], topics text[], states bytea[], keys bytea[]) TO draad_app;

REVOKE ALL ON FUNCTION draad.forget() FROM PUBLIC;
GRANT ALL ON FUNCTION draad.forget() TO draad_app;

REVOKE ALL ON FUNCTION draad.forget_accounts() FROM PUBLIC;
GRANT ALL ON FUNCTION draad.forget_accounts() TO draad_app;

REVOKE ALL ON FUNCTION draad.forget_entry(stream uuid, number bigint, file uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION draad.forget_entry(stream uuid, number bigint, file uuid) TO draad_app;

REVOKE ALL ON FUNCTION draad.refuse() FROM PUBLIC;

REVOKE ALL ON FUNCTION draad.reseal(streams uuid[], was bytea[], become bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION draad.reseal(streams uuid[], was bytea[], become bytea[]) TO draad_app;

REVOKE ALL ON FUNCTION shown.finish_rebuild(read_model text) FROM PUBLIC;
GRANT ALL ON FUNCTION shown.finish_rebuild(read_model text) TO draad_app;

REVOKE ALL ON FUNCTION shown.start_rebuild(read_model text) FROM PUBLIC;
GRANT ALL ON FUNCTION shown.start_rebuild(read_model text) TO draad_app;

GRANT SELECT,INSERT ON TABLE draad.access_log TO draad_app;

GRANT SELECT,INSERT ON TABLE draad.access_review TO draad_app;

GRANT SELECT,INSERT,UPDATE ON TABLE draad.account TO draad_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE draad.dead_letter TO draad_app;

GRANT SELECT,INSERT,UPDATE ON TABLE draad.digest TO draad_app;

GRANT SELECT,INSERT,DELETE ON TABLE draad.document TO draad_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE draad.draft TO draad_app;

GRANT SELECT ON TABLE draad.entry_keys TO draad_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE draad.export TO draad_app;

GRANT SELECT,INSERT,DELETE ON TABLE draad.identity TO draad_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE draad.import_aside TO draad_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE draad.import_run TO draad_app;

GRANT SELECT,INSERT,UPDATE ON TABLE draad.imported TO draad_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE draad.job TO draad_app;

GRANT SELECT,INSERT ON TABLE draad.link TO draad_app;

GRANT UPDATE(used_at) ON TABLE draad.link TO draad_app;

GRANT UPDATE(revoked_at) ON TABLE draad.link TO draad_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE draad.second_factor TO draad_app;

GRANT SELECT ON TABLE draad.listed_account TO draad_app;

GRANT SELECT,INSERT ON TABLE draad.log_block TO draad_app;

GRANT SELECT,INSERT,UPDATE ON TABLE draad.log_head TO draad_app;

GRANT SELECT,INSERT ON TABLE draad.log_leaf TO draad_app;

GRANT SELECT ON TABLE draad.migration TO draad_app;
GRANT SELECT ON TABLE draad.migration TO draad_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE draad.new_face TO draad_app;

GRANT SELECT,INSERT,DELETE ON TABLE draad.raw_resource TO draad_app;

GRANT UPDATE(sealed) ON TABLE draad.raw_resource TO draad_app;

GRANT SELECT,INSERT,DELETE ON TABLE draad.recovery_code TO draad_app;

GRANT UPDATE(used_at) ON TABLE draad.recovery_code TO draad_app;

GRANT SELECT,INSERT,DELETE ON TABLE draad.retention_list TO draad_app;

GRANT SELECT ON TABLE draad.sealed_of_client TO draad_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE draad.session TO draad_app;

GRANT SELECT,INSERT ON TABLE draad.setting TO draad_app;

GRANT SELECT,INSERT,DELETE ON TABLE draad.sign_in_attempt TO draad_app;

GRANT SELECT ON TABLE draad.stored_events TO draad_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE draad.subscriber TO draad_app;

GRANT SELECT,INSERT ON TABLE draad.token TO draad_app;

GRANT UPDATE(last_used_at) ON TABLE draad.token TO draad_app;

GRANT UPDATE(revoked_at) ON TABLE draad.token TO draad_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE shown.caseload TO draad_app;
GRANT SELECT ON TABLE shown.caseload TO draad_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE shown.contact_months TO draad_app;
GRANT SELECT ON TABLE shown.contact_months TO draad_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE shown.contacts TO draad_app;
GRANT SELECT ON TABLE shown.contacts TO draad_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE shown.counted TO draad_app;
GRANT SELECT ON TABLE shown.counted TO draad_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE shown.erasures TO draad_app;
GRANT SELECT ON TABLE shown.erasures TO draad_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE shown.poison TO draad_app;
GRANT SELECT ON TABLE shown.poison TO draad_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE shown."position" TO draad_app;
GRANT SELECT ON TABLE shown."position" TO draad_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE shown.retention TO draad_app;
GRANT SELECT ON TABLE shown.retention TO draad_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE shown.reviews TO draad_app;
GRANT SELECT ON TABLE shown.reviews TO draad_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE shown.say TO draad_app;
GRANT SELECT ON TABLE shown.say TO draad_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE shown.signals TO draad_app;
GRANT SELECT ON TABLE shown.signals TO draad_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE shown.to_look_at TO draad_app;
GRANT SELECT ON TABLE shown.to_look_at TO draad_reader;

ALTER DEFAULT PRIVILEGES FOR ROLE draad_owner IN SCHEMA shown GRANT SELECT,INSERT,DELETE,UPDATE ON TABLES TO draad_app;
ALTER DEFAULT PRIVILEGES FOR ROLE draad_owner IN SCHEMA shown GRANT SELECT ON TABLES TO draad_reader;

ALTER DEFAULT PRIVILEGES FOR ROLE draad_owner REVOKE ALL ON FUNCTIONS FROM PUBLIC;
