-- What lists and reports need: names, dates and counts, and nobody's words. Each table has case_id and entry:
-- the follower replaces the rows of a case from entry to entry. A migration that changes one of them, or adds
-- one, ends with UPDATE shown.position SET notification_id = 0: what was shown before is shown again.

-- One row a case; `entry` is its last.
CREATE TABLE shown.caseload (
    case_id uuid PRIMARY KEY,
    entry bigint NOT NULL,
    position bigint NOT NULL,
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
    recorded_at timestamptz NOT NULL,
    imported boolean NOT NULL
);

-- One row a contact; `entry` is its number in the log of contacts.
CREATE TABLE shown.contacts (
    case_id uuid NOT NULL,
    entry bigint NOT NULL,
    contact_id uuid NOT NULL,
    workers uuid[] NOT NULL,
    organisation text NOT NULL,
    started_at timestamptz NOT NULL,
    minutes integer,
    kind text NOT NULL,
    recorded timestamptz NOT NULL,
    PRIMARY KEY (case_id, entry)
);

-- One row a decision that stands.
CREATE TABLE shown.say (
    case_id uuid NOT NULL,
    entry bigint NOT NULL,
    decided_on date NOT NULL,
    recorded timestamptz NOT NULL,
    topic text NOT NULL,
    subject text,
    initiative text NOT NULL,
    stance text NOT NULL,
    means text NOT NULL,
    decided_by text NOT NULL,
    reason_not_asked text,
    team text NOT NULL,
    PRIMARY KEY (case_id, entry)
);
