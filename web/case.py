"""The pages that show a case: its plan, its timeline, its people, and one entry with all we know of it."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask_babel import format_date, gettext, pgettext

from domain.case import Case
from domain.days import local_day
from domain.nouns import Amount
from domain.plan import read
from projections import people as circles
from projections.kind import Kind
from projections.plan_page import PlanPage
from projections.timeline import by_day, of_kind, timeline
from web.access import case_or_404, may
from web.desk import today
from web.forms.fields import day_from
from web.words import amount, day, word

blueprint = Blueprint("case", __name__)
LATEST = 20  # lines on the first page; the page of the timeline has them all


@blueprint.get("/cases/<uuid:case_id>")
@may("read_case")
def case(case_id: UUID) -> str:
    """All at a glance."""
    shown = case_or_404(case_id)
    lines = timeline(shown.entries)
    return _page("case-overview.html", shown, days=by_day(lines[:LATEST]), earlier=len(lines[LATEST:]))


@blueprint.get("/cases/<uuid:case_id>/plan")
@may("read_case")
def plan(case_id: UUID) -> str:
    """The plan, today or as it was on a day."""
    shown = case_or_404(case_id)
    asked = request.args.get("on", "").strip()
    on = day_from(asked)
    return _page("case-plan.html", shown, on=on, asked=asked, unreadable=bool(asked) and on is None)


@blueprint.get("/cases/<uuid:case_id>/timeline")
@may("read_case")
def whole_timeline(case_id: UUID) -> str:
    """Every entry, or those of one kind."""
    shown = case_or_404(case_id)
    kind = next((kind for kind in Kind if kind == request.args.get("kind")), None)
    lines = timeline(shown.entries)
    chosen = of_kind(lines, kind)
    return _page(
        "case-timeline.html", shown, days=by_day(chosen), kind=kind, count=len(chosen), total=len(lines)
    )


@blueprint.get("/cases/<uuid:case_id>/people")
@may("read_case")
def people(case_id: UUID) -> str:
    """Who takes part, and who did before."""
    shown = case_or_404(case_id)
    return _page(
        "case-people.html",
        shown,
        lanes=circles.lanes(shown.entries, on=today()),
        goals=circles.goals_in_time(shown.entries, on=today()),
        circle=circles.circle(read(shown.entries, on=today())),
    )


@blueprint.get("/cases/<uuid:case_id>/entries/<int:number>")
@may("read_case")
def entry(case_id: UUID, number: int) -> str:
    """One entry."""
    shown = case_or_404(case_id)
    lines = timeline(shown.entries)
    line = next((line for line in lines if line.number == number), None)
    if line is None:
        abort(404)
    after = [other for other in lines if other.entry and _points_at(other.entry, number)]
    return _page("case-entry.html", shown, line=line, after=after[::-1])


def fact(value: object, names: Any) -> object:
    """A fact that was put right, as people read it."""
    shown: object = value
    match value:
        case None | "":
            shown = gettext("nothing")
        case bool():
            shown = gettext("yes") if value else gettext("no")
        case date():
            shown = day(value)
        case Enum():
            shown = word(value)
        case Amount():
            shown = amount(value)
        case UUID():
            shown = names.get(value) or gettext("something that is not in this plan")
        case list() | tuple():
            shown = ", ".join(str(fact(part, names)) for part in value)
    return shown


def field(name: str) -> str:
    """The name of a fact in an entry."""
    return str(pgettext("Field", name.replace("_", " ")))


def month(of: date, pattern: str = "MMM yyyy") -> str:
    """Nov. 2026."""
    return str(format_date(of, pattern))


def age(born: date, on: date) -> int:
    """In years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _page(template: str, case: Case, *, on: date | None = None, **more: Any) -> str:
    page = PlanPage(case.id, case.entries, on or today())
    now = page.plan if on is None else PlanPage(case.id, case.entries, today()).plan
    client = now.client
    called = client.called or client.name or gettext("the client")
    return render_template(
        template,
        case=case,
        case_id=case.id,
        page=page,
        plan=page.plan,
        client=client,
        now=now,
        called=called,
        today=today(),
        on=on,
        **more,
    )


def _points_at(entry: Any, number: int) -> bool:
    return number in (entry.about, entry.concerns, getattr(entry, "planned", None)) and entry.number != number


for speak in (fact, field, month, age, local_day):
    blueprint.add_app_template_global(speak)
