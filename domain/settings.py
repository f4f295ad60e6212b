"""What an organisation may set for itself. The defaults, each with its source."""

from __future__ import annotations

from datetime import timedelta

QUIET = timedelta(days=28)  # no offer of what was refused; the sources give no number (inventory 87)
DRAFTS_LAST = timedelta(days=14)  # after its last change: longer than a holiday, too short for a second file
EXPORTS_LAST = timedelta(days=7)  # a file with a whole record: long enough to fetch it, no second archive
MANDATE_LASTS = timedelta(days=366)  # at most: a year, also one with a day more
MANDATE_CASES = 40  # one save holds them all, so that it is given and ended whole
EMERGENCY_LASTS = timedelta(days=1)  # so long after the day itself: a night, and the morning to hand it over

# From which birthday a child decides with the parents, decides alone, and is of age. Dutch law from general
# knowledge: unverified.
TOGETHER_FROM, ALONE_FROM, ADULT_FROM = 12, 16, 18
