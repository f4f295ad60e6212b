"""What a dossier is asked to hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from projections.export.words import LANGUAGES, in_language


class Length(StrEnum):
    """One page for a talk, all there is, or all there is in the client's own plain words."""

    SHORT = "short"
    FULL = "full"
    OWN = "own"


@dataclass(frozen=True)
class Asked:
    """The plan as it was `on` a day, with what was recorded by `known`; how long; and what is left out.

    `looks`: with who looked at the record; `why`: what it is for, in words.
    """

    on: date
    known: datetime
    length: Length = Length.FULL
    without_names: bool = False
    looks: bool = False
    why: str = ""
    language: str = LANGUAGES[0]

    @property
    def name(self) -> str:
        """What the files are called, without a kind; nothing in it says whose they are."""
        own = self.length is Length.OWN
        return f"{in_language(self.language).gettext('my-plan') if own else 'dossier'}-{self.on}"
