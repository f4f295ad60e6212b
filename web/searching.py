"""Searching in the words of a timeline, as they stand on the page: what a reader does not read is not found.

What was typed is kept in the session: no words of a client ever stand in an address. That only says that the
search counts (`?search=1`), so every other link to the timeline leads to all of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, redirect, request, session, url_for
from markupsafe import Markup, escape

from domain.case import Case
from domain.entry import Entry
from projections.names import folded
from projections.timeline import Lines
from web.access import case_or_404, may
from web.asof import AsOf
from web.desk import today
from web.logs.looks import searched
from web.words import client_name

blueprint = Blueprint("searching", __name__)
KEPT = "looked_for"  # the place in the session: what was typed, by case
LONGEST = 200  # characters
CHOSEN = ("kind", "say", "on", "since", "until")  # what else a timeline is asked for
TAG = re.compile(r"<[^>]*>")
TAG_OR_TEXT = re.compile(r"<[^>]*>|[^<]+")


@blueprint.post("/cases/<uuid:case_id>/timeline/search")
@may("read_case")
def in_timeline(case_id: UUID) -> Any:
    """Nothing typed takes the search away. What else was chosen comes along in the address."""
    case_or_404(case_id)
    text = request.form.get("q", "").replace("\0", "").strip()[:LONGEST]
    session[KEPT] = {**session.get(KEPT, {}), str(case_id): text}
    if text:
        searched(case_id)
    chosen: dict[str, Any] = {name: request.args.get(name) for name in CHOSEN}
    chosen |= {"search": "1" if text else None, "_anchor": "timeline-h"}
    return redirect(url_for("case.whole_timeline", case_id=case_id, **chosen), 303)


@dataclass(frozen=True)
class Search:
    """What somebody looks for: a line is found when each of the words stands in it, or is part of a word."""

    text: str

    @classmethod
    def asked_for(cls, case_id: UUID) -> Search:
        """As this request asks it of this case."""
        counts = request.args.get("search") == "1"
        return cls(session.get(KEPT, {}).get(str(case_id), "") if counts else "")

    def __bool__(self) -> bool:
        return bool(self.words)

    @cached_property
    def words(self) -> list[str]:
        """Without capitals and accents."""
        return folded(self.text).split()

    def of(self, lines: Lines, shown: Case) -> Lines:
        """The lines that hold the words."""
        if not self:
            return lines
        read_out = current_app.jinja_env.get_template("_line.html").render
        plan, called = (
            shown.plan_on(AsOf.asked_for().on or today()),
            client_name(shown.plan_on(today()).client),
        )

        def found(entry: Entry) -> bool:
            html = read_out(line=lines.of(entry.number), plan=plan, called=called, case_id=shown.id)
            text = folded(unescape(TAG.sub(" ", html)))
            return all(word in text for word in self.words)

        return lines.only(found)

    def marked(self, html: str) -> Markup:
        """The same, with a mark at every place that was found."""
        return Markup(TAG_OR_TEXT.sub(lambda part: self._marked(part[0]), html))  # noqa: S704  # escaped below

    def _marked(self, part: str) -> str:
        text = unescape(part)
        if part.startswith("<") or not any(word in folded(text) for word in self.words):
            return part
        hits = self._places(text)
        pieces = groupby(enumerate(text), key=lambda at: at[0] in hits)
        shown = ((hit, escape("".join(letter for _, letter in letters))) for hit, letters in pieces)
        return "".join(f"<mark>{piece}</mark>" if hit else piece for hit, piece in shown)

    def _places(self, text: str) -> set[int]:
        """Which letters belong to what was found. Folded, one letter may be two, or none."""
        flat = [(of, at) for at, one in enumerate(text) for of in (" " if one.isspace() else folded(one))]
        line = "".join(letter for letter, _ in flat)
        finds = (re.finditer(re.escape(word), line) for word in self.words)
        return {at for found in finds for one in found for _, at in flat[one.start() : one.end()]}
