"""How much is written down for each contact?"""

from __future__ import annotations

from dataclasses import dataclass

from domain.days import local_day
from domain.entry import Role
from projections.signals.signal import Noticed, Observed, Weight, limit, signal

CONTACTS = 10  # with fewer, one busy week says it all
NOT_OURS = (Role.CLIENT, Role.REPRESENTATIVE, Role.IMPORT)  # who writes on their own account, or by itself


@dataclass(frozen=True)
class Limits:
    """When it speaks up: above so many entries for 100 contacts. One history cannot know what is usual here,
    so that limit comes from outside: see projections/signals/usual.py. 0: nobody is told.
    """

    entries_per_contact: int = limit(
        0,
        "hundredths",
        "Twice the median of this organisation: each night the entries per contact of all cases with 10 "
        "contacts or more are counted. Until the first night this signal is silent; so it is at 0.",
    )
    contacts: int = limit(CONTACTS, "contacts")
    days: int = limit(91, "days")


@signal(Weight.KEEP_AN_EYE, limits=Limits, again=91, for_managers=True)
def recording_load(seen: Observed, limits: Limits) -> Noticed | None:
    """In %(days)s days %(entries)s entries were written down for %(contacts)s contacts.

    That is more than twice what is usual here (the median of this organisation), or more than the limit that
    was chosen, and it is time that did not go to the client. Ask those who write what it
    is for: is the same asked twice, by several people, or for others than the client? Drop what nobody
    reads. It says nothing about who works well.
    """
    written = [e for e in seen.entries if e.by.role not in NOT_OURS and not e.source]
    entries = sum(seen.within(local_day(e.timestamp), limits.days) for e in written)
    came = [day for c in seen.contacts if seen.within(day := local_day(c.started_at), limits.days)]
    if not came or len(came) < limits.contacts or not limits.entries_per_contact:
        return None
    if entries * 100 <= limits.entries_per_contact * len(came):
        return None
    # No entries show it: with each new one it would come back.
    return Noticed(min(came), (), {"days": limits.days, "entries": entries, "contacts": len(came)})
