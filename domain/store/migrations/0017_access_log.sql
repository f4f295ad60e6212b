-- Who looked at what of whose record, as NEN 7513 asks: one line for each case a request shows. It tells which part
-- was looked at, never what it said. Only ever added to; a line stays at least five years, and none goes by itself.

CREATE TABLE draad.access_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_code text NOT NULL,
    action text NOT NULL CHECK (action IN ('C', 'R', 'U', 'D', 'E')),
    occurred_at timestamptz NOT NULL,
    utc_offset smallint NOT NULL, -- minutes, of the clocks here at that moment
    user_id uuid NOT NULL,
    user_role text NOT NULL,
    object_id_type text NOT NULL CHECK (object_id_type IN ('case', 'access_log')),
    object_id uuid NOT NULL,
    authorisation_protocol text NOT NULL, -- the ground: domain/access.py
    source_id text NOT NULL, -- which installation wrote the line

    user_name text NOT NULL,
    organisation text NOT NULL,
    team text NOT NULL,
    on_behalf_of_id uuid,
    on_behalf_of_role text,
    why bytea, -- what for, in words: sealed under the client's key, forgotten with it
    detail text NOT NULL, -- the part of the record, as its page is called here
    entry bigint, -- the one that was shown or made
    request_id uuid NOT NULL,
    access_point_type text NOT NULL CHECK (access_point_type IN ('web', 'api', 'command_line', 'job')),
    outcome text NOT NULL CHECK (outcome IN ('ok', 'not_shown'))
);
CREATE INDEX access_log_object_id_idx ON draad.access_log (object_id, occurred_at, id);
CREATE INDEX access_log_user_id_idx ON draad.access_log (user_id, occurred_at, id);
CREATE INDEX access_log_occurred_at_idx ON draad.access_log (occurred_at, id);

-- What the log manager found when they went through the looks of a month.
CREATE TABLE draad.access_review (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    month date NOT NULL CHECK (month = date_trunc('month', month)),
    posted uuid NOT NULL UNIQUE, -- the form it came by: the same one twice is one review
    finding text NOT NULL,
    by_user uuid NOT NULL,
    by_name text NOT NULL,
    done_at timestamptz NOT NULL
);
CREATE INDEX access_review_month_idx ON draad.access_review (month);

GRANT SELECT, INSERT ON draad.access_log, draad.access_review TO draad_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON draad.access_log
    FOR EACH STATEMENT EXECUTE FUNCTION draad.refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON draad.access_review
    FOR EACH STATEMENT EXECUTE FUNCTION draad.refuse();
