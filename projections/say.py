"""Who decided, and what the client said: one row a decision that stands, without anybody's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.case import CaseOpened, ClientDescribed
from domain.entry import Decision
from domain.imported import StateImported
from domain.people import PersonLeft
from domain.record import ReadBack
from domain.representation import CapacityJudged, RepresentationEnded, RepresentativeNamed, decided_by
from domain.say import settled
from projections.questions.deciding import TEXTS
from projections.read_model import ReadModel, Told, reaching

# A representation of last month, told today, makes last month's yes count; a birth date may too.
reach = reaching(
    CapacityJudged,
    ClientDescribed,
    PersonLeft,
    ReadBack,
    RepresentationEnded,
    RepresentativeNamed,
    StateImported,
)


@dataclass(frozen=True)
class SayRow:
    """One decision. `subject` is what it is about: the id of a goal or support, or the number of an entry."""

    case_id: UUID
    entry: int
    decided_on: date
    recorded: datetime
    topic: str
    subject: str | None
    initiative: str
    stance: str
    means: str
    decided_by: str
    reason_not_asked: str | None
    team: str  # that had the case then
    client_id: UUID
    seen: bool | None  # a text: whether the client was shown it before it counted


def rows(told: Told) -> Iterator[SayRow]:
    """The decisions that stand, as far as the new entries reach."""
    again, read_backs = reach(told), [e for e in told.entries if isinstance(e, ReadBack)]
    team, opening = told.teams, told.events[0]
    for entry in told.entries:
        if isinstance(entry, Decision) and entry.number in again:
            readings = [back.reading for back in read_backs if back.entry == entry.number]
            say, other = settled(entry.say, readings), entry.representative_say
            yield SayRow(
                told.case_id,
                entry.number,
                entry.day,
                entry.timestamp,
                entry.TOPIC,
                None if entry.concerns is None else str(entry.concerns),
                entry.initiative,
                say.stance,
                say.means,
                decided_by(entry, told.plan, say, other and settled(other, readings)),
                say.reason,
                team[entry.number],
                opening.client_id,
                _seen(entry),
            )


def _seen(decision: Decision) -> bool | None:
    """Of a text in the plan: whether the client was shown it. None: no text."""
    is_text = isinstance(decision, TEXTS) or decision.CHANGES_TEXT
    return decision.say.shown_version is not None if is_text else None


SAY = ReadModel("say", SayRow, CaseOpened, rows, reach)
