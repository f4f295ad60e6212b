"""What an organisation may set for itself. The defaults, each with its source."""

from __future__ import annotations

from datetime import timedelta

QUIET = timedelta(days=28)  # no offer of what was refused; the sources give no number (inventory 87)
DRAFTS_LAST = timedelta(days=14)  # a draft, after its last change; long enough for a holiday, too short for a second file
