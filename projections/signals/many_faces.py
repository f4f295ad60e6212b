"""How many people come: does the client know who is at the door?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.days import local_day
from projections.contacts import Contact
from projections.signals.continuity import SoFar, moment_by_moment, of_contacts
from projections.signals.signal import Noticed, Observed, Weight, limit, signal

NO_NORM = "No Dutch norm was published for this."
SELDOM_THE_SAME = (
    "Of every 100 pairs of contacts in %(days)s days, %(coc)s were with the same person. "
    "Contacts: %(contacts)s, people: %(people)s."
)

Visits = Sequence[Contact]


@dataclass(frozen=True)
class Limits:
    """When it speaks up: more people than this, or a lower COC than this over enough contacts."""

    people: int = limit(6, "people", NO_NORM)
    days: int = limit(28, "days")
    coc: int = limit(40, "hundredths", NO_NORM)
    contacts: int = limit(10, "contacts")
    coc_days: int = limit(91, "days")


@signal(Weight.THIS_WEEK, limits=Limits, again=28)
def many_faces(seen: Observed, limits: Limits) -> Noticed | None:
    """In %(days)s days %(people)s different people came. The one who came most often: %(usual)s times.

    To each new face the client has to explain again who they are and how they want it. Ask them whom they
    would like to see, agree on a small team that stays, and tell them beforehand who comes. Who was ill or
    on leave counts too: to the client it is one more face. Contacts in a group do not count.
    """

    def many(came: SoFar) -> bool:
        return came.workers > limits.people

    def seldom_the_same(came: SoFar) -> bool:
        return came.contacts >= limits.contacts and came.coc is not None and came.coc * 100 < limits.coc

    return _noticed(seen, limits.days, many) or _noticed(
        seen, limits.coc_days, seldom_the_same, SELDOM_THE_SAME
    )


def _noticed(seen: Observed, days: int, so: Callable[[SoFar], bool], says: str = "") -> Noticed | None:
    """What the visits of the last days show. Who came is told by the entries in which they joined."""
    ours = (visit for visit in seen.visits if not visit.elsewhere)  # who came before is not our doing
    visits = [visit for visit in ours if seen.within(local_day(visit.started_at), days)]
    since = _since(visits, so)
    if since is None:
        return None
    came = of_contacts(visits)
    facts = {"days": days, "people": came.workers, "contacts": came.contacts}
    facts |= {"usual": max(came.counts.values(), default=0), "coc": int((came.coc or 0) * 100)}
    joined = {person.entry for key, person in seen.plan.people.items() if key in came.counts}
    numbers = tuple(sorted(visit.entry for visit in visits))
    return Noticed(since, tuple(sorted(joined)), facts, numbers, says)


def _since(visits: Visits, so: Callable[[SoFar], bool]) -> date | None:
    """The day of the visit from which on it was so, each time; None when it is not so after the last."""
    since = None
    for visit, came in zip(visits, moment_by_moment(v.workers for v in visits), strict=True):
        since = (since or local_day(visit.started_at)) if so(came) else None
    return since
