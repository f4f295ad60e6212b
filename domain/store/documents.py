"""The files of a case: each sealed with its own key, kept in one transaction with the entry that names it.

A file opens at its own place only: under its own id, in its own case. Whoever destroys the client's key
forgets the client's files too.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg import Connection
from psycopg.rows import class_row

from domain.nouns import Document
from domain.store.vault import Vault, seal, unseal

KEEP = """
    INSERT INTO draad.document (id, case_id, wrapped, sealed)
    VALUES (%(id)s, %(case)s, %(wrapped)s, %(sealed)s)
    ON CONFLICT DO NOTHING"""


class NotAsItWas(Exception):
    """This is not the file that was added to the case."""


@dataclass(frozen=True)
class SealedFile:
    """A file as it lies in the database."""

    id: UUID
    case_id: UUID
    wrapped: bytes
    sealed: bytes


def sealed(vault: Vault, case_id: UUID, client_id: UUID, files: Mapping[UUID, bytes]) -> list[SealedFile]:
    """The files of a case, ready to be kept. The case may be as new as they are."""
    if files:
        vault.make_for(case_id, client_id)
    return [_sealed(vault, case_id, *file) for file in files.items()]


def _sealed(vault: Vault, case_id: UUID, id: UUID, content: bytes) -> SealedFile:
    own, here = AESGCM.generate_key(256), _place(case_id, id)
    return SealedFile(id, case_id, seal(vault.of(case_id), own, here), seal(AESGCM(own), content, here))


def keep(db: Connection[object], files: Sequence[SealedFile]) -> None:
    """Keep them, in the caller's transaction. Once kept, a file never changes."""
    for file in files:
        facts = {"id": file.id, "case": file.case_id, "wrapped": file.wrapped, "sealed": file.sealed}
        db.execute(KEEP, facts)


def content_of(
    db: Connection[tuple[object, ...]], vault: Vault, case_id: UUID, id: UUID, document: Document
) -> bytes | None:
    """The bytes that this document stands for; None when they were forgotten. NotAsItWas, KeyGone."""
    with db.cursor(binary=True, row_factory=class_row(SealedFile)) as rows:
        found = rows.execute(
            """
            SELECT id, case_id, wrapped, sealed
              FROM draad.document
             WHERE id = %(id)s
               AND case_id = %(case)s
            """,
            {"id": id, "case": case_id},
        ).fetchone()
    if found is None:
        return None
    content = _opened(vault, found)
    if not hmac.compare_digest(sha256(content).hexdigest(), document.sha256):
        raise NotAsItWas(str(id))
    return content


def _opened(vault: Vault, file: SealedFile) -> bytes:
    here = _place(file.case_id, file.id)
    try:
        own = unseal(vault.of(file.case_id), file.wrapped, here)
        return unseal(AESGCM(own), file.sealed, here)
    except InvalidTag as error:
        raise NotAsItWas(str(file.id)) from error


def _place(case_id: UUID, id: UUID) -> bytes:
    return case_id.bytes + id.bytes
