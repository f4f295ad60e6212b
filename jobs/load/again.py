"""One story told again of somebody else: other ids, another name, another team, other days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from domain.case import ClientDescribed
from domain.contacts import ContactLog
from domain.entry import Actor
from jobs.demo.clients import FIRST, LAST
from jobs.demo.staff import STAFF
from jobs.load.templates import Events, Template

A_TEAM = 100  # cases
SPREAD = 28  # days over which the cases end


class Ids(dict[UUID, UUID]):
    """Another id for each of the template, the same at every load."""

    def __init__(self, random: Random) -> None:
        super().__init__()
        self._random = random

    def __missing__(self, old: UUID) -> UUID:
        new = self[old] = UUID(int=self._random.getrandbits(128), version=4)
        return new


class Again:
    """Case number `nr` of an organisation, after a template."""

    def __init__(self, template: Template, nr: int, seed: int, today: date) -> None:
        self.template, self.nr, self.random = template, nr, Random(f"{seed} {nr}")  # noqa: S311 - no secrets
        self.team = nr // A_TEAM + 1
        self.later = today - template.last - timedelta(days=self.random.randrange(SPREAD))
        self.ids, self.actors = Ids(self.random), dict[Actor, Actor]()
        self.ids.update({who.user: uuid5(who.user, f"{self.team}") for who in STAFF})
        old, log = template.case[0].originator_id, template.contacts[0].originator_id
        self.ids[log] = ContactLog.create_id(self.ids[old])

    def streams(self) -> Iterator[Events]:
        """The case, and its contacts."""
        yield [self._event(event) for event in self.template.case]
        yield [self._event(event) for event in self.template.contacts]

    def _event(self, event: Any) -> Any:
        other = object.__new__(type(event))  # no command and no check: the template went through them
        other.__dict__.update({name: self._fact(fact) for name, fact in vars(event).items()})
        if type(event) is ClientDescribed:
            first, last = self.random.choice(FIRST), self.random.choice(LAST)
            other.__dict__.update(name=f"{first} {last}", called=first, case_number=f"{self.nr + 1:06}")
        return other

    def _fact(self, fact: Any) -> Any:
        kind = type(fact)
        if kind in AS_IT_IS:
            return fact
        if kind is UUID:
            return self.ids[fact]
        if kind in (date, datetime):
            return fact + self.later
        if kind is tuple:
            return tuple(map(self._fact, fact))
        if kind is Actor:
            return self.actors.get(fact) or self.actors.setdefault(fact, self._colleague(fact))
        return self._inside(fact) if is_dataclass(kind) else fact

    def _inside(self, fact: Any) -> Any:
        held = {field.name: getattr(fact, field.name) for field in fields(fact)}
        other = {name: new for name, old in held.items() if (new := self._fact(old)) is not old}
        return replace(fact, **other) if other else fact

    def _colleague(self, who: Actor) -> Actor:
        team = f"{who.team} {self.team}" if who.team else ""
        return replace(who, user=self.ids[who.user], team=team)


AS_IT_IS = {str, int, bool, type(None)}
