"""Sealing: what is stored reads back the same, at its own place only, and never without its keys."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any, ClassVar
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import StoredEvent

from domain.store.database import APP, KEYS, Database
from domain.store.mapper import (
    CannotBeKept,
    Forged,
    Redacted,
    SealedMapper,
    WrittenByNewer,
    register,
)
from domain.store.recorder import Row, StoredEntry
from domain.store.vault import Key, KeyGone, KeysBehind, Vault
from tests.store.shapes import (
    ThingErased,
    ThingMoved,
    ThingOpened,
    ThingPainted,
    ThingUnknown,
    mapper_of,
    next_in,
    opened,
    painted,
)


@pytest.fixture
def mapper(database: Database) -> Iterator[SealedMapper]:
    made = mapper_of(database)
    yield made
    made.vault.close()


@pytest.fixture
def stream(mapper: SealedMapper) -> UUID:
    """A stream whose client has a key."""
    first = opened()
    mapper.to_stored_event(first)
    return first.originator_id


def test_every_shape_of_fact_reads_back_the_same(mapper: SealedMapper, stream: UUID) -> None:
    event = painted(stream, by=uuid4(), remarks=("één", "twee"), more=["drie"])
    read = mapper.to_domain_event(mapper.to_stored_event(event))
    assert read == event
    assert type(read) is ThingPainted


def test_a_first_event_says_what_it_opens_without_storing_it(mapper: SealedMapper) -> None:
    event = opened()
    stored = mapper.to_stored_event(event)
    assert mapper.to_domain_event(stored) == event
    assert b"shapes" not in stored.state


def test_words_are_not_readable_in_what_is_stored(mapper: SealedMapper) -> None:
    stored = mapper.to_stored_event(opened(words="ik wil niet"))
    assert b"ik wil niet" not in stored.state
    assert stored.wrapped is not None


def test_no_two_saves_of_the_same_event_are_alike(mapper: SealedMapper, stream: UUID) -> None:
    event = painted(stream)
    first, second = mapper.to_stored_event(event), mapper.to_stored_event(event)
    assert first.state != second.state
    assert first.wrapped != second.wrapped


def test_a_plain_kind_is_readable_without_a_key(mapper: SealedMapper) -> None:
    event = next_in(uuid4(), 2, ThingErased, ground="asked by the client")
    stored = mapper.to_stored_event(event)
    assert stored.wrapped is None
    assert mapper.to_domain_event(stored) == event


def test_a_fact_that_is_as_usual_is_left_out(mapper: SealedMapper) -> None:
    kind = type(
        "ThingNoted", (ThingErased,), {"TOPIC": "thing_noted", "__annotations__": {"why": "str"}, "why": ""}
    )
    register(kind)
    short = mapper.to_stored_event(next_in(uuid4(), 2, kind, ground="g"))
    long = mapper.to_stored_event(next_in(uuid4(), 2, kind, ground="g", why="because"))
    assert b"why" not in short.state
    assert b"because" in long.state
    assert mapper.to_domain_event(short).why == ""


def test_the_key_of_a_stream_is_asked_for_once(database: Database) -> None:
    asked = []

    class Counting(Vault):
        """Remembers who asked."""

        def of(self, stream: UUID) -> Key:
            asked.append(stream)
            return super().of(stream)

    with closing(Counting(database.dsn(APP, KEYS), bytes.fromhex(database.secrets.read("master")))) as vault:
        mapper, first = SealedMapper(vault), opened()
        stream = first.originator_id
        events = [first, *(painted(stream, version) for version in range(2, 6))]
        rows = [in_its_stream(mapper.to_stored_event(event)) for event in events]
        asked.clear()
        assert mapper.told(stream, rows) == events
    assert asked == [stream]


def test_who_wrote_is_made_once_a_reading_and_known_no_longer(mapper: SealedMapper, stream: UUID) -> None:
    first, second = UUID(int=1), UUID(int=2)
    events = [painted(stream, nr, by=by) for nr, by in ((2, first), (3, second), (4, first))]
    rows = [in_its_stream(mapper.to_stored_event(event)) for event in events]
    (one, other, same), (again, *_) = mapper.told(stream, rows), mapper.told(stream, rows)
    assert [one.by, other.by] == [first, second]
    assert one.by is same.by
    assert again.by is not one.by


def test_one_entry_without_its_key_hides_no_other(mapper: SealedMapper, stream: UUID) -> None:
    events = [painted(stream, 2), painted(stream, 3), next_in(stream, 4, ThingErased, ground="g")]
    rows = [in_its_stream(mapper.to_stored_event(event)) for event in events]
    rows[0] = (*rows[0][:3], None)
    assert mapper.told(stream, rows) == [Redacted(stream, 2, "thing_painted"), *events[1:]]


def in_its_stream(entry: StoredEntry) -> Row:
    return entry.originator_version, entry.topic, entry.state, entry.wrapped


@pytest.mark.parametrize(
    "elsewhere",
    [{"originator_id": uuid4()}, {"originator_version": 3}, {"topic": "thing_moved"}],
    ids=["stream", "version", "topic"],
)
def test_a_ciphertext_cannot_be_moved(mapper: SealedMapper, stream: UUID, elsewhere: dict[str, Any]) -> None:
    if other := elsewhere.get("originator_id"):
        client = UUID(int=7)
        mapper.vault.make_for(other, client)
        mapper.vault.make_for(stream := uuid4(), client)  # the same client's key
    stored = mapper.to_stored_event(painted(stream))
    with pytest.raises(Forged):
        mapper.to_domain_event(dataclasses.replace(stored, **elsewhere))


def test_an_entry_of_this_place_cannot_take_the_key_of_another(mapper: SealedMapper, stream: UUID) -> None:
    one, two = mapper.to_stored_event(painted(stream)), mapper.to_stored_event(painted(stream, 3))
    with pytest.raises(Forged):
        mapper.to_domain_event(dataclasses.replace(one, wrapped=two.wrapped))


@pytest.mark.parametrize("at", [0, 1, 2, 20, -1])
def test_a_changed_byte_is_seen(mapper: SealedMapper, stream: UUID, at: int) -> None:
    stored = mapper.to_stored_event(painted(stream))
    state = bytearray(stored.state)
    state[at] ^= 1
    with pytest.raises(Forged):
        mapper.to_domain_event(dataclasses.replace(stored, state=bytes(state)))


def test_a_sealed_kind_is_not_taken_unsealed(mapper: SealedMapper, stream: UUID) -> None:
    """Whoever can write rows but has no keys could put words in the client's mouth."""
    stored = StoredEntry(
        stream, 2, "thing_moved", b'\x00\x02{"timestamp":"2026-01-01T00:00:00Z","places":[]}'
    )
    with pytest.raises(Forged, match="not sealed"):
        mapper.to_domain_event(stored)


