-- What the client said last on the support that runs: the list of clients tells it beside the goals.

ALTER TABLE shown.caseload
    ADD COLUMN supports integer NOT NULL DEFAULT 0,
    ADD COLUMN supports_agreed integer NOT NULL DEFAULT 0,
    ADD COLUMN supports_disagreed integer NOT NULL DEFAULT 0,
    ADD COLUMN supports_not_yet integer NOT NULL DEFAULT 0,
    ADD COLUMN supports_not_asked integer NOT NULL DEFAULT 0,
    ADD COLUMN supports_unknown integer NOT NULL DEFAULT 0,
    ADD COLUMN supports_unanswered integer NOT NULL DEFAULT 0,
    ADD COLUMN supports_contradictory integer NOT NULL DEFAULT 0;

UPDATE shown.position SET notification_id = 0; -- what was shown before is shown again
