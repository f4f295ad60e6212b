"""The second factor: a code that changes every half minute (RFC 6238), and codes on paper beside it.

`key` opens the secrets and hashes the paper codes. It follows from the master key and is not in the database.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime
from uuid import UUID

import pyotp
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.store.pool import Connection
from domain.store.vault import seal, unseal

STEP = 30  # seconds that one code is shown; one before and one after it is taken too
DIGITS = 6
PAPER_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike on paper


def has_second_factor(db: Connection, account: UUID) -> bool:
    """Whether signing in asks for a code."""
    row = db.execute(
        "SELECT 1 FROM draad.second_factor WHERE account = %(account)s", {"account": account}
    ).fetchone()
    return row is not None


def new_secret(key: bytes, account: UUID) -> bytes:
    """A secret, sealed. It counts once a code of it was typed in the browser that it was shown in."""
    return seal(AESGCM(key), pyotp.random_base32().encode(), account.bytes)


def shown_secret(key: bytes, account: UUID, sealed: bytes) -> str:
    """As it goes into a telephone."""
    return unseal(AESGCM(key), sealed, account.bytes).decode()


def confirm_second_factor(
    db: Connection, key: bytes, account: UUID, sealed: bytes, code: str, *, now: datetime, anew: bool
) -> bool:
    """From now on this secret counts, if this is a code of it. `anew`: also in the place of another."""
    step = _step_of(shown_secret(key, account, sealed), code, now)
    if step is None:
        return False
    confirmed = db.execute(
        """
        INSERT INTO draad.second_factor (account, sealed, last_step)
        VALUES (%(account)s, %(sealed)s, %(step)s)
        ON CONFLICT (account) DO UPDATE
           SET sealed = excluded.sealed, last_step = excluded.last_step, confirmed_at = now()
         WHERE %(anew)s
        """,
        {"account": account, "sealed": sealed, "step": step, "anew": anew},
    )
    return confirmed.rowcount > 0


def accept_code(db: Connection, key: bytes, account: UUID, code: str, now: datetime) -> bool:
    """Whether this code shows the second factor. It is taken once, also when sent twice at once."""
    typed = code.strip().replace(" ", "")
    return _accept_shown(db, key, account, typed, now) or _accept_paper(db, key, account, typed)


def make_paper_codes(db: Connection, key: bytes, account: UUID) -> list[str]:
    """Ten new ones, shown now and never again. Those from before open nothing any more."""
    made = ["-".join(_group() for _ in range(3)) for _ in range(PAPER_CODES)]
    with db.transaction():
        db.execute("DELETE FROM draad.recovery_code WHERE account = %(account)s", {"account": account})
        for code in made:
            db.execute(
                "INSERT INTO draad.recovery_code (account, hash) VALUES (%(account)s, %(hash)s)",
                {"account": account, "hash": _hash(key, account, code)},
            )
    return made


def paper_codes_left(db: Connection, account: UUID) -> int:
    """How many can still be used."""
    row = db.execute(
        "SELECT count(*) FROM draad.recovery_code WHERE account = %(account)s AND used_at IS NULL",
        {"account": account},
    ).fetchone()
    return int(row[0]) if row else 0


def remove_second_factor(db: Connection, account: UUID) -> bool:
    """Take it away, with its paper codes. Whether there was one."""
    with db.transaction():
        db.execute("DELETE FROM draad.recovery_code WHERE account = %(account)s", {"account": account})
        gone = db.execute("DELETE FROM draad.second_factor WHERE account = %(account)s", {"account": account})
    return gone.rowcount > 0


def _accept_shown(db: Connection, key: bytes, account: UUID, code: str, now: datetime) -> bool:
    row = db.execute(
        "SELECT sealed FROM draad.second_factor WHERE account = %(account)s", {"account": account}
    ).fetchone()
    step = _step_of(shown_secret(key, account, row[0]), code, now) if row else None
    if row is None or step is None:
        return False
    taken = db.execute(
        """
        UPDATE draad.second_factor SET last_step = %(step)s
         WHERE account = %(account)s AND sealed = %(sealed)s AND last_step < %(step)s
        """,
        {"account": account, "sealed": row[0], "step": step},
    )
    return taken.rowcount > 0


def _accept_paper(db: Connection, key: bytes, account: UUID, code: str) -> bool:
    used = db.execute(
        """
        UPDATE draad.recovery_code SET used_at = now()
         WHERE account = %(account)s AND hash = %(hash)s AND used_at IS NULL
        """,
        {"account": account, "hash": _hash(key, account, code)},
    )
    return used.rowcount > 0


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The step that this is the code of; None when it is none of now, one before or one after."""
    at, shown = int(now.timestamp()) // STEP, pyotp.TOTP(secret, digits=DIGITS, interval=STEP)
    typed = code.strip().replace(" ", "").encode("utf-8", "replace")
    right = [
        step for step in (at - 1, at, at + 1) if hmac.compare_digest(shown.generate_otp(step).encode(), typed)
    ]
    return right[-1] if right else None


def _group() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(4))


def _hash(key: bytes, account: UUID, code: str) -> bytes:
    letters = code.lower().replace("-", "").encode("utf-8", "replace")
    return hmac.digest(key, account.bytes + letters, "sha256")
