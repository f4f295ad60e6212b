"""How often one may guess: counted in the database, for the name and for the address, also many at once."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta

from domain.store.pool import Connection

ATTEMPTS, WITHIN = 5, timedelta(minutes=15)


@dataclass(frozen=True)
class Attempts:
    """The guesses for one name, and from one address. Counted beforehand: many at once do not slip by."""

    name: bytes
    address: bytes

    @classmethod
    def of(cls, key: bytes, user_name: str, address: str, what: str = "name") -> Attempts:
        """`what` is guessed at for this name: a pass phrase, or a code. They are counted apart."""
        name = user_name.strip().lower()
        return cls(_hidden(key, f"{what}:{name}"), _hidden(key, f"address:{address}"))

    def allow(self, db: Connection) -> bool:
        """Whether one more may be made; it is counted when so."""
        with db.transaction():
            for what in sorted((self.name, self.address)):
                db.execute(
                    "SELECT pg_advisory_xact_lock(hashtextextended(encode(%(w)s, 'hex'), 0))", {"w": what}
                )
            if self._most(db) >= ATTEMPTS:
                return False
            db.execute(
                "INSERT INTO draad.sign_in_attempt (what) VALUES (%(name)s), (%(address)s)",
                {"name": self.name, "address": self.address},
            )
            return True

    def succeeded(self, db: Connection) -> None:
        """The name starts afresh. Of the address this attempt alone goes: an own account clears no way."""
        db.execute("DELETE FROM draad.sign_in_attempt WHERE what = %(name)s", {"name": self.name})
        db.execute(
            """
            DELETE FROM draad.sign_in_attempt
             WHERE ctid = (SELECT ctid FROM draad.sign_in_attempt
                            WHERE what = %(address)s ORDER BY at DESC LIMIT 1)
            """,
            {"address": self.address},
        )

    def _most(self, db: Connection) -> int:
        db.execute("DELETE FROM draad.sign_in_attempt WHERE at <= now() - %(within)s", {"within": WITHIN})
        row = db.execute(
            """
            SELECT greatest(count(*) FILTER (WHERE what = %(name)s),
                            count(*) FILTER (WHERE what = %(address)s))
              FROM draad.sign_in_attempt
             WHERE what IN (%(name)s, %(address)s)
            """,
            {"name": self.name, "address": self.address},
        ).fetchone()
        return int(row[0]) if row else 0


def _hidden(key: bytes, what: str) -> bytes:
    return hmac.digest(key, what.encode("utf-8", "replace"), "sha256")
