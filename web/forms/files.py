"""Files that come along: what they are is read from what is in them, not from what they are called."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import PurePath
from typing import Any
from zipfile import BadZipFile, ZipFile

from marshmallow import ValidationError
from werkzeug.datastructures import FileStorage

from web.forms.fields import Line, Question

MOST = 10 * 1024 * 1024  # bytes of one file
TOO_LARGE = "A file is at most 10 MB. Make it smaller, or send it in parts."
EMPTY = "There is nothing in this file."
NOT_TAKEN = "Only PDF, PNG, JPG, TXT, DOCX and ODT are taken, and this is none of them."
ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
NOT_WRITTEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")  # what no text holds
ENDING = re.compile(r"\.(?=[0-9]*[a-z])[0-9a-z]{1,10}")
UNREADABLE = (BadZipFile, NotImplementedError, OSError, ValueError)  # what a broken zip can raise


@dataclass(frozen=True)
class FileType:
    """A type of file that is taken: its media type, how names end, and what its content is known by."""

    media: str
    endings: tuple[str, ...]
    fits: Callable[[bytes], bool]


def _begins(start: bytes, content: bytes) -> bool:
    return content.startswith(start)


def _is_odt(content: bytes) -> bool:
    """Its type stands, not packed, at the very beginning."""
    return content.startswith(b"PK\x03\x04") and content[30:].startswith(ODT)


def _is_docx(content: bytes) -> bool:
    """By the names of its parts: nothing is unpacked. With macros it is not taken."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = set(packed.namelist())
    except UNREADABLE:
        return False
    return {"[Content_Types].xml", "word/document.xml"} <= parts and "word/vbaProject.bin" not in parts


def _is_text(content: bytes) -> bool:
    try:
        return not NOT_WRITTEN.search(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return False


OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = (
    FileType("application/pdf", (".pdf",), partial(_begins, b"%PDF-")),
    FileType("image/png", (".png",), partial(_begins, b"\x89PNG\r\n\x1a\n")),
    FileType("image/jpeg", (".jpg", ".jpeg"), partial(_begins, b"\xff\xd8\xff")),
    FileType("application/vnd.oasis.opendocument.text", (".odt",), _is_odt),
    FileType(OFFICE, (".docx",), _is_docx),
    FileType("text/plain", (".txt",), _is_text),
)


def type_of(content: bytes) -> FileType | None:
    """What this is, by what is in it; None when it is nothing we take."""
    return next((known for known in TYPES if known.fits(content)), None)


def ending_of(name: str) -> str:
    """How a name ends where that says what kind of file it is: `.html`, not the end of "1.2" or "dr. Bos"."""
    ending = PurePath(name).suffix.lower()
    return ending if ENDING.fullmatch(ending) else ""


@dataclass(frozen=True)
class Upload:
    """A file as it came in."""

    content: bytes
    type: FileType
    name: str = ""

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


class File(Question):
    """A file: uploaded by a browser, or as base64 in JSON."""

    kind = "file"
    when_empty = "Choose a file."
    accept = ",".join(ending for taken in TYPES for ending in taken.endings)

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, **{"hint": "PDF, PNG, JPG, TXT, DOCX or ODT, at most 10 MB.", **more})

    def read(self, value: Any) -> Upload:
        content = _uploaded(value) if isinstance(value, FileStorage) else _decoded(value)
        if len(content) > MOST:
            raise ValidationError(TOO_LARGE)
        if not content:
            raise ValidationError(EMPTY)
        if (found := type_of(content)) is None:
            raise ValidationError(NOT_TAKEN)
        return Upload(content, found, _last_part(getattr(value, "filename", None) or ""))


def _uploaded(file: FileStorage) -> bytes:
    """What came in; not more than it takes to see that it is too much."""
    return file.stream.read(MOST + 1)


def _decoded(value: Any) -> bytes:
    try:
        return b64decode(value, validate=True)
    except (TypeError, ValueError, binascii.Error) as error:
        raise ValidationError("Send the file as base64.") from error


def _last_part(path: str) -> str:
    """Some browsers send the whole path; only the name is ours."""
    return Line("").read(" ".join(re.split(r"[\\/]", path)[-1].split())[-Line.most :])
