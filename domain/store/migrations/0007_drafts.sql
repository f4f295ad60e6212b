-- What somebody was writing and did not record yet: for them alone, and for a while. Words of clients: sealed under
-- the client's key, so that they are forgotten with the client. In clear stand ids, the page, and the time.

CREATE TABLE draad.draft (
    account uuid NOT NULL REFERENCES draad.account (id) ON DELETE CASCADE,
    id uuid NOT NULL, -- of the form it stands in; each writer has their own, so that nobody can take another's id
    case_id uuid NOT NULL,
    page text NOT NULL, -- below the address of the case
    sealed bytea NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (account, id)
);
CREATE INDEX draft_case_id_idx ON draad.draft (case_id);
CREATE INDEX draft_changed_at_idx ON draad.draft (changed_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON draad.draft TO draad_app;
