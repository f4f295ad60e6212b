"""Who may see which case, and on what ground.

The ground goes into the log of who looked (NEN 7513: the authorisation protocol).
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from domain.case import Case
from domain.days import local_day
from domain.emergency import EmergencyAccessUsed
from domain.entry import Actor, Role
from domain.plan import read
from domain.representation import spoken_for_by
from domain.settings import EMERGENCY_LASTS


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


def ground_of(who: Actor, case: Case, today: date) -> Ground | None:
    """Why this case is theirs to see; None: it is not.

    In an emergency they come in by its address; the list of cases does not change. A closed case can be read
    by those who took part at its end. Once it is opened again they have to join it anew.
    """
    match who.role:
        case Role.CLIENT:
            return Ground.OWN if who.user == case.client_id else None
        case Role.REPRESENTATIVE:
            return Ground.REPRESENTS if _represents(who, case, today) else None
        case Role.MANAGER:
            return Ground.PURPOSE
        case Role.COORDINATOR if team_of(case) in {"", who.team}:
            return Ground.TEAM
        case Role.COORDINATOR | Role.WORKER:
            return _lets_in(case, who, today)
        case _:
            return None


def may_see(who: Actor, case: Case, today: date) -> bool:
    """Whether this case is theirs to see."""
    return ground_of(who, case, today) is not None


def team_of(case: Case) -> str:
    """The team that opened it."""
    return case.entries[0].by.team


def takes_part(who: Actor, case: Case, today: date) -> bool:
    """Whether they joined this case with their own account, and did not leave it."""
    people = read(case.entries, on=today).people.values()
    return any(person.user == who.user and person.until is None for person in people)


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
    plan = read(case.entries, on=today)
    own = (key for key, person in plan.people.items() if who.user in (key, person.user))
    return any(spoken_for_by(plan, key, today) for key in own)
