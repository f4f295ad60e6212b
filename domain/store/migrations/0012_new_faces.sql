-- Who comes to a client, as a roster tells, and was not written down as taking part: asked once, never joined
-- unasked. Names of workers and organisations, and no words. Their contacts carry the same `person`.

CREATE TABLE draad.new_face (
    case_id uuid NOT NULL,
    person uuid NOT NULL,
    name text NOT NULL,
    organisation text NOT NULL,
    account uuid REFERENCES draad.account (id), -- when the roster names one of ours
    first_seen date NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT now(),
    takes_part boolean, -- the answer; none: not answered yet
    answered_by uuid REFERENCES draad.account (id),
    answered_at timestamptz,
    PRIMARY KEY (case_id, person),
    CHECK ((takes_part IS NULL) = (answered_at IS NULL))
);
GRANT SELECT, INSERT, UPDATE, DELETE ON draad.new_face TO draad_app;
