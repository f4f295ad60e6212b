"""What is usual in this organisation, for a limit that follows from it: counted each night."""

from __future__ import annotations

from domain.store import jobs
from domain.store.settings import MOST
from projections.read_model import Db
from projections.signals.recording_load import CONTACTS, recording_load

NIGHT = "night_round"  # the job that counts it
WHAT = "entries_per_100_contacts"  # as it stands among the counts of the job
LIMIT = "entries_per_contact"
# All entries of a case for all its contacts: its first weeks, with much to write down, count as well. What
# was told again here, after an import, does not: nobody wrote that down here.
MEDIAN = """
    SELECT round(percentile_cont(0.5) WITHIN GROUP (ORDER BY entries * 100.0 / contacts))::integer
      FROM (SELECT case_id, count(*) AS entries
              FROM shown.counted
             WHERE what = 'entry'
             GROUP BY case_id) AS told
      JOIN (SELECT case_id, sum(contacts) AS contacts
              FROM shown.contact_months
             GROUP BY case_id) AS came USING (case_id)
     WHERE contacts >= %(contacts)s"""


def count(db: Db) -> dict[str, int]:
    """The median of the entries for 100 contacts; nothing when no case has contacts enough."""
    row = db.execute(MEDIAN, {"contacts": CONTACTS}).fetchone()
    return {WHAT: row[0]} if row and row[0] is not None else {}


def with_usual(db: Db, chosen: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """What was chosen here; and where nobody chose how much recording is too much, twice the median."""
    of_load = chosen.get(recording_load.name, {})
    usual = None if LIMIT in of_load else jobs.counted(db, NIGHT, WHAT)
    if usual is None:
        return chosen
    return {**chosen, recording_load.name: {**of_load, LIMIT: min(2 * usual, MOST)}}
