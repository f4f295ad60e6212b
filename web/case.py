"""The pages that show a case: its plan, its timeline, its people, and one entry with all we know of it."""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request, url_for
from flask_babel import format_date, format_decimal, gettext
from werkzeug.datastructures import MultiDict

from domain.case import Case
from domain.days import Precision, local_day
from domain.kinds import ContactKind, Part
from domain.nouns import Amount
from projections import people as circles
from projections.chain import Chain
from projections.contacts import Contact, of_cases
from projections.continuity_in_time import in_time
from projections.days import by_day
from projections.plan_page import PlanPage
from projections.portrait import Portrait
from projections.signals.state import State
from projections.timeline import timeline
from projections.who_came import who_came
from web.access import can, case_or_404, may, reads_for
from web.asking.waits import waits_in
from web.asof import AsOf
from web.desk import rows, today, wait_for_own_write
from web.lines import MOST, WHOLE, lines_asked, part_asked
from web.noticed import Shown, noticed, noticed_in, seen_in
from web.terms import terms
from web.words import amount, client_name, day, word

blueprint = Blueprint("case", __name__)
MOST_AT_A_GLANCE, MOST_GOALS = 5, 6  # the same, and goals with all that is said of them, on the first page
LATEST = 20  # lines on the first page; the page of the timeline has them all
FROM_WISH_TO_SUPPORT = (Part.STORY, Part.GOALS, Part.SUPPORT)
LATEST_CONTACTS = 10  # to cancel: a mistake is seen soon


@blueprint.get("/cases/<uuid:case_id>")
@may("read_case")
def case(case_id: UUID) -> str:
    """All at a glance."""
    shown = case_or_404(case_id)
    lines = timeline(shown.entries, team=reads_for(), today=today())
    return _page(
        "case-overview.html",
        shown,
        most=MOST_AT_A_GLANCE,
        in_short=_is_long(shown),
        days=by_day(lines[:LATEST]),
        entries=len(lines),
        waits=waits_in(shown),
        signals=_new_signals(shown) if can("read_signals") else [],
    )


def _is_long(shown: Case) -> bool:
    """Whether the plan has so many goals that all of each is too much at a glance."""
    return sum(goal.open for goal in shown.plan_on(today()).goals.values()) > MOST_GOALS


def _new_signals(shown: Case) -> list[Shown]:
    return [one for one in noticed_in(shown) if one.raised.state is State.NEW]


@blueprint.get("/cases/<uuid:case_id>/signals")
@may("read_signals")
def signals(case_id: UUID) -> str:
    """What is noticed in this case today, and what became of it."""
    shown = case_or_404(case_id)
    seen, limits = seen_in(shown)
    found = noticed(shown, seen, limits)
    return _page("case-signals.html", shown, signals=found, terms=terms(seen, limits))


@blueprint.get("/cases/<uuid:case_id>/plan")
@may("read_case")
def plan(case_id: UUID) -> str:
    """The plan, today or as it was on a day."""
    most = None if request.args.get("part") == WHOLE else MOST
    return _page("case-plan.html", case_or_404(case_id), asof=AsOf.asked_for(), most=most)


@blueprint.get("/cases/<uuid:case_id>/timeline")
@may("read_case")
def whole_timeline(case_id: UUID) -> str:
    """Every entry, or those of one kind, or the decisions without a say; up to a day when that is asked.

    A long one in parts: which, web/lines.py says.
    """
    shown = case_or_404(case_id)
    chosen, chose = lines_asked(shown)
    return _page("case-timeline.html", shown, asof=AsOf.asked_for(), **part_asked(chosen), **chose)


@blueprint.get("/cases/<uuid:case_id>/people")
@may("read_case")
def people(case_id: UUID) -> str:
    """Who takes part, and who did before."""
    shown = case_or_404(case_id, Part.PEOPLE)
    return _page(
        "case-people.html",
        shown,
        lanes=circles.lanes(shown.entries, on=today()),
        goals=circles.goals_in_time(shown.entries, on=today()),
        circle=circles.circle(shown.plan_on(today())),
        **_who_came(shown),
    )


