-- What is proposed to destroy and not answered yet: to find the proposals by. Why stands sealed in the case.

CREATE TABLE shown.erasures (
    case_id uuid NOT NULL,
    entry bigint NOT NULL, -- the proposal
    proposed_on date NOT NULL,
    ground text NOT NULL,
    of_entry bigint, -- that one alone
    held boolean NOT NULL, -- there is a ground to keep everything
    PRIMARY KEY (case_id, entry)
);
-- No proposal is older than this table: nothing has to be shown again.