def test_a_forged_topic_imports_no_module(mapper: SealedMapper, stream: UUID) -> None:
    stored = dataclasses.replace(mapper.to_stored_event(painted(stream)), topic="antigravity:fly")
    with pytest.raises(Forged, match="unknown topic"):
        mapper.to_domain_event(stored)
    assert "antigravity" not in sys.modules


def test_an_entry_whose_own_key_is_gone_reads_as_redacted(mapper: SealedMapper, stream: UUID) -> None:
    stored = dataclasses.replace(mapper.to_stored_event(painted(stream)), wrapped=None)
    assert mapper.to_domain_event(stored) == Redacted(stream, 2, "thing_painted")


def test_every_entry_of_a_forgotten_client_reads_as_redacted(mapper: SealedMapper) -> None:
    client, case, contacts = uuid4(), uuid4(), uuid4()
    stored = [mapper.to_stored_event(opened(s, client)) for s in (case, contacts)]
    assert mapper.vault.destroy(client)
    assert [mapper.to_domain_event(s) for s in stored] == [
        Redacted(case, 1, "thing_opened"),
        Redacted(contacts, 1, "thing_opened"),
    ]


def test_nothing_is_sealed_for_a_forgotten_client(mapper: SealedMapper) -> None:
    client = uuid4()
    mapper.to_stored_event(opened(client=client))
    mapper.vault.destroy(client)
    with pytest.raises(KeyGone):
        mapper.to_stored_event(opened(client=client))


