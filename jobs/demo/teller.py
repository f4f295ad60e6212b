"""Tells one client's story: who writes what on which day, and when it was written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import cast
from uuid import UUID, uuid4

from domain.case import Case
from domain.days import HERE
from domain.entry import Actor, Deciding, Initiative, Role, Telling
from domain.kinds import Per, Unit
from domain.nouns import Amount
from domain.say import Say, Stance, WhyNotAsked, means_of
from jobs.demo.clients import Invented
from jobs.demo.staff import COORDINATOR, WORKERS, Colleague


@dataclass
class Clock:
    """The recorded time of the next entry: set by the story, never going back."""

    at: datetime

    def __call__(self) -> datetime:
        """Each entry is recorded a minute after the one before."""
        self.at += timedelta(minutes=1)
        return self.at


@dataclass
class Teller:
    """One case under way, and the day the story has come to."""

    client: Invented
    team: str
    random: Random
    day: date
    today: date
    clock: Clock = field(init=False)
    case: Case = field(init=False)
    people: dict[str, UUID] = field(default_factory=dict)
    conversation: UUID | None = None
    seen_until: date = field(init=False)  # the last day on which somebody came

    def __post_init__(self) -> None:
        self.seen_until = self.today
        self.clock = Clock(datetime.combine(self.day, time(9, self.random.randrange(50)), HERE))
        self.worker = self.random.choice(WORKERS[self.team])
        self.coordinator: Colleague = COORDINATOR[self.team]

    @property
    def themselves(self) -> Actor:
        """The client, in a session of their own."""
        return Actor(self.case.client_id, Role.CLIENT, self.client.name)

    def later(self, days: int) -> bool:
        """Go on in the story; False when that lies in the future."""
        if self.day + timedelta(days=days) > self.today:
            return False
        self.day += timedelta(days=days)
        self.conversation = None
        self._recorded_on(self.day)
        return True

    def until(self, ago: int) -> None:
        """Go on to so many days before today; stay where the story is when it came further."""
        self.later(max(0, (self.today - self.day).days - ago))

    def _recorded_on(self, day: date) -> None:
        moment = datetime.combine(day, time(9 + self.random.randrange(7), self.random.randrange(50)), HERE)
        self.clock.at = max(self.clock.at, min(moment, self._last_moment()))

    def _last_moment(self) -> datetime:
        return datetime.combine(self.today, time(8), HERE)

    def late(self, days: int) -> None:
        """What follows is written down only so many days after it happened."""
        self._recorded_on(min(self.day + timedelta(days=days), self.today))

    def talk(self) -> None:
        """What follows was said in one conversation."""
        self.conversation = uuid4()

    def by(self, who: Actor | None = None) -> Telling:
        """Who writes it down, and the day it was so."""
        return {
            "by": who or self.worker.actor,
            "happened_on": self.day,
            "conversation_id": self.conversation,
        }

    def decided(
        self,
        stance: Stance,
        words: str = "",
        initiative: Initiative = Initiative.PROFESSIONAL,
        who: Actor | None = None,
    ) -> Deciding:
        """A decision, with what the client said about it."""
        say = Say(stance, means_of(stance, words), words, present=True)
        return cast("Deciding", {**self.by(who), "say": say, "initiative": initiative})

    def not_asked(self, why: str, who: Actor | None = None) -> Deciding:
        """A decision about which the client was not asked, and why."""
        reason = Say(
            Stance.NOT_ASKED, means_of(Stance.NOT_ASKED, ""), reason=WhyNotAsked.COULD_NOT_WAIT, why=why
        )
        return cast("Deciding", {**self.by(who), "say": reason, "initiative": Initiative.ORGANISATION})


def amount(much: tuple[str, Unit, Per]) -> Amount:
    """An amount as the themes write it."""
    return Amount(Decimal(much[0]), much[1], much[2])


Chapter = Callable[[Teller], None]
