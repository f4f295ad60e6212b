"""How an entry is kept: typed JSON, sealed with a key of its own, readable at its own place only.

What is stored begins with two bytes: sealed or plain, and the class's version. Then the JSON, or its
ciphertext.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, dataclass, fields
from functools import cache, partial
from typing import Any
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from domain.store.recorder import NumberedEntry, Row, StoredEntry
from domain.store.vault import Key, KeyGone, Vault, seal, unseal

PLAIN, SEALED = b"\x00", b"\x01"
PLACE = {"originator_id", "originator_version", "originator_topic"}  # columns, or known from the topic
TOPICS: dict[str, type[Any]] = {}  # nothing else is ever resolved: a stored topic imports no module
OPENS: dict[str, str] = {}  # topic of a first event: library topic of the class that it opens
WRITER = "by"  # stands in full in each entry, and is most of it: made once for all of theirs that are read
Writers = dict[bytes, Any]


class Forged(Exception):
    """A stored entry is not what was sealed at this place."""


class CannotBeKept(TypeError):
    """An entry that would not read back as it was made: it is not written."""


class WrittenByNewer(Exception):
    """This entry was written by a newer Draad, which knows more about it than this one."""


@dataclass(frozen=True)
class Redacted:
    """An entry whose key was destroyed: its place and topic are known, its content is gone."""

    originator_id: UUID
    originator_version: int
    topic: str


def register(event_class: type[Any], opens: str | None = None) -> None:
    """Let events of this class be kept. `opens`: the library's topic of the aggregate that it begins."""
    topic = event_class.TOPIC
    if TOPICS.setdefault(topic, event_class) is not event_class:
        raise CannotBeKept(f"topic {topic!r} is of {TOPICS[topic].__qualname__} already")
    if opens:
        OPENS[topic] = opens


class SealedMapper(Mapper[UUID]):
    """Between entries and what is stored of them."""

    def __init__(self, vault: Vault) -> None:
        super().__init__(transcoder=JSONTranscoder())  # the library asks for one; it has no work here
        self.vault = vault

    def to_stored_event(self, domain_event: Any) -> StoredEntry:
        kind = type(domain_event)
        stream, version = domain_event.originator_id, domain_event.originator_version
        text, layout = written(domain_event), layout_of(kind.TOPIC)
        head = layout.mark + bytes([layout.newest])
        if layout.mark == PLAIN:
            return StoredEntry(stream, version, kind.TOPIC, head + text)
        if version == 1:
            self.vault.make_for(stream, domain_event.client_id)
        own, here = AESGCM.generate_key(256), place(stream, version)
        state = head + seal(AESGCM(own), text, head + here + layout.topic)
        return StoredEntry(stream, version, kind.TOPIC, state, seal(self.vault.of(stream), own, here))

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        if not isinstance(stored_event, StoredEntry | NumberedEntry):
            raise TypeError("read it through our recorder: its data key is missing")
        one, stream = stored_event, stream_of(stored_event)
        row = one.originator_version, one.topic, one.state, one.wrapped
        return _told(stream, stream.bytes, row, partial(self._key, stream), {})

    def told(self, stream: UUID, rows: Sequence[Row]) -> list[Any]:
        """The events of one stream, in the order of its rows. The key is asked for once, if at all."""
        key, writers, here = cache(partial(self._key, stream)), Writers(), stream.bytes
        return [_told(stream, here, row, key, writers) for row in rows]

    def _key(self, stream: UUID) -> Key | None:
        """The key of the client; none when it was destroyed."""
        try:
            return self.vault.of(stream)
        except KeyGone:
            return None


def _told(stream: UUID, of: bytes, row: Row, key: Callable[[], Key | None], writers: Writers) -> Any:
    """`of` are the bytes of its stream, made once for all of its rows."""
    version, topic, state, wrapped = row
    if topic not in TOPICS:
        raise Forged(f"unknown topic at {where(stream, row)}")
    layout, head = layout_of(topic), state[:2]
    if head[:1] != layout.mark:
        raise Forged(f"not sealed as its kind is: {where(stream, row)}")
    if layout.mark == PLAIN:
        text = state[2:]
    elif wrapped is None or (clients := key()) is None:
        return Redacted(stream, version, topic)
    else:
        here = of + version.to_bytes(8, "big")
        try:
            own = AESGCM(unseal(clients, wrapped, here))
            text = unseal(own, state[2:], head + here + layout.topic)
        except InvalidTag as error:
            raise Forged(where(stream, row)) from error
    return layout.event(stream, version, layout.facts(text, head[1], writers))


def place(stream: UUID, version: int) -> bytes:
    return stream.bytes + version.to_bytes(8, "big")


