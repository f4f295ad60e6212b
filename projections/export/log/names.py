"""What is called what in a log: names that mean nothing outside that one file."""

from __future__ import annotations

import os
from hashlib import blake2b


class Names:
    """Of one export. The same thing has one name in it, and another in the next: the key is kept nowhere.

    With `people` false there is nobody in it at all, also not by such a name.
    """

    def __init__(self, *, people: bool = True) -> None:
        self.people = people
        self._key = os.urandom(32)

    def of(self, kind: str, *what: object) -> str:
        """What this is called: `goal-5f2c…`."""
        meant = "\0".join(map(str, what)).encode()
        return f"{kind}-{blake2b(meant, key=self._key, digest_size=8).hexdigest()}"
