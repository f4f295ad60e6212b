"""Whatever a history holds: every signal can be asked of it, on any day, and shows only what is in it."""

from __future__ import annotations

from datetime import date

import hypothesis
from hypothesis import strategies as st

from domain.entry import Entry
from domain.kinds import ContactKind
from domain.plan import read, standing
from projections.contacts import Contact
from projections.signals.signal import Observed, signals
from projections.signals.state import raised
from tests.domain.anything import IDS, days, histories
from tests.projections.signals.observing import came

visits = st.builds(
    lambda came_when, kind: came(*came_when, kind=kind),
    st.lists(st.tuples(days, st.lists(st.sampled_from(IDS), unique=True)), max_size=12),
    st.sampled_from(ContactKind),
)


@hypothesis.given(histories, visits, days)
@hypothesis.settings(max_examples=150, deadline=None)
def test_no_signal_ever_raises(entries: list[Entry], contacts: list[Contact], today: date) -> None:
    seen = Observed(standing(entries), read(entries, on=today), today, contacts)
    numbers = {entry.number for entry in seen.entries}
    for one in signals().values():
        noticed = one.look(seen)
        if noticed:
            assert numbers.issuperset(noticed.evidence), one.name
            assert list(noticed.evidence) == sorted(set(noticed.evidence)), one.name
            assert {contact.entry for contact in contacts}.issuperset(noticed.contacts), one.name
            assert noticed.since <= today, one.name
            assert (noticed.says or one.says) % {"what": "Koken", "client": "Jan", **noticed.facts}
    assert all(told.noticed for told in raised(seen))
