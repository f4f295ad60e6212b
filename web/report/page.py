"""The report of the organisation: how much of the client's say is written down, over a period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response as Answer

from projections.read_model import left_out
from projections.report import behind, checklists, drawing
from projections.report.blocks import LEAST
from projections.report.counted import COUNTED
from projections.report.figures import ABOVE, BY_NAME, FIGURES, REST, Figure
from projections.report.months import Grain, Period, plus
from projections.report.report import Number, Report, report
from projections.signals import looking
from web.access import can, may
from web.caseload import page_number, who_sees
from web.desk import casework, rows, today, wait_for_own_write
from web.logs.looks import listed
from web.pdf import STYLE, missing, pdf
from web.report.asked import Asked
from web.report.words import SPOKEN, figure_counts, figure_kind, figure_title, period_text, why_not
from web.spreadsheet import spreadsheet

blueprint = Blueprint("report", __name__)
ROWS = 50  # a page
HEADLINES = ("say", "started", "said_no", "answered", "own_screen")
TRENDS = ("say", "steady")  # also over time
IN_A_ROW = tuple(figure for figure in FIGURES if not figure.split)
COLUMNS = (
    "Period",
    "Team",
    "Figure",
    "Counts",
    "Above the line",
    "Below the line",
    "Of",
    "Median days",
    "Note",
)
SPLIT = tuple(figure for figure in FIGURES if figure.split)


@blueprint.get("/report")
@may("read_report")
def overview() -> str:
    """Every figure over a period, beside another when that is asked."""
    asked, up_to_date = Asked.now(), wait_for_own_write(looking.WHO)
    counted = _counted(asked)
    numbers, whole = counted.numbers(asked.period, asked.team), can("read_organisation")
    return render_template(
        "report.html",
        asked=asked,
        numbers=numbers,
        others=counted.numbers(asked.other, asked.team) if asked.other else {},
        too_small=not whole and _says_nothing(numbers),
        teams=counted.teams if whole else [],
        bars=drawing.bars(counted.by_team("say", asked.period) if whole else []),
        line=drawing.line(_trend(counted, "say", asked), _long(asked.period)),
        faces=drawing.line(_trend(counted, "steady", asked), _long(asked.period)),
        long=_long(asked.period),
        headlines=HEADLINES,
        in_a_row=IN_A_ROW,
        split=SPLIT,
        has_list=behind.has_list,
        quick=_quick(),
        least=LEAST,
        whole=whole,
        missing=_not_counted(),
        up_to_date=up_to_date,
        now=casework().clock(),
    )


@blueprint.get("/report.csv")
@may("read_report")
def save() -> Response:
    asked = Asked.now()
    wait_for_own_write(looking.WHO)
    counted = _counted(asked)
    periods = [asked.period, *([asked.other] if asked.other else [])]
    numbers = [(period, n) for period in periods for n in counted.numbers(period, asked.team).values()]
    trends = [stretch for name in TRENDS for stretch in _trend(counted, name, asked)]
    cells = [row for period, number in (*numbers, *trends) for row in _cells(number, period, asked.team)]
    return spreadsheet(f"draad-report-{today()}", [gettext(name) for name in COLUMNS], cells)


@blueprint.get("/report.pdf")
@may("read_report")
def printed() -> Answer:
    """The same numbers on paper. It is small, and laid out while they wait."""
    asked, whole = Asked.now(), can("read_organisation")
    if wanting := missing():
        names = ", ".join(wanting)
        flash(gettext("No PDF can be made here: this machine misses %(names)s.", names=names), "warn")
        return redirect(asked.address(), 303)
    wait_for_own_write(looking.WHO)
    counted = _counted(asked)
    page = render_template(
        "report-print.html",
        asked=asked,
        language=get_locale(),
        style=STYLE,
        numbers=counted.numbers(asked.period, asked.team),
        others=counted.numbers(asked.other, asked.team) if asked.other else {},
        by_team=counted.by_team("say", asked.period) if whole and asked.team is None else [],
        say_over_time=_trend(counted, "say", asked),
        faces_over_time=_trend(counted, "steady", asked),
        in_a_row=IN_A_ROW,
        split=SPLIT,
        least=LEAST,
        missing=_not_counted(),
        now=casework().clock(),
    )
    answer = Response(pdf(page), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="draad-report-{today()}.pdf"'
    return answer


@blueprint.get("/report/checklists")
@may("read_report")
def lists() -> str:
    """What can be asked about person-centred care, with what normal work shows of it."""
    asked, up_to_date = Asked.now(), wait_for_own_write(looking.WHO)
    counted = _counted(asked, checklists.events())
    found = [
        (one.name, [checklists.shown(item, counted, asked.period, asked.team) for item in one.items])
        for one in checklists.checklists()
    ]
    return render_template(
        "report-checklists.html",
        asked=asked,
        found=found,
        teams=counted.teams if can("read_organisation") else [],
        quick=_quick(),
        least=LEAST,
        up_to_date=up_to_date,
    )


@blueprint.get("/report/<name>/cases")
@may("read_report")
def cases(name: str) -> str:
    """The cases behind a figure that is shown, of those that they may see."""
    asked, figure, kind = asked_behind(name)
    number, found = cases_behind(asked, figure, kind)
    last = max(1, -(-len(found) // ROWS))
    nr = min(page_number(request.args.get("page", "")), last) or 1
    page = found[(nr - 1) * ROWS : nr * ROWS]
    listed(one.case_id for one in page)
    return render_template(
        "report-cases.html",
        asked=asked,
        figure=figure,
        kind=kind,
        number=number,
        found=found,
        page=page,
        nr=nr,
        last=last,
        a_page=ROWS,
        address=lambda page: asked.address("report.cases", name=name, kind=kind, page=page),
    )


def asked_behind(name: str) -> tuple[Asked, Figure, str]:
    """Which figure of which period, and which kind of it."""
    figure, kind = BY_NAME.get(name), request.args.get("kind", "")
    if figure is None or not behind.has_list(figure) or (kind and kind not in {*figure.split, ABOVE, REST}):
        abort(404)
    return Asked.now(), figure, kind


def cases_behind(asked: Asked, figure: Figure, kind: str) -> tuple[Number, list[behind.Behind]]:
    """The figure, and the cases in which it counts; 404 when it may not be shown."""
    number = _counted(asked).number(figure, asked.period, asked.team)
    if not number.shown:
        abort(404)
    with rows() as db:
        return number, behind.cases(db, who_sees(), figure, kind, period=asked.period, team=asked.team)


def _counted(asked: Asked, events: tuple[str, ...] = ()) -> Report:
    periods = [_long(asked.period), *([asked.other] if asked.other else [])]
    by_team = [BY_NAME["say"]] if asked.team is None else None
    with rows() as db:
        return report(db, periods, today(), events, by_team)


def _not_counted() -> int:
    """How many cases cannot be counted."""
    with rows() as db:
        return left_out(db, COUNTED.name)


def _long(period: Period) -> Period:
    """A line over time is about a year at least."""
    if period.length >= Grain.YEAR:
        return period
    return Period(plus(period.last, 1 - Grain.YEAR), period.last)


def _trend(counted: Report, name: str, asked: Asked) -> list[tuple[Period, Number]]:
    return counted.over_time(name, _long(asked.period), asked.team)


def _says_nothing(numbers: dict[str, Number]) -> bool:
    """Nor over another period of these years; apart from what is of today."""
    return not any(one.shown or one.instead for name, one in numbers.items() if name != "own_screen")


def _cells(number: Number, period: Period, team: str | None) -> Iterator[Sequence[object]]:
    """A line for a figure, or for each kind of one that is split."""
    by = gettext("all teams") if team is None else team or gettext("No team")
    below, above = figure_counts(number.figure)
    of = (period_text(period), by, figure_title(number.figure))
    if not number.shown:
        yield *of, above, None, None, below, None, why_not(number)
    elif number.figure.split:
        for kind, many in number.kinds:
            yield *of, figure_kind(number.figure, kind), many, number.below, below, None, ""
    else:
        yield *of, above, number.above, number.below, below, number.median, ""


def _quick() -> list[tuple[str, Period]]:
    """Periods that are asked for often."""
    quarter, year = Period.finished(Grain.QUARTER, today()), Period.finished(Grain.YEAR, today())
    return [(period_text(period), period) for period in (quarter, quarter.before, year)]


for spoken, speak in SPOKEN.items():
    blueprint.add_app_template_global(speak, spoken)
