-- What the client said yes to with their own hand, of which nobody wrote yet what came of it.

ALTER TABLE shown.caseload
    ADD COLUMN yeses integer NOT NULL DEFAULT 0,
    ADD COLUMN yeses_since date;

UPDATE shown.position SET notification_id = 0; -- what was shown before is shown again
