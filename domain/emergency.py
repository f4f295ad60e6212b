"""Somebody who does not take part opened the case, because it could not wait."""

from __future__ import annotations

from typing import Unpack

from domain.entry import Entry, Telling
from domain.history import History, said
from domain.say import Words


class EmergencyAccessUsed(Entry):
    """Somebody opened this case in an emergency, and why. The client reads who it was."""

    TOPIC = "emergency_access_used"
    AFTER_CLOSING = True
    reason: Words


class Emergencies(History):
    """What one may do when there is no time to ask."""

    def use_emergency_access(self, reason: str, **how: Unpack[Telling]) -> None:
        """Open the case without taking part in it. Who may see it then: domain.access.may_see()."""
        self.record(EmergencyAccessUsed, reason=said("reason", reason), **how)
