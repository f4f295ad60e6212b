"""What the client allows to be shared or asked, and takes back."""

from __future__ import annotations

from domain.history import History


class Consents(History):
    """What one may do with consent."""
