"""The say sheet on paper: printed, answered and signed, and entered with a picture of it attached."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import render_template
from flask_babel import gettext
from marshmallow import ValidationError

from domain.case import Case
from domain.entry import Entry, Facts
from domain.kinds import DocumentKind
from domain.say import Means, Say
from projections.my_plan import questions
from web.access import case_or_404, may
from web.asking.open_matters import Row, rows_of
from web.desk import today
from web.forms.files import Upload
from web.mine.wording import first_name, spoken_to

CODE = re.compile(r"([1-9][0-9]{0,8})-([0-9a-f]{4})")
NOT_THIS_CASE = "This is not the code of a sheet of this client. Look again at the foot of the sheet."
NO_CODE = "Write down the code at the foot of the sheet as well."
NOT_ON_IT = "This question was not on that sheet in these words. Leave it empty, and ask it again."


@dataclass(frozen=True)
class Paper:
    """The sheet that was answered: up to which entry it was printed, and a picture of it."""

    version: int | None = None
    picture: Upload | None = None

    @classmethod
    def of(cls, case: Case, facts: Facts) -> Paper:
        """Takes the sheet out of the facts. ValidationError."""
        code, picture = facts.pop("sheet", "").strip().lower(), facts.pop("picture", None)
        if picture and not code:
            raise ValidationError({"sheet": [NO_CODE]})
        return cls(_version(case, code) if code else None, picture)

    def say(self, say: Say) -> Say:
        """What was said, with the text that was shown on it."""
        return replace(say, shown_version=self.version) if self.version else say

    def holds(self, case: Case, row: Row) -> bool:
        """Whether this question was on it, in these words."""
        if self.version is None:
            return True
        printed = rows_of(case.read_as(case.entries[: self.version]), today())
        return row.in_words in {one.in_words for one in printed}

    def attach(self, case: Case, how: Facts) -> UUID | None:
        """Keep the picture; gives its id."""
        if self.picture is None:
            return None
        name = self.picture.name or gettext("Signed say sheet")
        return case.add_document(name, DocumentKind.SIGNED_SHEET, self.picture.content, **how)

    def is_in(self, entries: list[Entry]) -> bool:
        """Whether these entries came with this very picture, or all without one."""
        held = {sha256 for entry in entries if (sha256 := getattr(entry, "sha256", None))}
        return held == ({self.picture.sha256} if self.picture else set())


def confirm(case: Case, say: Say, sheet: UUID | None, how: Facts) -> None:
    """Signed for: what was recorded last was as they meant it. A gesture is on no sheet."""
    if sheet is not None and say.means is not Means.SHOWN:
        case.read_back(case.version, right=True, signed_sheet=sheet, **how)


def code_of(case: Case) -> str:
    """Which sheet it is: of which case, and up to which entry its texts were read."""
    return f"{case.version}-{_mark(case)}"


@may("show_plan")
def printed(case_id: UUID) -> Any:
    """All open questions on paper, with boxes and lines."""
    case = case_or_404(case_id)
    client = case.plan.client
    return render_template(
        "say-sheet-print.html",
        case=case,
        called=first_name(client.known_as) or gettext("the client"),
        you=spoken_to(client),
        questions=questions(case.entries, today()),
        code=code_of(case),
        today=today(),
    )


def _version(case: Case, code: str) -> int:
    found = CODE.fullmatch(code)
    if not found or found[2] != _mark(case) or int(found[1]) > case.version:
        raise ValidationError({"sheet": [NOT_THIS_CASE]})
    return int(found[1])


def _mark(case: Case) -> str:
    return case.id.hex[:4]
