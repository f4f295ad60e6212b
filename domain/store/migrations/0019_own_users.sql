-- Whose own plan a case is: the client, and who was named to speak for them. What they see is read in the case.

ALTER TABLE shown.caseload ADD COLUMN own_users uuid[] NOT NULL DEFAULT '{}';
CREATE INDEX caseload_own_users_idx ON shown.caseload USING gin (own_users);

UPDATE shown.position SET notification_id = 0; -- the cases of before are told again
