"""How many organisations help at the same time?"""

from __future__ import annotations

from dataclasses import dataclass

from domain.case import CaseOpened
from domain.kinds import PartyKind
from domain.nouns import Party
from projections.signals.signal import Noticed, Observed, Weight, limit, signal


@dataclass(frozen=True)
class Limits:
    """When it speaks up: more than so many, our own included."""

    parties: int = limit(5, "parties")


@signal(Weight.KEEP_AN_EYE, limits=Limits)
def too_many_parties(seen: Observed, limits: Limits) -> Noticed | None:
    """%(parties)s organisations help at the same time, our own included. People who take part: %(people)s.

    Each comes with its own people, appointments and questions, and the client is the one who keeps it all
    together. Ask them whom they need and whom they could miss. Can one do what two do now? Agree who does
    what, and who is the one to call.
    """
    if seen.plan.opened_on is None:
        return None
    found = others(seen)
    from_when = sorted([seen.plan.opened_on, *(party.since for party in found)])
    if len(from_when) <= limits.parties:
        return None
    facts = {"parties": len(from_when), "people": len(seen.plan.here(seen.plan.people))}
    return Noticed(from_when[limits.parties], tuple(sorted(party.entry for party in found)), facts)


def others(seen: Observed) -> list[Party]:
    """The organisations that take part now, beside the one that opened the case."""
    own = {opening.by.organisation.casefold() for opening in seen.of(CaseOpened)}
    here = (party for party in seen.plan.parties.values() if party.until is None)
    return [one for one in here if one.kind is PartyKind.FORMAL and one.name.casefold() not in own]
