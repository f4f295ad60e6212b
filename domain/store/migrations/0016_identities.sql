-- Who somebody is for an identity provider, and which account that opens. No e-mail address: they change hands.

CREATE TABLE draad.identity (
    issuer text NOT NULL CHECK (issuer <> ''),
    subject text NOT NULL CHECK (subject <> '' AND length(subject) <= 255),
    account uuid NOT NULL REFERENCES draad.account (id),
    made_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX identity_account_idx ON draad.identity (account);
-- Linked and unlinked, never pointed elsewhere.
GRANT SELECT, INSERT, DELETE ON draad.identity TO draad_app;
