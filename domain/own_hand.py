"""Whose entry it is: who may correct it, take it out, or have it kept unused."""

from __future__ import annotations

from domain import errors
from domain.entry import Entry, Role, Telling

BESIDE_THE_WORKERS = (Role.CLIENT, Role.REPRESENTATIVE, Role.PARTNER)


def check_own_hand(entry: Entry, how: Telling) -> None:
    """What the client entered with own hand only the client corrects, withdraws or restricts; and who does
    not work here changes only what they entered themselves.
    """
    by = how["by"]
    if entry.by.role is Role.CLIENT and by.role is not Role.CLIENT:
        raise errors.NotYours
    if by.role in BESIDE_THE_WORKERS and entry.by.user != by.user:
        raise errors.OfSomebodyElse
