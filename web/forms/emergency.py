"""The form for whoever must open a case that is not theirs. Its page is web/emergency.py."""

from __future__ import annotations

from web.forms.asking import EntryForm
from web.forms.fields import Words


class UseEmergencyAccess(EntryForm):
    """Open the case of somebody in need, without taking part in it."""

    OWN_PAGE = True
    reason = Words(
        "Why can it not wait?", required=True, hint="What is going on? The client can read this later."
    )