def stream_of(entry: StoredEvent) -> UUID:
    """Its stream. The library allows other ids; we have none."""
    stream = entry.originator_id
    return stream if isinstance(stream, UUID) else UUID(stream)


def where(stream: UUID, row: Row) -> str:
    version, topic, *_ = row
    return f"{stream} {version} ({topic!r})"


def version_of(kind: type[Any]) -> int:
    return int(getattr(kind, "class_version", 1))


def written(event: Any) -> bytes:
    """The facts of an event as JSON, without those that are as usual. Proven to read back the same."""
    kind = type(event)
    if TOPICS.get(kind.TOPIC) is not kind:
        raise CannotBeKept(f"{kind.__qualname__} is not registered")
    layout = layout_of(kind.TOPIC)
    facts, usual = {n: v for n, v in vars(event).items() if n not in PLACE}, layout.usual
    try:
        text = msgspec.json.encode({n: v for n, v in facts.items() if n not in usual or usual[n] != v})
        read = layout.facts(text, layout.newest, {})
    except (TypeError, msgspec.MsgspecError) as error:
        raise CannotBeKept(f"{kind.__qualname__}: {error}") from error
    if other := [name for name in facts if facts[name] != read[name]]:
        raise CannotBeKept(f"{kind.__qualname__}: {', '.join(other)} would read back as something else")
    return text


def written_elsewhere(topic: str, number: int, text: bytes) -> tuple[type[Any], dict[str, Any]]:
    """The kind of event and the facts that version `number` of it wrote there. Forged, WrittenByNewer."""
    if topic not in TOPICS:
        raise Forged(f"unknown topic {topic!r}")
    return TOPICS[topic], layout_of(topic).facts(text, number, {})


@dataclass(frozen=True)
class Layout:
    """How entries of one kind are kept: found out once, and then used for each."""

    kind: type[Any]
    mark: bytes  # plain: it holds no personal data, and must be readable without a key
    newest: int
    topic: bytes
    opens: str | None
    usual: dict[str, Any]
    decoder: msgspec.json.Decoder[Any]
    writer: msgspec.json.Decoder[Any]

    def facts(self, text: bytes, number: int, writers: Writers) -> dict[str, Any]:
        """The facts in this JSON, which version `number` of the class wrote. `writers` are known by now."""
        newest = text if number == self.newest else self._upcast(text, number)
        facts = msgspec.structs.asdict(self.decoder.decode(newest))
        if isinstance(raw := facts.get(WRITER), msgspec.Raw):
            told = bytes(raw)
            if told not in writers:
                writers[told] = self.writer.decode(told)
            facts[WRITER] = writers[told]
        return facts

    def event(self, stream: UUID, version: int, facts: dict[str, Any]) -> Any:
        """The event with these facts, at this place: nothing is asked of them again."""
        facts["originator_id"], facts["originator_version"] = stream, version
        if self.opens:
            facts["originator_topic"] = self.opens  # never from the row
        event = object.__new__(self.kind)
        object.__setattr__(event, "__dict__", facts)
        return event

    def _upcast(self, text: bytes, number: int) -> bytes:
        if number > self.newest:
            raise WrittenByNewer(f"{self.kind.TOPIC} version {number}")
        facts = msgspec.json.decode(text)
        for old in range(number, self.newest):
            getattr(self.kind, f"upcast_v{old}_v{old + 1}")(facts)
        return msgspec.json.encode(facts)


@cache
def layout_of(topic: str) -> Layout:
    kind = TOPICS[topic]
    return Layout(
        kind,
        PLAIN if getattr(kind, "plain", False) else SEALED,
        version_of(kind),
        topic.encode(),
        OPENS.get(topic),
        _usual(kind),
        _decoder(kind),
        msgspec.json.Decoder(typing.get_type_hints(kind).get(WRITER, Any)),
    )


def _usual(kind: type[Any]) -> dict[str, Any]:
    made = {f.name: f.default_factory() for f in fields(kind) if f.default_factory is not MISSING}
    return made | {f.name: f.default for f in fields(kind) if f.default is not MISSING}


def _decoder(kind: type[Any]) -> msgspec.json.Decoder[Any]:
    hints = typing.get_type_hints(kind) | {WRITER: msgspec.Raw}
    shape = [(f.name, hints[f.name], _as_msgspec(f)) for f in fields(kind) if f.name not in PLACE]
    return msgspec.json.Decoder(
        msgspec.defstruct(kind.__name__, shape, kw_only=True, forbid_unknown_fields=True, gc=False)
    )


def _as_msgspec(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return msgspec.field(default_factory=field.default_factory)
    return msgspec.field(default=msgspec.NODEFAULT if field.default is MISSING else field.default)
