"""One resource of another system as it was read: where from, what it says, and what became of it here."""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from domain.source import Basis, Source
from jobs.imports.fhir_xml import from_xml

Node = dict[str, Any]
Key = tuple[str, str, str]  # system, type, id
CODE = re.compile(r"(?!.*\d{3})(modifierExtension )?[A-Za-z][\w./:#…-]{0,80}")  # says nothing of anybody


class Fate(StrEnum):
    """What became of a resource. Every one that was read has exactly one of these."""

    IMPORTED = "imported"
    UNCHANGED = "unchanged"
    HELD = "held"  # we should understand it, and do not
    SKIPPED = "skipped"  # Draad has no place for it


class Held(Exception):
    """Why a resource is not told: it is kept and listed instead of guessed at."""


class NoPlace(Exception):
    """Why a resource is skipped: it is understood, and Draad has no place for it."""


@dataclass(slots=True, eq=False)
class Resource:
    """As read. The text is kept packed: most resources are never looked into."""

    place: str
    folder: str
    system: str
    type: str
    id: str
    version: str
    url: str
    sha256: str
    packed: bytes
    size: int
    is_xml: bool
    recorded: datetime | None
    head: Head
    fate: Fate | None = None
    reason: str = ""
    rule: str = ""  # that refused it, as it stands in the code: the reason may hold words of the client
    case_id: UUID | None = None  # where it is kept
    author: tuple[str, str] = "", ""  # their name and organisation, where a Provenance says so
    _body: Node | None = field(default=None, repr=False)

    @property
    def text(self) -> bytes:
        """Exactly what the other system wrote."""
        return zlib.decompress(self.packed)

    @property
    def body(self) -> Node:
        """What it says, as FHIR's JSON. In what came as XML everything is text."""
        if self._body is None:
            self._body = from_xml(self.text) if self.is_xml else msgspec.json.decode(self.text)
        return self._body

    @property
    def key(self) -> Key:
        """What makes it the same one the next time."""
        return self.system, self.type, self.id

    @property
    def source(self) -> Source:
        """What an entry that comes from it carries."""
        return Source(
            self.system, self.type, self.id, self.version, self.sha256, Basis.SNAPSHOT, self.recorded
        )

    @property
    def stated(self) -> Source:
        """The same, where it says that it happened and does not only show how things stood."""
        return replace(self.source, basis=Basis.STATED)

    def told(self, entry: Any) -> bool:
        """Whether this entry came from it, in whatever version."""
        source: Source | None = entry.source
        return source is not None and (source.system, source.type, source.id) == self.key

    @property
    def why(self) -> str:
        """The reason, in the words that are ours."""
        return self.rule or in_our_words(self.reason)

    def become(self, fate: Fate, reason: str = "") -> None:
        """Settle what became of it. What was held stays held."""
        if self.fate is not Fate.HELD:
            self.fate, self.reason = fate, reason

    def hold(self, why: Exception) -> None:
        """It is not told, because of this."""
        if self.fate is not Fate.HELD and not isinstance(why, Held):
            self.rule = type(why).__doc__ or ""
        self.become(Fate.HELD, str(why))

    def forget_body(self) -> None:
        """Let go of what can be read again."""
        self._body = None

    def contained(self, node: Node) -> Resource:
        """A resource that lies inside this one, and has no life outside it."""
        inside = msgspec.convert(node, Head, strict=False)
        part = f"{self.id}#{inside.id}"
        return Resource(
            self.place, self.folder, self.system, inside.resourceType, part, self.version, "",
            self.sha256, b"", 0, self.is_xml, self.recorded, inside, _body=node,
        )  # fmt: skip


class Meta(msgspec.Struct):
    """What a resource says about itself."""

    versionId: str = ""  # noqa: N815  # FHIR's names
    lastUpdated: Any = None  # noqa: N815
    source: str = ""


class Head(msgspec.Struct):
    """What is read of every resource: enough to know what it is and whose."""

    resourceType: str  # noqa: N815
    id: str = ""
    meta: Meta = msgspec.field(default_factory=Meta)
    subject: Any = None
    patient: Any = None
    identifier: Any = None


def in_our_words(reason: str) -> str:
    """A reason, of what stood in the file with a code at most: what follows the colon may be a client's."""
    head, _, said = reason.partition(": ")
    return reason if CODE.fullmatch(said) else head


def fingerprint(text: bytes) -> str:
    """SHA-256 of what the other system wrote, in hex."""
    return hashlib.sha256(text).hexdigest()
