-- One entry can ask several things, as a goal that is split asks about each step: a link tells about which it asks.

ALTER TABLE draad.link ADD COLUMN subject text; -- a noun by its id, or an entry by its number

-- Of a step nobody knows now which one the link was made for: better none than an answer about another goal.
UPDATE draad.link l
   SET revoked_at = now()
  FROM draad.stored_events e
 WHERE e.originator_id = l.case_id AND e.originator_version = l.entry AND e.topic = 'goal_split'
   AND l.used_at IS NULL AND l.revoked_at IS NULL;
