"""The words that open things: a password a role, and the master key. One file each, made at first use."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


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

    def _make(self, path: Path) -> None:
        """Whole or not at all, and the first of two processes wins: linked when complete."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=self.folder, prefix=".") as half:  # is 0600
            half.write(secrets.token_hex(32))
            half.flush()
            os.fsync(half.fileno())
            with suppress(FileExistsError):
                os.link(half.name, path)
        folder = os.open(self.folder, os.O_RDONLY)  # a master key must outlive a power cut
        os.fsync(folder)
        os.close(folder)
