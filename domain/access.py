"""Who may see which case, and on what ground.

The ground goes into the log of who looked (NEN 7513: the authorisation protocol).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from domain.case import Case
from domain.days import local_day
from domain.emergency import EmergencyAccessUsed
from domain.entry import Actor, Role
from domain.kinds import ConsentPurpose, Part
from domain.nouns import Consent, Representation
from domain.plan import Plan
from domain.representation import Minor, minor_on, speaks_as, spoken_for_by
from domain.settings import EMERGENCY_LASTS

LONGEST_PURPOSE = 300  # characters


class Ground(StrEnum):
    """Why somebody may see a case."""

    OWN = "own"  # the client: it is their life
    REPRESENTS = "represents"  # while they speak for the client
    TEAM = "team"  # a coordinator: the cases of their team
    JOINED = "joined"  # takes part in it
    CONSENT = "consent"  # a partner: takes part, and the client allows it
    PURPOSE = "purpose"  # a manager, who said what for
    MANDATE = "mandate"  # a reviewer, for as long as it lasts
    EMERGENCY = "emergency"  # with a reason; the client is told


class Purpose(StrEnum):
    """What a manager reads a case for."""

    COMPLAINT = "complaint"
    QUALITY = "quality"
    STANDING_IN = "standing_in"
    INCIDENT = "incident"
    REQUEST_OF_CLIENT = "request_of_client"
    OTHER = "other"


def purpose_said(kind: str, words: str) -> str:
    """As it stands in the log of who looked: `incident: the fall in May`. Empty when it says nothing."""
    words = " ".join(words.split())
    if kind not in set(Purpose) or (kind == Purpose.OTHER and not words):
        return ""
    return f"{kind}: {words}"[:LONGEST_PURPOSE] if words else kind


def ground_of(who: Actor, case: Case, today: date) -> Ground | None:
    """Why this case is theirs to see; None: it is not. A reviewer's mandate stands apart: domain/review.py.

    In an emergency they come in by its address; the list of cases does not change. A closed case can be read
    by those who took part at its end. Once it is opened again they have to join it anew.
    """
    match who.role:
        case Role.CLIENT:
            ground, holds = Ground.OWN, who.user == case.client_id
        case Role.REPRESENTATIVE:
            ground, holds = Ground.REPRESENTS, _represents(who, case, today)
        case Role.PARTNER:
            ground, holds = Ground.CONSENT, bool(parts_shared(who, case, today))
        case Role.MANAGER:
            ground, holds = Ground.PURPOSE, True
        case Role.COORDINATOR if team_of(case) in {"", who.team}:
            ground, holds = Ground.TEAM, True
        case Role.COORDINATOR | Role.WORKER:
            return _lets_in(case, who, today)
        case _:
            return None
    return ground if holds else None


def may_see(who: Actor, case: Case, today: date) -> bool:
    """Whether this case is theirs to see."""
    return ground_of(who, case, today) is not None


def team_of(case: Case) -> str:
    """The team that opened it."""
    return case.entries[0].by.team


def takes_part(who: Actor, case: Case, today: date) -> bool:
    """Whether they joined this case with their own account, and did not leave it."""
    people = case.plan_on(today).people.values()
    return any(person.user == who.user and person.until is None for person in people)


def parts_shared(who: Actor, case: Case, today: date) -> frozenset[Part]:
    """What the client lets this partner read today: shared with them, or with the party they work for.

    Consent opens it only to who takes part; it ends on its last day, when it is taken back, and when they or
    their party leave.
    """
    plan = case.plan_on(today)
    return shared_with(plan_ids(who, plan), plan, today)


def plan_ids(who: Actor, plan: Plan) -> set[UUID]:
    """By which ids the plan knows somebody who takes part: their own, and that of the party they work for."""
    own = {key: person for key, person in plan.people.items() if person.user == who.user and not person.until}
    names = {person.organisation.strip().casefold() for person in own.values()} - {""}
    here = {key: party for key, party in plan.parties.items() if not party.until}
    return own.keys() | {key for key, party in here.items() if party.name.strip().casefold() in names}


def used_in_emergency(who: Actor, case: Case, today: date) -> bool:
    """Whether they said it was an emergency, not too long ago.

    The day it was recorded counts: one that was typed, or put right later, opens nothing.
    """
    used = (e for e in case.entries if isinstance(e, EmergencyAccessUsed) and e.by.user == who.user)
    return any(timedelta() <= today - local_day(e.timestamp) <= EMERGENCY_LASTS for e in used)


def _lets_in(case: Case, who: Actor, today: date) -> Ground | None:
    if takes_part(who, case, today):
        return Ground.JOINED
    return Ground.EMERGENCY if used_in_emergency(who, case, today) else None


def _represents(who: Actor, case: Case, today: date) -> bool:
    """Whether they speak for the client today: with the account of that person, or one that was named."""
    plan = case.plan_on(today)
    person = speaks_as(plan, who.user, today)
    return person is not None and any(
        _reads_along(held, plan, today) for held in spoken_for_by(plan, person, today)
    )


def _reads_along(held: Representation, plan: Plan, today: date) -> bool:
    """A parent of a child does. From 16 on the young person allows all of it or not; at 18 it is over.

    What parents allowed each other while they decided, before the child was 12, is no yes of the child's own.
    """
    born = plan.client.birth_date
    child = minor_on(born, today)
    if not held.of_parent or born is None:
        return True
    if child is Minor.DECIDES_ALONE:
        own = (c for c in _sharing({held.person}, plan, today) if minor_on(born, c.since) is not Minor.HEARD)
        return {part for consent in own for part in consent.parts} == set(Part)
    return child is not None


def shared_with(ids: Collection[UUID | None], plan: Plan, today: date) -> frozenset[Part]:
    """What the client lets any of these read on this day."""
    return frozenset(part for consent in _sharing(ids, plan, today) for part in consent.parts)


def _sharing(ids: Collection[UUID | None], plan: Plan, today: date) -> list[Consent]:
    live = (c for c in plan.consents.values() if c.purpose is ConsentPurpose.SHARING and c.live(today))
    return [consent for consent in live if consent.to in ids]
