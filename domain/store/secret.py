"""The words that open things: a password a role, and the master key. One file each, made at first use."""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NAMES = "ids in other systems"


class NoSecret(Exception):
    """A secret is missing from the folder that was named for them."""


@dataclass(frozen=True)
class Secrets:
    """A folder with one secret a file. `given`: whoever runs us laid them there, then none is made."""

    folder: Path
    given: bool = False

    def has(self, name: str) -> bool:
        """Whether it can be read here: the web and the worker are not given the owner's."""
        return not self.given or (self.folder / name).exists()

    def read(self, name: str) -> str:
        path = self.folder / name
        if not path.exists():
            if self.given:
                raise NoSecret(str(path))
            self._make(path)
        return path.read_text().strip()

    def put(self, name: str, word: str) -> None:
        """This is the secret from now on: whole or not at all, also after a power cut."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=self.folder, prefix=".", delete=False) as half:  # is 0600
            half.write(word)
            half.flush()
            os.fsync(half.fileno())
        Path(half.name).replace(self.folder / name)
        self._settle()

    def key(self, purpose: str) -> bytes:
        """A key for one purpose, the same in every process of this installation."""
        if laid_down := self._laid_down(purpose):
            return laid_down
        return hmac.digest(bytes.fromhex(self.read("master")), purpose.encode(), "sha256")

    def names(self) -> bytes:
        """The key by which ids of other systems are known here."""
        if laid_down := self._laid_down(NAMES):
            return laid_down
        master = bytes.fromhex(self.read("master"))
        return HKDF(SHA256(), 32, None, b"draad: ids in other systems").derive(master)

    def lay_down(self, purpose: str) -> None:
        """Keep what follows from the master key now, for when that is another."""
        self.put(_file(purpose), self.key(purpose).hex())

    def lay_down_names(self) -> None:
        """The same for that of the names."""
        self.put(_file(NAMES), self.names().hex())

    @property
    def laid_down(self) -> list[str]:
        """The secrets that once followed from a master key: a backup takes them along."""
        return sorted(path.name for path in self.folder.glob("key-*"))

    def _laid_down(self, purpose: str) -> bytes:
        path = self.folder / _file(purpose)
        return bytes.fromhex(path.read_text().strip()) if path.exists() else b""

    def _make(self, path: Path) -> None:
        """Whole or not at all, and the first of two processes wins: linked when complete."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=self.folder, prefix=".") as half:  # is 0600
            half.write(secrets.token_hex(32))
            half.flush()
            os.fsync(half.fileno())
            with suppress(FileExistsError):
                os.link(half.name, path)
        self._settle()

    def _settle(self) -> None:
        """A master key must outlive a power cut."""
        folder = os.open(self.folder, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def mark_of(master: bytes) -> bytes:
    """By which the key database knows a master key, and from which that does not follow."""
    return hmac.digest(master, b"the mark of a master key", "sha256")


def _file(purpose: str) -> str:
    return "key-" + purpose.replace(" ", "-")
