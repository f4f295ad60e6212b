"""Files that belong to the case: letters, drawings, signed sheets. What is in them is kept apart, sealed."""

from __future__ import annotations

from dataclasses import KW_ONLY
from hashlib import sha256 as hash_of
from typing import Unpack
from uuid import UUID, uuid4

from domain import errors
from domain.entry import Entry, Subject, Telling
from domain.history import History, said
from domain.kinds import DocumentKind
from domain.nouns import Document
from domain.plan import Plan


class DocumentAdded(Entry):
    """A file was added to the case. The hash says which bytes; they lie sealed beside the record."""

    TOPIC = "document_added"
    NAMES = ("document_id", "name")
    FACTS = ("name", "kind", "subject")
    document_id: UUID
    name: str
    kind: DocumentKind
    sha256: str  # of the bytes as they came, in hex
    _: KW_ONLY
    subject: Subject | None = None
    size: int = 0  # in bytes

    def tell(self, plan: Plan) -> None:
        plan.documents[self.document_id] = Document(
            self.number, self.day, self.name, self.kind, self.sha256, self.subject, self.size
        )


class Documents(History):
    """What one may do with documents."""

    files: dict[UUID, bytes]  # added, and kept together with their entries

    def add_document(
        self,
        name: str,
        kind: DocumentKind,
        content: bytes,
        subject: Subject | None = None,
        sha256: str = "",
        **how: Unpack[Telling],
    ) -> UUID:
        """Add a file; gives its id. Who sends its hash along is told when it did not come through whole."""
        found = hash_of(content).hexdigest()
        if not content:
            raise errors.Empty("content")
        if sha256.lower() not in ("", found):
            raise errors.NotThisFile
        facts = {"name": said("name", name), "kind": kind, "subject": subject}
        document_id = uuid4()
        self.record(DocumentAdded, document_id=document_id, sha256=found, size=len(content), **facts, **how)
        self.files[document_id] = content
        return document_id
