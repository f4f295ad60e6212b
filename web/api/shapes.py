"""What the API answers. The shapes are the record's own: a noun with a new fact has it here by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, get_type_hints
from uuid import UUID

import msgspec

from domain import nouns
from domain.plan import Plan
from domain.say import Position
from projections.case_row import CaseRow
from projections.chain import Path
from projections.contacts import Contact, Lane
from projections.plan_cards import Stand as Held
from projections.plan_page import PlanPage
from projections.signals.continuity import Figures
from projections.signals.state import State
from web.noticed import Shown
from web.reviewing.questions import Answered

NOT_SHOWN = {"entry", "position", "sort_name", "search_name", "people_users", "own_users"}  # its own working
Listed = msgspec.defstruct(
    "Listed", [(n, t) for n, t in get_type_hints(CaseRow).items() if n not in NOT_SHOWN], module=__name__
)
Listed.__doc__ = "One case as the caseload has it: counts, no words."
ELSEWHERE = {"stances", "readings", "coming"}  # in another shape, below
OF_THE_PLAN = {n: t for n, t in get_type_hints(Plan).items() if n not in ELSEWHERE}


@dataclass(frozen=True)
class Listing:
    """Cases that this account may see, by id. `next` is the address of the rest."""

    cases: list[Listed]  # type: ignore[valid-type]  # made from CaseRow above
    next: str | None


@dataclass(frozen=True)
class CaseShown:
    """A case: whose it is, its version (the number of its last entry), and where the rest is."""

    case_id: UUID
    version: int
    client: nouns.Client
    opened_on: date | None
    closed_on: date | None
    links: dict[str, str]


@dataclass(frozen=True)
class Stand:
    """Where one person (null: the client) stands on a subject. Two positions are a contradiction: ask again.

    No positions: nothing was recorded. `for_later`: said about a decision that does not count yet.
    """

    person: UUID | None
    contradictory: bool
    positions: tuple[Position, ...]
    before_closing: bool
    for_later: bool

    @classmethod
    def of(cls, held: Held) -> Stand:
        return cls(held.person, held.contradictory, held.positions, held.before_closing, held.for_later)


PlanThen = msgspec.defstruct(
    "PlanThen",
    [
        ("case_id", UUID),
        ("version", int),
        ("on", date),
        ("known", datetime | None),
        *OF_THE_PLAN.items(),
        ("stances", dict[str, tuple[Stand, ...]]),
        ("coming", tuple[int, ...]),
    ],
    module=__name__,
)
PlanThen.__doc__ = """The plan on a day. What people said of a goal, support, … stands in `stances` under
its id or entry number, per person and never merged; `coming` are the entries that count from a later day."""


def plan_then(version: int, page: PlanPage, case_id: UUID, known: datetime | None) -> Any:
    """The plan of this page, with everybody's stances."""
    plan = page.plan
    subjects = dict.fromkeys((case_id, *plan.goals, *plan.supports, *plan.stances))
    return PlanThen(
        **{name: getattr(plan, name) for name in OF_THE_PLAN},
        case_id=case_id,
        version=version,
        on=page.on,
        known=known,
        stances={str(s): tuple(map(Stand.of, page.stands(s))) for s in subjects},
        coming=tuple(entry.number for entry in plan.coming),
    )


@dataclass(frozen=True)
class Questions:
    """The questions of an inspector, in the language that was asked; `known` null: with all that is known."""

    case_id: UUID
    version: int
    on: date
    known: datetime | None
    answers: list[Answered]


@dataclass(frozen=True)
class Chained:
    """The ways from a wish to support. `whole` of the `supports` go back to a wish."""

    case_id: UUID
    version: int
    on: date
    known: datetime | None
    paths: list[Path]
    whole: int
    supports: int


@dataclass(frozen=True)
class People:
    """Who takes part and who did before, by id. A lead stands under the name of its organisation."""

    case_id: UUID
    version: int
    on: date
    known: datetime | None
    people: dict[UUID, nouns.Person]
    parties: dict[UUID, nouns.Party]
    leads: dict[str, nouns.Lead]


@dataclass(frozen=True)
class Contacts:
    """Who came when, and how many people that were. `next` is the address of the rest of the contacts."""

    case_id: UUID
    on: date
    known: datetime | None
    contacts: list[Contact]
    next: str | None
    workers: list[Lane]
    continuity: Figures | None


@dataclass(frozen=True)
class SignalShown:
    """A signal: its sentence in the language asked, its weight (3: now, 2: this week, 1: keep an eye), since
    when, what became of it (`by` that entry, `until` that day), and the entries and contacts that show it.
    """

    signal: str
    says: str
    weight: int
    since: date
    state: State
    until: date | None
    by: int | None
    entries: tuple[int, ...]
    contacts: tuple[int, ...]

    @classmethod
    def of(cls, shown: Shown) -> SignalShown:
        one, noticed = shown.raised, shown.raised.noticed
        became = (one.state, one.until, one.by, noticed.evidence, noticed.contacts)
        return cls(shown.name, shown.says, int(shown.weight), noticed.since, *became)


@dataclass(frozen=True)
class Signals:
    """What is noticed in a case on a day, the heaviest first."""

    case_id: UUID
    version: int
    on: date
    signals: list[SignalShown]


@dataclass(frozen=True)
class Recorded:
    """What a command recorded: its entries, the version of the case after them, and the id of a new noun.

    A contact makes no entry: it stands in a log of its own.
    """

    entries: list[int]
    version: int
    id: UUID | None = None
