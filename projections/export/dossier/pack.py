"""The files of a dossier in one ZIP, with a list of them that tells whether one was changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec

from domain.entry import Actor
from projections.export.dossier.asked import Asked
from projections.export.dossier.contents import Dossier

MANIFEST, NOTE = "manifest.json", "manifest.note"
FORMAT = 1  # of the manifest


@dataclass(frozen=True)
class Part:
    """One file, and what it is."""

    name: str
    content: bytes
    what: str


def entries(dossier: Dossier) -> bytes:
    """Every entry with both clocks, who wrote it, the say, and what was put beside it."""
    asked = dossier.asked
    told = {"case_id": dossier.case_id, "on": asked.on, "known": asked.known, "entries": dossier.as_data()}
    return as_json(told)


def as_json(thing: Any) -> bytes:
    """For a program, and readable for people."""
    return msgspec.json.format(msgspec.json.encode(thing), indent=1) + b"\n"


def manifest(
    parts: Sequence[Part], case_id: UUID, asked: Asked, by: Actor, made_at: datetime, **more: Any
) -> Part:
    """The list of these files. `more`: what else it tells."""
    told = {
        "format": FORMAT,
        "case_id": case_id,
        "made_at": made_at.astimezone(UTC),
        "made_by": {"name": by.name, "role": by.role, "organisation": by.organisation},
        "asked": asdict(asked) | {"known": asked.known.astimezone(UTC)},
        **more,
        "parts": [
            {
                "name": part.name,
                "what": part.what,
                "size": len(part.content),
                "sha256": sha256(part.content).hexdigest(),
            }
            for part in parts
        ],
    }
    return Part(MANIFEST, as_json(told), "")


def packed(parts: Sequence[Part], made_at: datetime) -> bytes:
    """The ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for part in parts:
            named = zipfile.ZipInfo(part.name, made_at.astimezone(UTC).timetuple()[:6])
            named.external_attr = 0o600 << 16  # for who unpacks it alone
            file.writestr(named, part.content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
