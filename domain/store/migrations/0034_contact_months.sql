-- How many contacts each client had in a month, and how many of those were with familiar faces: kept for the report by
-- who looks at a case, of the months in which something changed.

CREATE TABLE shown.contact_months (
    case_id uuid NOT NULL,
    month date NOT NULL, -- its first day
    contacts integer NOT NULL,
    told integer NOT NULL, -- with a worker and not in a group; 0 when there were too few to tell anything
    by_two integer NOT NULL, -- of those, with one of the two who came most often
    PRIMARY KEY (case_id, month)
);
CREATE INDEX contact_months_month_idx ON shown.contact_months (month) INCLUDE (case_id, contacts, told, by_two);
DROP INDEX shown.contacts_started_at_case_id_idx; -- contacts are counted by month there

UPDATE shown.position SET notification_id = 0; -- what was told before is looked at too
