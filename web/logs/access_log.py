"""For the log manager: who looked at what, line by line, and the review of each month.

Reading it is a look too, and written down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import format_date, gettext, pgettext

from domain.access import Ground
from domain.days import local_day
from domain.errors import Refused
from domain.store import access_log
from domain.store.access_log import BY_ROLE, ELSEWHERE, Code, Review, words_of
from domain.store.pool import Connection
from projections import access_review
from projections.access import Asked, Line, Period, a_page, lines
from projections.caseload import of_number
from web.access import actor, may
from web.desk import casework, desk, rows, today
from web.forms.fields import day_from
from web.logs.looks import LARGEST, used_log
from web.mine.looker import parts_in_words, why_in_words
from web.saving import Sent, fresh, sentence
from web.spreadsheet import spreadsheet

blueprint = Blueprint("access_log", __name__)
FIELDS = ("case", "user", "since", "until", "ground", "lists")
GROUNDS = (*(str(ground) for ground in Ground), BY_ROLE, ELSEWHERE)


@dataclass(frozen=True)
class Typed:
    """What the address asks for, as it was typed."""

    case: str = ""
    user: str = ""
    since: str = ""
    until: str = ""
    ground: str = ""
    lists: str = ""  # what is asked for of what stood on a list, and of nothing that was opened

    @classmethod
    def now(cls) -> Typed:
        """What cannot be read is told, and not asked."""
        return cls(**{name: request.args.get(name, "").replace("\0", "").strip() for name in FIELDS})

    @property
    def anything(self) -> bool:
        """Whether something is left out, of what was opened or of what stood on a list."""
        return any(value for name, value in vars(self).items() if name != "lists")

    @property
    def unreadable(self) -> set[str]:
        return {name for name in ("since", "until") if (text := getattr(self, name)) and not day_from(text)}

    def address(self, to: str = "access_log.overview", **other: Any) -> str:
        """The same question, with something else in it."""
        return url_for(to, **{name: value for name, value in (vars(self) | other).items() if value})

    def asked(self, db: Connection) -> Asked:
        """A case is named by its number, or by its id."""
        return Asked(
            Period(day_from(self.since), day_from(self.until)),
            _cases(db, self.case) if self.case else None,
            self.user,
            self.ground if self.ground in GROUNDS else "",
        )


@blueprint.get("/access-log")
@may("read_access_log")
def overview() -> str:
    """Page by page, each beginning where the one before ended: lines that come in do not move it. What was
    opened, and apart from it who stood on a list: that is most of it, and says least.
    """
    typed, before = Typed.now(), request.args.get("before", "")
    with rows() as db:
        asked = replace(typed.asked(db), in_list=bool(typed.lists))
        page = a_page(db, asked, _line(before))
        unreviewed = [month for month in access_review.months(db, today()) if not month.done]
    _used(Code.READ_LOG, asked)
    return render_template(
        "access-log.html",
        typed=typed,
        page=page,
        later=bool(before),
        grounds=GROUNDS,
        unreviewed=unreviewed,
        whys=lambda joined: list(dict.fromkeys(said for line in joined if (said := why(line)))),
    )


@blueprint.get("/access-log.csv")
@may("read_access_log")
def save() -> Response:
    """All that answers the question, with every field of the norm."""
    with rows() as db:
        asked = Typed.now().asked(db)
        found = lines(db, asked, limit=None)
    _used(Code.EXPORT_LOG, asked)
    return spreadsheet(f"draad-access-log-{today()}", COLUMNS, map(_cells, found))


@blueprint.get("/access-log/reviews")
@may("read_access_log")
def reviews() -> str:
    """Every month that is over: done by whom, or still to do."""
    with rows() as db:
        found = access_review.months(db, today())
    used_log(Code.READ_LOG)
    return render_template("access-reviews.html", months=found)


@blueprint.get("/access-log/reviews/<int:year>-<int:number>")
@may("read_access_log")
def review(year: int, number: int) -> str:
    return _review(_month(year, number))


@blueprint.post("/access-log/reviews/<int:year>-<int:number>")
@may("read_access_log")
def done(year: int, number: int) -> Any:
    """Somebody went through it, and says what they found."""
    month, sent, by = _month(year, number), Sent.of(request.form), actor()
    finding = request.form.get("finding", "")
    used_log(Code.REVIEW_LOG)
    try:
        with rows() as db:
            found = Review(month, sent.posted, finding.strip(), by.user, by.name, casework().clock())
            access_log.review(db, found)
    except Refused as error:
        return _review(month, sentence(error)), 422
    flash(gettext("Written down: this month was looked through."))
    return redirect(url_for("access_log.reviews"), 303)


def why(line: Line) -> str:
    """What they looked for, in their words."""
    return why_in_words(words_of(casework().vault, line.object_id, line.request_id, line.why))


def month_called(first: date) -> str:
    """Oktober 2026."""
    return str(format_date(first, "MMMM yyyy"))


def look_called(code: str) -> str:
    """What happened: one of the kinds of look, or the command that was given."""
    context = "look" if code in set(Code) else "command"
    return str(pgettext(context, code.replace("_", " ")))


def _review(month: date, wrong: str = "") -> str:
    with rows() as db:
        found = access_review.to_see(db, month, desk().key("sample of looks").hex())
        this = next(one for one in access_review.months(db, today()) if one.first == month)
    used_log(Code.READ_LOG)
    return render_template(
        "access-review.html",
        month=this,
        to_see=found,
        wrong=wrong,
        posted=request.form.get("posted", fresh()),
    )


def _line(typed: str) -> int | None:
    """The number of a line, as far as a column can hold one."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < len(str(LARGEST)) else None


def _month(year: int, number: int) -> date:
    """The first day of a month that is over and of which there are lines."""
    with rows() as db:
        known = {month.first for month in access_review.months(db, today())}
    asked = next((first for first in known if (first.year, first.month) == (year, number)), None)
    return asked or abort(404)


def _cases(db: Connection, typed: str) -> list[UUID]:
    try:
        return [UUID(typed)]
    except ValueError:
        return of_number(db, typed)


def _used(code: Code, asked: Asked) -> None:
    """What the log tells of one case is a look at that case too; of all of them, at the log."""
    if not asked.cases:
        used_log(code)
    for case_id in asked.cases or ():
        used_log(code, case_id)


COLUMNS = (
    "id",
    "event_code",
    "action",
    "occurred_at",
    "occurred_on",
    "user_id",
    "user_name",
    "user_role",
    "organisation",
    "team",
    "on_behalf_of_id",
    "object_id_type",
    "object_id",
    "case_number",
    "authorisation_protocol",
    "why",
    "detail",
    "entry",
    "access_point_type",
    "request_id",
    "outcome",
    "source_id",
)


def _cells(line: Line) -> list[object]:
    facts: dict[str, object] = {
        **vars(line),
        "occurred_at": line.occurred_at.isoformat(),
        "occurred_on": local_day(line.occurred_at),
        "authorisation_protocol": line.ground,
        "access_point_type": line.point,
        "why": why(line),
    }
    return [facts[name] for name in COLUMNS]


blueprint.add_app_template_global(month_called)
blueprint.add_app_template_global(look_called)
blueprint.add_app_template_global(parts_in_words, "part_called")
