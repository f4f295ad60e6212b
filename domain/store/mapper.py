"""How an entry is kept: typed JSON, sealed with a key of its own, readable at its own place only.

What is stored begins with two bytes: sealed or plain, and the class's version. Then the JSON, or its
ciphertext.
"""

from __future__ import annotations

import typing
from dataclasses import MISSING, Field, dataclass, fields
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from domain.store.recorder import NumberedEntry, StoredEntry
from domain.store.vault import KeyGone, Vault, seal, unseal

PLAIN, SEALED = b"\x00", b"\x01"
PLACE = {"originator_id", "originator_version", "originator_topic"}  # columns, or known from the topic
TOPICS: dict[str, type[Any]] = {}  # nothing else is ever resolved: a stored topic imports no module
OPENS: dict[str, str] = {}  # topic of a first event: library topic of the class that it opens


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
        text, plain = written(domain_event), is_plain(kind)
        head = (PLAIN if plain else SEALED) + bytes([version_of(kind)])
        if plain:
            return StoredEntry(stream, version, kind.TOPIC, head + text)
        if version == 1:
            self.vault.make_for(stream, domain_event.client_id)
        own, here = AESGCM.generate_key(256), place(stream, version)
        state = head + seal(AESGCM(own), text, head + here + kind.TOPIC.encode())
        return StoredEntry(stream, version, kind.TOPIC, state, seal(self.vault.of(stream), own, here))

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        if not isinstance(stored_event, StoredEntry | NumberedEntry):
            raise TypeError("read it through our recorder: its data key is missing")
        kind = TOPICS.get(stored_event.topic)
        if kind is None:
            raise Forged(f"unknown topic at {where(stored_event)}")
        plain, head, text = is_plain(kind), stored_event.state[:2], stored_event.state[2:]
        if head[:1] != (PLAIN if plain else SEALED):
            raise Forged(f"not sealed as its kind is: {where(stored_event)}")
        if not plain:
            try:
                text = self._opened(stored_event, head, text)
            except KeyGone:
                return Redacted(stream_of(stored_event), stored_event.originator_version, kind.TOPIC)
        return _event(kind, stored_event, _facts(kind, text, head[1]))

    def _opened(self, entry: StoredEntry | NumberedEntry, head: bytes, sealed: bytes) -> bytes:
        if entry.wrapped is None:
            raise KeyGone
        stream = stream_of(entry)
        here = place(stream, entry.originator_version)
        try:
            own = unseal(self.vault.of(stream), entry.wrapped, here)
            return unseal(AESGCM(own), sealed, head + here + entry.topic.encode())
        except InvalidTag as error:
            raise Forged(where(entry)) from error


def place(stream: UUID, version: int) -> bytes:
    return stream.bytes + version.to_bytes(8, "big")


def stream_of(entry: StoredEvent) -> UUID:
    """Its stream. The library allows other ids; we have none."""
    stream = entry.originator_id
    return stream if isinstance(stream, UUID) else UUID(stream)


def where(entry: StoredEvent) -> str:
    return f"{entry.originator_id} {entry.originator_version} ({entry.topic!r})"


def is_plain(kind: type[Any]) -> bool:
    """Whether this kind lies unsealed: it holds no personal data, and must be readable without a key."""
    return bool(getattr(kind, "plain", False))


def version_of(kind: type[Any]) -> int:
    return int(getattr(kind, "class_version", 1))


def written(event: Any) -> bytes:
    """The facts of an event as JSON, without those that are as usual. Proven to read back the same."""
    kind = type(event)
    if TOPICS.get(kind.TOPIC) is not kind:
        raise CannotBeKept(f"{kind.__qualname__} is not registered")
    facts = {name: value for name, value in vars(event).items() if name not in PLACE}
    usual = _usual(kind)  # type: ignore[arg-type]  # a class can be hashed; mypy does not know of type[Any]
    try:
        text = msgspec.json.encode({n: v for n, v in facts.items() if n not in usual or usual[n] != v})
        read = _facts(kind, text, version_of(kind))
    except (TypeError, msgspec.MsgspecError) as error:
        raise CannotBeKept(f"{kind.__qualname__}: {error}") from error
    if other := [name for name in facts if facts[name] != read[name]]:
        raise CannotBeKept(f"{kind.__qualname__}: {', '.join(other)} would read back as something else")
    return text


def written_elsewhere(topic: str, number: int, text: bytes) -> tuple[type[Any], dict[str, Any]]:
    """The kind of event and the facts that version `number` of it wrote there. Forged, WrittenByNewer."""
    if topic not in TOPICS:
        raise Forged(f"unknown topic {topic!r}")
    return TOPICS[topic], _facts(TOPICS[topic], text, number)


def _facts(kind: type[Any], text: bytes, number: int) -> dict[str, Any]:
    """The facts in this JSON, which version `number` of the class wrote."""
    newest = version_of(kind)
    if number > newest:
        raise WrittenByNewer(f"{kind.TOPIC} version {number}")
    if number < newest:
        facts = msgspec.json.decode(text)
        for old in range(number, newest):
            getattr(kind, f"upcast_v{old}_v{old + 1}")(facts)
        text = msgspec.json.encode(facts)
    return msgspec.structs.asdict(_decoder(kind).decode(text))  # type: ignore[arg-type]


def _event(kind: type[Any], entry: StoredEvent, facts: dict[str, Any]) -> Any:
    facts["originator_id"], facts["originator_version"] = entry.originator_id, entry.originator_version
    if kind.TOPIC in OPENS:
        facts["originator_topic"] = OPENS[kind.TOPIC]  # never from the row
    event = object.__new__(kind)
    object.__setattr__(event, "__dict__", facts)
    return event


@cache
def _decoder(kind: type[Any]) -> msgspec.json.Decoder[Any]:
    hints = typing.get_type_hints(kind)
    kept = [(f.name, hints[f.name], _as_msgspec(f)) for f in _kept(kind)]
    return msgspec.json.Decoder(
        msgspec.defstruct(kind.__name__, kept, kw_only=True, forbid_unknown_fields=True)
    )


@cache
def _usual(kind: type[Any]) -> dict[str, Any]:
    made = {f.name: f.default_factory() for f in _kept(kind) if f.default_factory is not MISSING}
    return made | {f.name: f.default for f in _kept(kind) if f.default is not MISSING}


def _kept(kind: type[Any]) -> list[Field[Any]]:
    return [f for f in fields(kind) if f.name not in PLACE]


def _as_msgspec(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return msgspec.field(default_factory=field.default_factory)
    return msgspec.field(default=msgspec.NODEFAULT if field.default is MISSING else field.default)
