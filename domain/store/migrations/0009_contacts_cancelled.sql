-- When it was recorded that a contact does not count: it stays, and was counted until then.

ALTER TABLE shown.contacts ADD COLUMN cancelled timestamptz;
