"""Forgetting: a client as a whole, or one entry. One person proposes it, another one decides."""

from __future__ import annotations

from dataclasses import KW_ONLY
from datetime import datetime
from typing import Any, ClassVar, Unpack
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain import errors
from domain.documents import DocumentAdded
from domain.entry import Actor, Entry, Facts, Telling
from domain.history import History, said
from domain.kinds import PersonKind, RequestKind, WhyErased
from domain.nouns import Erasure
from domain.plan import Plan
from domain.say import Words


class Erased(Aggregate.Event):
    """The client was forgotten: the last event of each of their streams, so that nothing comes after it.

    Plain, for it is read when no key is left; so it holds ids and a choice, and nobody's name or words.
    `accounts`: with which the client and who spoke for them came in.
    """

    TOPIC: ClassVar[str] = "erased"
    plain: ClassVar[bool] = True
    ground: WhyErased
    proposed_by: UUID | None
    approved_by: UUID | None
    accounts: tuple[UUID, ...] = ()

    @property
    def decision(self) -> Facts:
        """On what ground, and by which two."""
        return {"ground": self.ground, "proposed_by": self.proposed_by, "approved_by": self.approved_by}

    @classmethod
    def after(cls, stream: UUID, version: int, moment: datetime, **facts: Any) -> Erased:
        """What comes after the last event of this stream."""
        place: Any = {"originator_id": stream, "originator_version": version + 1, "timestamp": moment}
        return cls(**place, **facts)


class ErasureProposed(Entry):
    """Somebody proposes to destroy all that is kept of this client, or one entry. Nothing is gone yet."""

    TOPIC = "erasure_proposed"
    NAMES = ("number", "reason")
    AFTER_CLOSING = True
    ground: WhyErased
    reason: Words
    _: KW_ONLY
    entry: int | None = None  # this one alone; None: all of it
    request: int | None = None

    def tell(self, plan: Plan) -> None:
        facts = (self.ground, self.reason, self.entry, self.request, self.by)
        elsewhere = self.source is not None
        plan.erasures[self.number] = Erasure(self.number, self.day, *facts, elsewhere=elsewhere)


class ErasureRefused(Entry):
    """What was proposed is not destroyed, for a reason."""

    TOPIC = "erasure_refused"
    SUBJECT = "proposal"
    AFTER_CLOSING = True
    proposal: int
    reason: Words

    def tell(self, plan: Plan) -> None:
        plan.found(plan.erasures, Erasure, self, self.proposal).refused_by = self.number


class EntryDestroyed(Entry):
    """One entry was destroyed: its key is gone, and nobody reads it again. That it was there stays known."""

    TOPIC = "entry_destroyed"
    SUBJECT = "entry"
    AFTER_CLOSING = True
    entry: int
    proposal: int
    ground: WhyErased
    proposed_by: Actor
    _: KW_ONLY
    document: UUID | None = None  # its file, which goes too

    @property
    def withdraws(self) -> int:
        """The entry that is not there any more."""
        return self.entry

    def tell(self, plan: Plan) -> None:
        plan.found(plan.erasures, Erasure, self, self.proposal).done_by = self.number


class Erasing(History):
    """What one may do to forget."""

    def propose_erasure(
        self,
        ground: WhyErased,
        reason: str,
        entry: int | None = None,
        request: int | None = None,
        **how: Unpack[Telling],
    ) -> int:
        """Propose to destroy one entry, or with none named all that is kept; gives its number."""
        check_no_hold(self)
        self._check_entry(entry)
        self._check_request(ground, request, how)
        if any(held.open and held.of in (None, entry) for held in self.plan.erasures.values()):
            raise errors.AlreadyProposed
        facts = {"ground": ground, "reason": said("reason", reason), "entry": entry, "request": request}
        return self.record(ErasureProposed, **facts, **how)

    def refuse_erasure(self, proposal: int, reason: str, **how: Unpack[Telling]) -> None:
        """Destroy nothing: the proposal is answered with a reason."""
        open_proposal(self, proposal, how)
        self.record(ErasureRefused, proposal=proposal, reason=said("reason", reason), **how)

    def approve_erasure(self, proposal: int, **how: Unpack[Telling]) -> None:
        """Let one entry go, as somebody else proposed; then its key goes. All of it: casework.erase()."""
        found = to_destroy(self, proposal, how)
        if found.of is None:
            raise errors.AllOfIt
        gone = self.entry(found.of)
        facts = {"entry": found.of, "ground": found.ground, "proposed_by": found.by}
        file = gone.document_id if isinstance(gone, DocumentAdded) else None
        self.record(EntryDestroyed, proposal=proposal, document=file, **facts, **how)

    def _check_entry(self, entry: int | None) -> None:
        if entry is None:
            return
        if entry == 1 or (found := self.entry(entry)) is None:  # without its opening there is no case
            raise errors.NoSuchEntry
        if isinstance(found, ErasureProposed | ErasureRefused | EntryDestroyed):
            raise errors.ErasureStaysKnown
        if any(isinstance(e, EntryDestroyed) and e.entry == entry for e in self.entries):
            raise errors.NoSuchEntry

    def _check_request(self, ground: WhyErased, request: int | None, how: Telling) -> None:
        """Who says that it was asked, says which request that was."""
        if request is None:
            if ground is WhyErased.REQUEST:
                raise errors.Empty("request")
        elif self.there(lambda plan: plan.requests, request, how).kind is not RequestKind.ERASURE:
            raise errors.AsksSomethingElse


def to_destroy(case: History, proposal: int, how: Telling) -> Erasure:
    """What may be destroyed now: somebody else proposed it, and nothing holds it."""
    found = open_proposal(case, proposal, how)
    if found.by is None or found.by.user == how["by"].user:
        raise errors.SamePerson
    check_no_hold(case)
    return found


def open_proposal(case: History, proposal: int, how: Telling) -> Erasure:
    """A proposal that nobody answered."""
    case.there(lambda plan: plan.erasures, proposal, how)
    found = case.plan.erasures[proposal]
    if not found.open:
        raise errors.AlreadyAnswered("proposal")
    return found


def check_no_hold(case: History) -> None:
    """Nothing goes while there is a ground to keep everything."""
    if held := next((hold for hold in case.plan.holds.values() if not hold.lifted_on), None):
        raise errors.IsHeld(ground=held.ground)


def accounts_of(case: History) -> set[UUID]:
    """With which the client and those around them came in: not who works for them."""
    around = (one.user for one in case.plan.people.values() if one.kind is not PersonKind.WORKER)
    return {user for user in (case.plan.client.client_id, *around) if user}
