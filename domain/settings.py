"""What an organisation may set for itself. The defaults, each with its source."""

from __future__ import annotations

from datetime import timedelta

QUIET = timedelta(days=28)  # no offer of what was refused; the sources give no number (inventory 87)
ANSWER = timedelta(days=7)  # for the organisation to answer a client's proposal
EVALUATION = timedelta(days=182)  # Wlz 8.1.1: twice a year
