"""Somebody came in by the emergency door."""

from __future__ import annotations

from domain.emergency import EmergencyAccessUsed
from projections.signals.signal import NoLimits, Noticed, Observed, Weight, signal


@signal(Weight.NOW, closed=True)
def emergency_access(seen: Observed, limits: NoLimits) -> Noticed | None:  # noqa: ARG001  # at once
    """Opened in an emergency by somebody who does not take part: %(many)s.

    It can have been just what was needed. Look together with whoever it was: what was going on, and was it
    needed? Tell the client who saw their file and why, answer what they want to know, and write that down.
    """
    used = list(seen.of(EmergencyAccessUsed))
    if not used:
        return None
    shown = tuple(sorted(entry.number for entry in used))
    return Noticed(min(entry.day for entry in used), shown, {"many": len(shown)})