def test_a_missing_key_row_stops_everything(mapper: SealedMapper, stream: UUID, database: Database) -> None:
    """Keys restored from an older backup than the record: not forgotten, so never shown as forgotten."""
    stored = mapper.to_stored_event(painted(stream))
    with psycopg.connect(database.admin(KEYS), autocommit=True) as keys:
        keys.execute("DELETE FROM draad.stream_client WHERE stream = %s", [stream])
    mapper.vault.forget()
    with pytest.raises(KeysBehind):
        mapper.to_domain_event(stored)


def test_an_older_version_of_a_class_is_read_as_the_newest(mapper: SealedMapper) -> None:
    class ThingRenamed(ThingMoved):
        """Plain, so that an old state is easily written here."""

        TOPIC: ClassVar[str] = "thing_renamed"
        plain: ClassVar[bool] = True

    register(ThingRenamed)
    old = StoredEntry(
        uuid4(), 2, "thing_renamed", b'\x00\x01{"timestamp":"2026-01-01T00:00:00Z","place":"zolder"}'
    )
    assert mapper.to_domain_event(old).places == ("zolder",)
    with pytest.raises(WrittenByNewer):
        mapper.to_domain_event(dataclasses.replace(old, state=b"\x00\x03" + old.state[2:]))


def test_a_fact_nobody_knows_is_refused(mapper: SealedMapper) -> None:
    state = b'\x00\x01{"timestamp":"2026-01-01T00:00:00Z","ground":"g","extra":1}'
    with pytest.raises(Exception, match="unknown field `extra`"):
        mapper.to_domain_event(StoredEntry(uuid4(), 2, "thing_erased", state))


@pytest.mark.parametrize(
    "fact",
    [{"on": "yesterday"}, {"colour": "green"}, {"others": ["no id"]}, {"by": "me"}, {"amount": None}],
    ids=str,
)
def test_what_cannot_be_read_again_is_not_written(
    mapper: SealedMapper, stream: UUID, fact: dict[str, Any]
) -> None:
    with pytest.raises(CannotBeKept):
        mapper.to_stored_event(painted(stream, **fact))


def test_what_would_read_back_as_something_else_is_not_written(mapper: SealedMapper, stream: UUID) -> None:
    with pytest.raises(CannotBeKept, match="remarks would read back as something else"):
        mapper.to_stored_event(painted(stream, remarks=["a list, not a tuple"]))


def test_an_event_outside_the_catalogue_is_not_written(mapper: SealedMapper, stream: UUID) -> None:
    with pytest.raises(CannotBeKept, match="not registered"):
        mapper.to_stored_event(next_in(stream, 2, ThingUnknown))


def test_a_topic_belongs_to_one_class() -> None:
    class Again(Aggregate.Event):
        """Takes another's topic."""

        TOPIC: ClassVar[str] = ThingOpened.TOPIC

    with pytest.raises(CannotBeKept, match="thing_opened"):
        register(Again)


def test_an_event_read_past_our_recorder_is_not_taken_for_a_forgotten_one(
    mapper: SealedMapper, stream: UUID
) -> None:
    stored = mapper.to_stored_event(painted(stream))
    with pytest.raises(TypeError):
        mapper.to_domain_event(StoredEvent(stream, 2, stored.topic, stored.state))


def test_a_destroyed_key_is_announced_to_every_process(mapper: SealedMapper, database: Database) -> None:
    client = uuid4()
    mapper.to_stored_event(opened(client=client))
    with psycopg.connect(database.dsn(APP, KEYS), autocommit=True) as ears:
        ears.execute("LISTEN key_destroyed")
        mapper.vault.destroy(client)
        assert [n.payload for n in ears.notifies(timeout=5, stop_after=1)] == [str(client)]
