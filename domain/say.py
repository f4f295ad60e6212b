"""The say: what a person thinks of a decision, how that reached the record, and how it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

Words = Annotated[str, Meta(description="somebody's own words: kept as said, never corrected or translated")]


class Stance(StrEnum):
    """Where a person stands on what is decided."""

    AGREES = "agrees"
    AGREES_IN_PART = "agrees_in_part"
    DISAGREES = "disagrees"
    NOT_NOW = "not_now"
    WANTS_TO_TALK = "wants_to_talk"
    COULD_NOT_ANSWER = "could_not_answer"
    DID_NOT_WANT_TO_ANSWER = "did_not_want_to_answer"
    NOT_ASKED = "not_asked"
    UNKNOWN = "unknown"  # imports only


YES = frozenset({Stance.AGREES, Stance.AGREES_IN_PART})
NO = frozenset({Stance.DISAGREES, Stance.NOT_NOW})
SAID = YES | NO | {Stance.WANTS_TO_TALK}  # only what was said replaces what was said before


class Means(StrEnum):
    """How a say reached the record. In order: the strongest first."""

    OWN_HAND = "own_hand"
    READ_BACK = "read_back"
    SPOKEN = "spoken"
    SHOWN = "shown"
    REPORTED = "reported"
    NONE = "none"

    @property
    def rung(self) -> int:
        """The place on the ladder of means; 0 is the strongest."""
        return list(Means).index(self)


FIRM = frozenset({Means.OWN_HAND, Means.READ_BACK})


class WhyNotAsked(StrEnum):
    """Why the client was not asked. It is written down, and counted."""

    WAS_NOT_THERE = "was_not_there"
    COULD_NOT_WAIT = "could_not_wait"
    NO_INFLUENCE = "no_influence"
    DANGER = "danger"
    COURT = "court"
    LAW = "law"
    OTHER = "other"


PRESSING = frozenset({WhyNotAsked.DANGER, WhyNotAsked.COURT, WhyNotAsked.LAW})  # while a question lies open


@dataclass(frozen=True)
class Say:
    """What one person thinks of one decision. Not having asked is a value too, with its reason.

    `person` is None for the client. `shown_version` is the entry number up to which the text was shown.
    `read_alike_by` is who, from another side than the writer, read a gesture in the same way.
    `on_behalf_of` belongs to what is stored and is not filled: whoever represents has a say of their own.
    """

    stance: Stance
    means: Means
    words: Words = ""
    _: KW_ONLY
    reason: WhyNotAsked | None = None
    why: str = ""
    person: UUID | None = None
    on_behalf_of: UUID | None = None
    shown_version: int | None = None
    present: bool | None = None
    read_alike_by: UUID | None = None

    @property
    def agrees(self) -> bool:
        """A yes that counts. A gesture that one person read as a yes is none; as a no it is enough."""
        return self.stance in YES and (self.means is not Means.SHOWN or self.read_alike_by is not None)


NEVER_ASKED = Say(Stance.UNKNOWN, Means.NONE)


def means_of(stance: Stance, words: str, *, own_hand: bool = False, seen: bool = False) -> Means:
    """Means are derived, never asked: who entered it, and is it words, a gesture or only a click."""
    if stance in (Stance.NOT_ASKED, Stance.UNKNOWN):
        return Means.NONE
    if own_hand:
        return Means.OWN_HAND
    if seen:
        return Means.SHOWN
    return Means.SPOKEN if words.strip() else Means.REPORTED


@dataclass
class Position:
    """Where one person stands on one subject, by which entry, and whether the text has changed since."""

    entry: int
    on: date
    say: Say
    about_previous_text: bool = False
    said_before: tuple[Say, ...] = ()
    firm_no: Position | None = None  # the no that these weaker words took the place of

    @property
    def agrees(self) -> bool:
        """Agreement holds for the text it was given on, and for no other."""
        return self.say.agrees and not self.about_previous_text

    def no_against(self, say: Say) -> Position | None:
        """The firm no in this position, or behind it, that words as weak as these do not take away."""
        behind = self if self.say.stance in NO and self.say.means in FIRM else self.firm_no
        return behind if behind and behind.say.means.rung < say.means.rung else None

    def read_back(self, by: Reading) -> None:
        """These words were read back: they stand more firmly, or others take their place."""
        now = by.settle(self.say)
        if not by.right:
            self.firm_no = replace(no) if (no := self.no_against(now)) else None
            self.said_before = (self.say, *self.said_before)
        self.say = now


@dataclass
class Stances:
    """The positions on one subject, per person and never merged. Two of one person are a contradiction."""

    held: dict[UUID | None, list[Position]] = field(default_factory=dict)

    def of(self, person: UUID | None = None) -> list[Position]:
        """The positions of a person (None: the client); more than one: contradictory, ask again."""
        return self.held.get(person, [])

    def take(self, entry: int, on: date, say: Say) -> None:
        """A newer stance replaces the older; a weaker yes washes out no firm no, nor in two steps.

        What was said of a text that counts later is taken when it counts: an older yes to it leaves whatever
        was said since beside it.
        """
        held = self.of(say.person)
        if say.stance not in SAID and any(p.say.stance in SAID for p in held):
            return
        self.held[say.person] = _side_by_side(held, Position(entry, on, say))

    def text_changed(self, entry: int) -> None:
        """Until this decision counted, all but its own say was said about the previous text."""
        held = [p for positions in self.held.values() for p in positions]
        for position in held + [p.firm_no for p in held if p.firm_no]:
            if position.entry != entry:
                position.about_previous_text = True

    def read_back(self, entry: int, by: Reading) -> None:
        """What was written down in `entry` was read back to the one who said it."""
        held = self.of(by.person)
        for position in held:
            if position.entry == entry:
                position.read_back(by)
        if held:
            self.held[by.person] = _side_by_side(held[:-1], held[-1])


def _side_by_side(before: list[Position], now: Position) -> list[Position]:
    """The newest position; beside a yes the firm no that it is too weak to take away, and what was said since
    that yes and is none: a contradiction.
    """
    noes = [no for held in before if (no := held.no_against(now.say))]
    if now.say.stance in YES:
        since = [p for p in before if p.on > now.on and p.say.stance in SAID - YES and p not in noes]
        return [*noes, *since, now]
    return [replace(now, firm_no=noes[-1]) if noes else now]


@dataclass(frozen=True)
class Reading:
    """An entry was read back: it was right, or these are the new words."""

    right: bool
    words: Words
    firm: bool  # confirmed by the person's own hand: in their own session, or on the signed sheet
    on: date
    entry: int
    person: UUID | None = None

    def settle(self, say: Say) -> Say:
        """The say after reading back. "No, that is not right" is a wish to talk, in the new words."""
        if say.person != self.person:
            return say
        if not self.right:
            means = Means.READ_BACK if self.firm else Means.SPOKEN
            return replace(say, stance=Stance.WANTS_TO_TALK, words=self.words, means=means, reason=None)
        firmer = self.firm and say.means is Means.SPOKEN  # a click or a gesture gave no words to confirm
        return replace(say, means=Means.READ_BACK) if firmer else say


def settled(say: Say, readings: Iterable[Reading]) -> Say:
    """The say after all that was read back of it, by day."""
    for reading in sorted(readings, key=lambda r: (r.on, r.entry)):
        say = reading.settle(say)
    return say
