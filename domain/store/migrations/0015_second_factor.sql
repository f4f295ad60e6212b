-- A second factor beside the pass phrase, and what a page about accounts tells of them.

ALTER TABLE draad.account
    ADD COLUMN passphrase_at timestamptz, -- when they chose it themselves; empty: invited, and not come yet
    ADD COLUMN signed_in_at timestamptz;
UPDATE draad.account SET passphrase_at = made_at;

-- Who gave the pass phrase and not yet the code: such a session opens nothing, and lasts some minutes.
ALTER TABLE draad.session ADD COLUMN half_way boolean NOT NULL DEFAULT false;

-- The secret is sealed with a key that follows from the master key: who reads the table makes no code with it.
CREATE TABLE draad.second_factor (
    account uuid PRIMARY KEY REFERENCES draad.account (id),
    sealed bytea NOT NULL,
    last_step bigint NOT NULL, -- of the last code that was taken: none is taken twice
    confirmed_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, UPDATE, DELETE ON draad.second_factor TO draad_app;

-- For who lost their telephone: ten codes, each for once. Here stands a keyed hash.
CREATE TABLE draad.recovery_code (
    account uuid NOT NULL REFERENCES draad.account (id),
    hash bytea NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (account, hash)
);
GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON draad.recovery_code TO draad_app;

-- An account as those see it who look after it: everything but what opens.
CREATE VIEW draad.listed_account AS
    SELECT a.id, a.user_name, a.name, a.role, a.team, a.organisation, a.email, a.disabled_at, a.signed_in_at,
           a.passphrase_at IS NOT NULL AS has_passphrase,
           EXISTS (SELECT FROM draad.second_factor f WHERE f.account = a.id) AS has_second_factor,
           (SELECT max(l.expires_at)
              FROM draad.link l
             WHERE l.who = a.id
               AND l.purpose = 'passphrase'
               AND l.used_at IS NULL AND l.revoked_at IS NULL AND l.expires_at > now()) AS link_until
      FROM draad.account a;
GRANT SELECT ON draad.listed_account TO draad_app;
