"""Small events, of every shape a fact can have, for the tests of the store."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID, uuid4

from eventsourcing.domain import Aggregate

from domain.store.database import APP, KEYS, Database
from domain.store.mapper import SealedMapper, register
from domain.store.vault import Vault


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Amount:
    number: Decimal
    unit: str
    about: str = ""


class Thing(Aggregate):
    """What the events below are about."""


class ThingOpened(Aggregate.Created):
    """A thing began."""

    TOPIC: ClassVar[str] = "thing_opened"
    client_id: UUID
    words: str


class ThingPainted(Aggregate.Event):
    """A thing got another look."""

    TOPIC: ClassVar[str] = "thing_painted"
    on: date
    colour: Colour
    amount: Amount
    others: tuple[UUID, ...]
    _: KW_ONLY
    by: UUID | None = None
    remarks: tuple[str, ...] = ()
    more: list[str] = field(default_factory=list)


class ThingMoved(Aggregate.Event):
    """A thing went elsewhere. It was once written with a single `place`."""

    TOPIC: ClassVar[str] = "thing_moved"
    class_version: ClassVar[int] = 2
    places: tuple[str, ...]

    @staticmethod
    def upcast_v1_v2(facts: dict[str, Any]) -> None:
        facts["places"] = [facts.pop("place")]


class ThingErased(Aggregate.Event):
    """A thing was forgotten. Anybody may read that."""

    TOPIC: ClassVar[str] = "thing_erased"
    plain: ClassVar[bool] = True
    ground: str


class ThingUnknown(Aggregate.Event):
    """Never registered."""

    TOPIC: ClassVar[str] = "thing_unknown"


register(ThingOpened, opens="tests.store.shapes:Thing")
for _kind in (ThingPainted, ThingMoved, ThingErased):
    register(_kind)


def opened(
    stream: UUID | None = None, client: UUID | None = None, words: str = "voor het raam"
) -> ThingOpened:
    return ThingOpened(  # type: ignore[call-arg]  # the library makes it a dataclass
        originator_id=stream or uuid4(),
        originator_version=1,
        originator_topic="tests.store.shapes:Thing",
        timestamp=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        client_id=client or uuid4(),
        words=words,
    )


def next_in(stream: UUID, version: int, kind: type[Any], **facts: Any) -> Any:
    return kind(
        originator_id=stream,
        originator_version=version,
        timestamp=datetime(2026, 3, 3, tzinfo=UTC),
        **facts,
    )


def painted(stream: UUID, version: int = 2, **facts: Any) -> Any:
    usual = {
        "on": date(2026, 3, 1),
        "colour": Colour.BLUE,
        "amount": Amount(Decimal("2.50"), "hours"),
        "others": (uuid4(), uuid4()),
    }
    return next_in(stream, version, ThingPainted, **(usual | facts))


def vault_of(database: Database, keep: float = 30.0) -> Vault:
    return Vault(database.dsn(APP, KEYS), bytes.fromhex(database.secrets.read("master")), keep)


def mapper_of(database: Database) -> SealedMapper:
    return SealedMapper(vault_of(database))
