-- Who reviews which case, until when, and how many questions wait. No words: why, and what was found, stands
-- sealed in the stream of the review. What opens a case is judged there too; this only says where to look.

-- One row a case of a mandate; `entry` is the last of its review.
CREATE TABLE shown.reviews (
    stream uuid PRIMARY KEY,
    case_id uuid NOT NULL,
    entry bigint NOT NULL,
    mandate_id uuid NOT NULL,
    reviewer uuid NOT NULL, -- their account
    given_at timestamptz NOT NULL,
    until date NOT NULL,
    ended_at timestamptz, -- before that day
    findings integer NOT NULL,
    questions integer NOT NULL,
    unanswered integer NOT NULL,
    waits_since date -- the first question without an answer
);
CREATE INDEX reviews_case_id_idx ON shown.reviews (case_id);
CREATE INDEX reviews_reviewer_idx ON shown.reviews (reviewer);
CREATE INDEX reviews_mandate_id_idx ON shown.reviews (mandate_id);
-- No review is older than this table: nothing has to be shown again.
