"""A case that another organisation recorded, and that comes here whole: each entry in its own place.

It invents nothing: every entry says whose it is and when it was recorded there (`source`), and is recorded
here now. Accounts and teams of there are none of ours: nobody comes in by them, and who works on it here
joins anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from domain.access import shared_with
from domain.case import Case
from domain.days import Precision
from domain.entry import Actor, Facts, Role
from domain.errors.refused import Refused
from domain.imported import KeptBehind
from domain.kinds import Part
from domain.plan import Plan
from domain.source import Basis, Source

OWN_HAND = {Role.CLIENT, Role.REPRESENTATIVE}  # known by their place in the case, not by an account


class NotAgreedToTransfer(Refused):
    """The client has not agreed that %(to)s reads the whole record. Ask them, and record their consent."""

    field = "to"


@dataclass(frozen=True)
class Told:
    """One entry, as it goes into the record here."""

    kind: type[Any]  # an entry of the case, or of the log of who came
    facts: Facts

    @property
    def source(self) -> Source:
        """Where it stands in the other record."""
        source: Source = self.facts["source"]
        return source


def agreed(plan: Plan, to: str, today: date) -> None:
    """Whether the client lets this party read all of it. NotAgreedToTransfer."""
    name = to.strip().casefold()
    ids = {
        key
        for key, party in plan.parties.items()
        if party.name.strip().casefold() == name and not party.until
    }
    if shared_with(ids, plan, today) != frozenset(Part):
        raise NotAgreedToTransfer(to=to)


def told(kind: type[Any], facts: Mapping[str, Any], source: Source) -> Told:
    """An entry as it was written there."""
    taken = {name: value for name, value in facts.items() if name != "timestamp"}
    taken |= {"by": foreign(facts["by"]), "source": replace(source, recorded=facts["timestamp"])}
    if taken.get("user"):
        taken["user"] = elsewhere(taken["user"])
    return Told(kind, taken)


def kept_behind(before: Told, source: Source) -> Told:
    """The place of an entry that did not come along. Its day is not known: not before the entry before it."""
    by = Actor(UUID(int=0), Role.IMPORT, organisation=before.facts["by"].organisation)
    day = {"happened_on": before.facts["happened_on"], "precision": Precision.UNKNOWN}
    return Told(KeptBehind, {"by": by, "source": source, **day})


def opened(case_id: UUID, first: Told, clock: Callable[[], datetime]) -> Case:
    """The case, with its own id and its first entry."""
    return Case.open(case_id=case_id, clock=clock, **first.facts)


def goes_on(case: Case, more: Sequence[Told]) -> None:
    """The entries that follow, as they are: they were judged where they were made."""
    for one in more:
        case.write(one.kind, one.facts)


def foreign(actor: Actor) -> Actor:
    """Who they were there. Not an account or a team of ours."""
    user = actor.user if actor.role in OWN_HAND else elsewhere(actor.user)
    return replace(actor, user=user, team="")


def elsewhere(account: UUID) -> UUID:
    """The same for the same account, and nobody's here."""
    return uuid5(account, "elsewhere")


def source_of(system: str, topic: str, stream: str, version: int, leaf: str) -> Source:
    """Where an entry stands in the other record; `leaf` is its hash on the log there."""
    return Source(system, topic, stream, str(version), leaf, Basis.STATED)
