"""An account that is disabled under somebody's hands: what is open stays open, unless something looks."""

from __future__ import annotations

from domain.store.pool import Connection


def disable_account(db: Connection, user_name: str) -> None:
    """The mark alone: taking access away also ends sessions and links, and hides whether anybody looks."""
    db.execute(
        "UPDATE draad.account SET disabled_at = now() WHERE user_name = %(user_name)s",
        {"user_name": user_name},
    )
