"""What a reader does not get to read, though it is in the record.

To who works here it stays visible that it is there (`masked`). To a partner it is not there at all
(`shared`): their pages, files and answers are read from the entries that are left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import Enum
from operator import attrgetter
from typing import TypeGuard
from uuid import UUID

from domain.access import plan_ids
from domain.case import CaseOpened
from domain.consent import ConsentGiven, may_ask
from domain.conversation import NetworkViewHeard
from domain.correcting import EntryCorrected
from domain.entry import Actor, Entry, Subject
from domain.gaps import EntryGone
from domain.kinds import Part, WhyWithdrawn
from domain.plan import Plan, read, standing
from domain.record import EntryWithdrawn, ReadBack, StatementAdded
from domain.restricting import EntryRestricted
from domain.sharing import goes_with_every_part, goes_with_its_subject, part_of

Hides = EntryWithdrawn | EntryRestricted | NetworkViewHeard | EntryGone
ABOUT = EntryCorrected | StatementAdded | ReadBack | EntryWithdrawn


class Teams(Enum):
    """For whom it makes no difference which team wrote something down."""

    ALL = "all"  # a reviewer


def masked(
    entries: Iterable[Entry], team: str | Teams | None = None, today: date = date.max
) -> dict[int, Hides]:
    """The numbers of what this reader does not read, each with the entry that hides it.

    Nobody reads what was written in the wrong case, what may not be used now (AVG art. 18), and what was
    later said about those entries, or about one that was destroyed. What a relative came with unasked, or was
    asked while the client does not allow that (any more) `today`, is read by the team that wrote it down, and
    by a reviewer.
    Judged on all entries, whatever day is asked for: what is another person's is not shown on any day.
    """
    told = sorted(entries, key=attrgetter("originator_version"))
    hidden: dict[int, Hides] = {e.number: e for e in _of_another_team(told, team, today)}
    for entry in standing(told):
        if isinstance(entry, EntryRestricted) or in_wrong_case(entry):
            hidden[entry.entry] = entry
    gone = {e.number: e for e in told if isinstance(e, EntryGone)}
    for entry in told:
        by = (hidden.get(entry.entry) or gone.get(entry.entry)) if isinstance(entry, ABOUT) else None
        if by and by.number != entry.number:
            hidden[entry.number] = by
    return hidden


def in_wrong_case(entry: Entry) -> TypeGuard[EntryWithdrawn]:
    """Whether it takes out what was written in the wrong case."""
    return isinstance(entry, EntryWithdrawn) and entry.reason is WhyWithdrawn.WRONG_CLIENT


def _of_another_team(told: list[Entry], team: str | Teams | None, today: date) -> list[NetworkViewHeard]:
    """What people around the client said to another team, that this reader may not read."""
    if team is Teams.ALL:
        return []
    views = [e for e in told if isinstance(e, NetworkViewHeard) and not (team and e.by.team == team)]
    plan = read(told) if views else Plan()
    return [view for view in views if view.unasked or not may_ask(plan, view.person, today)]


class OnlyOpened(Entry):
    """That the case was opened, for who does not read with what question. Made while reading, never kept."""

    TOPIC = "case_opened"
    client_id: UUID

    @classmethod
    def of(cls, opened: CaseOpened) -> OnlyOpened:
        """The opening as it stands, without its words."""
        same = ("originator_id", "originator_version", "timestamp", "by", "happened_on", "precision")
        return cls(**{name: getattr(opened, name) for name in (*same, "client_id")})

    def tell(self, plan: Plan) -> None:
        plan.opened_on, plan.client.client_id = self.day, self.client_id


def shared(who: Actor, entries: Sequence[Entry], parts: Collection[Part], today: date) -> list[Entry]:
    """The entries that a partner reads: of these parts, what goes with every part, and what they wrote.

    Nothing that speaks of what they do not read, so that nothing hangs loose; and no masks: what they do not
    read is not there.
    """
    reading = _Reading(who, parts, read(entries, on=today), masked(entries, who.team, today))
    told = [entry for entry in sorted(entries, key=lambda e: e.number) if reading.takes(entry)]
    if Part.STORY not in parts:
        told[:0] = map(OnlyOpened.of, (e for e in standing(entries) if isinstance(e, CaseOpened)))
    loose_anyway = {end.entry for end in read(entries).loose}
    while loose := {end.entry for end in read(told).loose} - loose_anyway:
        told = [entry for entry in told if entry.number not in loose]
    return told


class _Reading:
    """Which entries somebody reads, asked one by one in the order of their numbers."""

    def __init__(self, who: Actor, parts: Collection[Part], plan: Plan, hidden: Collection[int]) -> None:
        self.who, self.parts, self.hidden = who, parts, hidden
        self.near = plan_ids(who, plan)
        self.speak = {held.person for held in plan.representations.values()}
        self.reads: set[Subject] = set()
        self.left_out: set[Subject] = set()

    def takes(self, entry: Entry) -> bool:
        """Whether they read it. What speaks of it later goes the same way."""
        taken = entry.number not in self.hidden and self._may(entry)
        names = {entry.number, *(key for key, _ in entry.named())} - self.reads
        (self.reads if taken else self.left_out).update(names)
        return taken

    def _may(self, entry: Entry) -> bool:
        about = entry.concerns
        if about in self.left_out:
            return False
        if goes_with_its_subject(entry):
            whole = about is None or about == entry.originator_id
            return (Part.GOALS in self.parts or self._wrote(entry)) if whole else about in self.reads
        if isinstance(entry, ConsentGiven):
            return entry.to in self.near
        part = part_of(entry)
        if part is Part.PEOPLE and about in self.near | self.speak:
            return True
        return part in self.parts or goes_with_every_part(entry) or self._wrote(entry)

    def _wrote(self, entry: Entry) -> bool:
        """What they wrote themselves they know."""
        return (entry.by.user, entry.by.role) == (self.who.user, self.who.role)
