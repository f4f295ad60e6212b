"""The choices in looking back together."""

from __future__ import annotations

from enum import StrEnum


class CheckResult(StrEnum):
    """What was found when an agreement was looked at again (inventory 61, 123)."""

    KEPT = "kept"
    NOT_KEPT = "not_kept"
    NOT_ON_THE_SAME_LINE = "not_on_the_same_line"


class ComplaintLaw(StrEnum):
    """The law under which a complaint is handled."""

    WKKGZ = "wkkgz"
    WMO = "wmo"
    JEUGDWET = "jeugdwet"
    WZD = "wzd"
    OTHER = "other"
