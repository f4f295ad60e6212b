"""What the log was at a moment, signed: a few lines of text that anybody can keep, and hold against us later.

The format is C2SP tlog-checkpoint on C2SP signed-note: the name of the log, its size, its root, and below an
empty line one signature a line. A verifier key is written `name+hash+key`, as other tools read it.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"  # the kind of signature, in signed-note
HASH = 4  # bytes of a key's name


class NoCheckpoint(Exception):
    """This text is no checkpoint that the pinned key signed."""


@dataclass(frozen=True)
class Checkpoint:
    """The first `size` entries of the log with this name have this root. `extra`: lines below."""

    origin: str
    size: int
    root: bytes
    extra: tuple[str, ...] = ()

    def said(self, name: str) -> str | None:
        """What a line below says: `said("time")` of the line `time 2026-11-22T12:00:00Z`."""
        begin = f"{name} "
        return next((line.removeprefix(begin) for line in self.extra if line.startswith(begin)), None)

    def __str__(self) -> str:
        return "".join(f"{line}\n" for line in (self.origin, self.size, _text(self.root), *self.extra))


@dataclass(frozen=True)
class Verifier:
    """The public half of the key of a log: what a reader pins."""

    name: str
    key: bytes  # 32

    def __str__(self) -> str:
        return f"{self.name}+{self.hash.hex()}+{_text(ED25519 + self.key)}"

    @classmethod
    def parse(cls, text: str) -> Verifier:
        """From `name+hash+key`. NoCheckpoint when it is not that."""
        try:
            name, named, key = text.strip().split("+", 2)
            verifier = cls(name, b64decode(key, validate=True)[1:])
        except ValueError as error:
            raise NoCheckpoint from error
        if str(verifier) != text.strip() or verifier.hash.hex() != named:
            raise NoCheckpoint
        return verifier

    @property
    def hash(self) -> bytes:
        """What names this key in a signature."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:HASH]

    def opens(self, note: str) -> Checkpoint:
        """What was signed. NoCheckpoint: not by this key, or it is no checkpoint of this log."""
        text, _, signatures = note.partition("\n\n")
        signed = f"{text}\n"
        if not any(self._signed(signed, line) for line in signatures.splitlines()):
            raise NoCheckpoint
        return _parsed(signed, self.name)

    def _signed(self, text: str, line: str) -> bool:
        try:
            dash, name, signature = line.split(" ")
            made = b64decode(signature, validate=True)
        except (ValueError, binascii.Error):
            return False
        if dash != "\N{EM DASH}" or name != self.name or made[:HASH] != self.hash:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(made[HASH:], text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """The key of a log. `seed`: 32 random bytes, kept with the secrets of the installation."""

    name: str
    seed: bytes = field(repr=False)

    @property
    def verifier(self) -> Verifier:
        """What may be given to everybody."""
        return Verifier(self.name, self._key.public_key().public_bytes_raw())

    def sign(self, checkpoint: Checkpoint) -> str:
        """The note, ready to be kept."""
        text = str(checkpoint)
        made = _text(self.verifier.hash + self._key.sign(text.encode()))
        return f"{text}\n\N{EM DASH} {self.name} {made}\n"

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def _parsed(text: str, name: str) -> Checkpoint:
    try:
        origin, size, root, *extra = text.removesuffix("\n").split("\n")
        found = Checkpoint(origin, int(size), b64decode(root, validate=True), tuple(extra))
    except ValueError as error:
        raise NoCheckpoint from error
    if origin != name or str(found) != text or len(found.root) != sha256().digest_size:
        raise NoCheckpoint
    return found


def _text(of: bytes) -> str:
    return b64encode(of).decode()
