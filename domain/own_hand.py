"""Whose entry it is: in whose voice it is, and who may correct it, take it out, or have it kept unused."""

from __future__ import annotations

from domain import errors
from domain.entry import Actor, Entry, Role, Telling
from domain.kinds import Voice

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


def check_own_voice(voice: Voice, field: str, by: Actor) -> None:
    """Who works elsewhere speaks for themself alone: not for the client, nor for whoever else it would be."""
    if by.role is Role.PARTNER and voice is not Voice.WORKER:
        raise errors.OnlyOwnVoice(field)