def _who_came(shown: Case) -> dict[str, Any]:
    """What the contacts tell: who really came, how steady that is, and the latest of them."""
    up_to_date = wait_for_own_write()
    with rows() as db:
        contacts = of_cases(db, [shown.id]).get(shown.id, [])
    return {
        "came": who_came(shown.entries, contacts, on=today()),
        "steady": in_time(contacts, on=today()),
        "latest": contacts[: -LATEST_CONTACTS - 1 : -1],
        "contacts": len(contacts),
        "up_to_date": up_to_date,
    }


@blueprint.get("/cases/<uuid:case_id>/story")
@may("read_case")
def story(case_id: UUID) -> str:
    """Who the client is: in own words, with what they can, want and choose."""
    shown, asof = case_or_404(case_id, Part.STORY), AsOf.asked_for()
    on = asof.on or today()
    return _page("case-story.html", shown, asof=asof, portrait=Portrait(shown.plan_on(on), on))


@blueprint.get("/cases/<uuid:case_id>/chain")
@may("read_case")
def chain(case_id: UUID) -> str:
    """From wish to support, with the links that are missing."""
    shown, asof = case_or_404(case_id, *FROM_WISH_TO_SUPPORT), AsOf.asked_for()
    return _page("case-chain.html", shown, asof=asof, chain=Chain(shown.plan_on(asof.on or today())))


@blueprint.get("/cases/<uuid:case_id>/documents")
@may("read_case")
def documents(case_id: UUID) -> str:
    """The files that belong to the case, and the way to add one."""
    shown = case_or_404(case_id, Part.DOCUMENTS)
    return _page("case-documents.html", shown, typed=MultiDict({"happened_on": f"{today():%d-%m-%Y}"}))


@blueprint.get("/cases/<uuid:case_id>/entries/<int:number>")
@may("read_case")
def entry(case_id: UUID, number: int) -> str:
    """One entry."""
    shown = case_or_404(case_id)
    lines = timeline(shown.entries, team=reads_for(), today=today())
    line = lines.of(number)
    if line is None:
        abort(404)
    after = lines.where(lambda other: _points_at(other, number))
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


def known_day(of: date | None, number: int) -> object:
    """A day in the plan of this page, no more exact than the entry that tells of it."""
    entry = g.page.entry(number) if "page" in g else None
    if entry is None or entry.precision is Precision.DAY:
        return day(of)
    return day(entry.happened_on, entry.precision)


def month(of: date, pattern: str = "MMM yyyy") -> str:
    """Nov. 2026."""
    return str(format_date(of, pattern))


def age(born: date, on: date) -> int:
    """In years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def share(of: Fraction) -> str:
    """A share from 0 to 1, in two decimals."""
    return str(format_decimal(float(of), format="0.00"))


def contact_kind(contact: Contact) -> str:
    """What kind of contact it was."""
    return word(ContactKind(contact.kind))


def _page(template: str, case: Case, *, asof: AsOf | None = None, **more: Any) -> str:
    """A page that is given no `asof` knows only today, and says so when another day is asked."""
    on = asof.on if asof else None
    shown, now = case.plan_on(on or today()), case.plan_on(today())
    page = g.page = PlanPage(case.id, case.entries, on or today(), shown)
    return render_template(
        template,
        case=case,
        case_id=case.id,
        page=page,
        plan=page.plan,
        client=now.client,
        now=now,
        called=client_name(now.client),
        today=today(),
        on=on,
        whole_plan=url_for("case.plan", case_id=case.id, on=request.args.get("on"), part=WHOLE),
        asof=asof,
        only_today=asof is None and bool(request.args.get("on")),
        **more,
    )


def _points_at(entry: Any, number: int) -> bool:
    return number in (entry.about, entry.concerns, getattr(entry, "planned", None)) and entry.number != number


for speak in (fact, known_day, month, age, share, contact_kind, local_day):
    blueprint.add_app_template_global(speak)
