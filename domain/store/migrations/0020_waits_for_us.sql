-- What else the client asked and waits for, beside proposals: how many, and since when.

ALTER TABLE shown.caseload
    ADD COLUMN requests integer NOT NULL DEFAULT 0,
    ADD COLUMN requests_since date,
    ADD COLUMN complaints integer NOT NULL DEFAULT 0,
    ADD COLUMN complaints_since date,
    ADD COLUMN talks integer NOT NULL DEFAULT 0,
    ADD COLUMN talks_since date;

UPDATE shown.position SET notification_id = 0; -- what was shown before is shown again
