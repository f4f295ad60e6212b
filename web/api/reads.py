"""What can be read: the same plan, timeline and people as on the pages, on any day, as known by then."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from flask import Blueprint, Response, abort, request, url_for

from domain.case import Case
from domain.days import end_of
from domain.entry import Entry
from domain.kinds import Part
from projections import caseload, contacts
from projections.chain import Chain
from projections.contacts import Contact
from projections.difference import Difference
from projections.entries import TimelineEntry
from projections.masked import masked
from projections.plan_page import PlanPage
from projections.signals.continuity import figures
from projections.then import ALL, Moment
from projections.timeline import timeline
from web.access import can, case_or_404, reads_for, shows
from web.api import differences, entries, shapes
from web.api.asked import NO_PLACE, Asked
from web.api.door import may
from web.api.problem import refuse
from web.caseload import who_sees
from web.desk import rows, today
from web.logs.looks import listed
from web.noticed import noticed_in
from web.reviewing.moments import readings_of
from web.reviewing.questions import answers, now_in

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
BOTH_CLOCKS = ("on", "known")
RESOURCES = ("plan", "difference", "timeline", "people", "contacts", "chain", "signals", "questions", "fhir")
NEEDED = {  # to be read whole, or not at all
    "people": (Part.PEOPLE,),
    "contacts": (Part.PEOPLE,),
    "chain": (Part.STORY, Part.GOALS, Part.SUPPORT),
}
ASKED_FOR = {"signals": "read_signals", "questions": "read_review"}  # another right than to read the case
View = Callable[..., Any]


class Read(NamedTuple):
    """One thing that can be read, for the description of the API: its address, answer, and what it takes."""

    rule: str
    view: View
    answers: Any
    asks: tuple[str, ...]
    media: str = "application/json"
    own: dict[str, Any] = {}  # noqa: RUF012 - read only; what it takes that is not as everywhere


READS: list[Read] = []


def of_case(
    path: str,
    answers: Any,
    *asks: str,
    beside: bool = False,
    right: str = "read_case",
    needs: tuple[Part, ...] = (),
    media: str = "application/json",
) -> Callable[[View], View]:
    """A read of one case: `GET /cases/<id>…`.

    `beside`: it shows more than the case itself, whose version does not say whether the answer is the same.
    `needs`: what has to be shared with a partner before they get it.
    """

    def made(view: View) -> View:
        def answer(case_id: UUID, **parts: Any) -> Any:
            case, asked = case_or_404(case_id, *needs), Asked.now(asks)
            body = msgspec.json.encode(view(case, asked, **parts))
            by_day = "on" in asks and asked.of_today
            return tagged(Response(body, mimetype=media), case, exact=not (by_day or beside))

        answer.__name__, answer.__doc__ = view.__name__, view.__doc__
        rule = f"/cases/<uuid:case_id>{path}"
        blueprint.get(rule)(may(right)(answer))
        READS.append(Read(rule, view, answers, asks, media))
        return view

    return made


def tagged(answer: Response, case: Case, *, exact: bool) -> Any:
    """With its ETag, and 304 when that is the one they have.

    What follows the version tells two answers of one version apart: a decision that counts from today changes
    the plan, and no entry was made.
    """
    more = "" if exact else f".{hashlib.sha256(answer.get_data()).hexdigest()[:12]}"
    answer.set_etag(f"{case.version}{more}")
    return answer.make_conditional(request)


@blueprint.get("/cases")
@may("read_caseload")
def cases() -> Response:
    """The cases that this account may see, as the caseload has them."""
    asked = Asked.now(("after", "limit"))
    with rows() as db:
        found = caseload.after(db, who_sees(), asked.after_case, asked.limit + 1)
    here = found[: asked.limit]
    listed(row.case_id for row in here)
    more = url_for("api.cases", after=here[-1].case_id, limit=asked.limit) if len(found) > len(here) else None
    told = [msgspec.convert(row, shapes.Listed, from_attributes=True) for row in here]
    return Response(msgspec.json.encode(shapes.Listing(told, more)), mimetype="application/json")


READS.append(Read("/cases", cases, shapes.Listing, ("after", "limit")))


@of_case("", shapes.CaseShown)
def case(case: Case, _asked: Asked) -> shapes.CaseShown:
    """Whose case it is, its version, and where the rest is."""
    plan = PlanPage(case.id, readable(case), today()).plan
    here = url_for("api.case", case_id=case.id)
    links = {
        name: f"{here}/{name}"
        for name in RESOURCES
        if shows(*NEEDED.get(name, ())) and can(ASKED_FOR.get(name, "read_case"))
    }
    return shapes.CaseShown(case.id, case.version, plan.client, plan.opened_on, plan.closed_on, links)


@of_case("/plan", shapes.PlanThen, *BOTH_CLOCKS)
def plan(case: Case, asked: Asked) -> Any:
    """The plan on a day, by what was recorded by a moment, with what everybody says of it."""
    return shapes.plan_then(case.version, _page(case, asked), case.id, asked.known)


@of_case("/timeline", entries.Timeline, *BOTH_CLOCKS, "after", "limit")
def whole_timeline(case: Case, asked: Asked) -> entries.Timeline:
    """Every entry up to a day, by what was recorded by a moment, in parts; the newest day first."""
    lines = timeline(case.entries, on=asked.on, known=asked.known, team=reads_for(), today=today())
    first = 0
    if asked.after:
        if asked.after_entry not in lines.numbers:
            refuse(400, NO_PLACE, parameter="after")
        first = lines.numbers.index(asked.after_entry) + 1
    here = lines[first : first + asked.limit]
    more = _rest("api.whole_timeline", case, here[-1].number) if len(lines) > first + len(here) else None
    found = list(map(TimelineEntry.of, here))
    return entries.Timeline(case.id, case.version, asked.on, asked.known, found, more)


def _rest(endpoint: str, case: Case, after: int) -> str:
    """The address of what comes after this number, asked in the same way."""
    same: dict[str, Any] = {**request.args, "case_id": case.id, "after": after}
    return url_for(endpoint, **same)


@of_case("/timeline/<int:number>", TimelineEntry)
def entry(case: Case, _asked: Asked, number: int) -> TimelineEntry:
    """One entry."""
    found = told(case, {number})
    return found[0] if found else abort(404)


@of_case("/people", shapes.People, *BOTH_CLOCKS, needs=NEEDED["people"])
def people(case: Case, asked: Asked) -> shapes.People:
    """Who takes part, and who did before."""
    then = _page(case, asked).plan
    known = asked.known
    return shapes.People(case.id, case.version, asked.on, known, then.people, then.parties, then.leads)


@of_case("/chain", shapes.Chained, *BOTH_CLOCKS, needs=NEEDED["chain"])
def chain(case: Case, asked: Asked) -> shapes.Chained:
    """From wish to support: what came of what, and where a link is missing."""
    found = Chain(_page(case, asked).plan)
    return shapes.Chained(
        case.id, case.version, asked.on, asked.known, found.paths, found.whole, found.supports
    )


@of_case("/contacts", shapes.Contacts, *BOTH_CLOCKS, "after", "limit", beside=True, needs=NEEDED["contacts"])
def who_came(case: Case, asked: Asked) -> shapes.Contacts:
    """Who came when, in the order in which it was written down, and how many people that were."""
    until: dict[str, datetime | None] = {"on": end_of(asked.on), "known": asked.known}
    with rows() as db:
        found = contacts.held(db, case.id, **until, after=asked.after_entry, limit=asked.limit + 1)
        workers, came = contacts.lanes(db, case.id, **until), contacts.of_cases(db, [case.id], **until)
    here = found[: asked.limit]
    more = _rest("api.who_came", case, here[-1].entry) if len(found) > len(here) else None
    return shapes.Contacts(
        case.id, asked.on, asked.known, here, more, workers, figures(came[case.id]) if came else None
    )


@of_case("/contacts/<int:number>", Contact, beside=True, needs=NEEDED["contacts"])
def contact(case: Case, _asked: Asked, number: int) -> Contact:
    """Who came by this entry of the log, as it stands now: also when it does not count any more."""
    return contacts.by_entry(case.log).get(number) or abort(404)


@of_case("/signals", shapes.Signals, beside=True, right="read_signals")
def signals(case: Case, _asked: Asked) -> shapes.Signals:
    """What is noticed in this case today, and what became of it."""
    found = noticed_in(case)
    return shapes.Signals(case.id, case.version, today(), list(map(shapes.SignalShown.of, found)))


@of_case("/difference", differences.Differs, *BOTH_CLOCKS, "compare", "compare_known")
def difference(case: Case, asked: Asked) -> differences.Differs:
    """What differs between two readings of the plan, with the say and the entries of each change."""
    moments = ((asked.on, asked.known), (asked.compare, asked.compare_known))
    one, other = (Moment(on, known or ALL) for on, known in moments)
    return differences.Differs.of(case.version, Difference(case.id, readings_of(case), one, other))


@of_case("/questions", shapes.Questions, *BOTH_CLOCKS, beside=True, right="read_review")
def questions(case: Case, asked: Asked) -> shapes.Questions:
    """What an inspector asks of a case, each with its answer and the entries it rests on."""
    moment = Moment(asked.on, asked.known or now_in(case))
    return shapes.Questions(case.id, case.version, asked.on, asked.known, answers(case, moment))


def readable(case: Case) -> list[Entry]:
    """The entries that may be read, on any day: none of the wrong case, and none that may not be used now."""
    hidden = masked(case.entries, reads_for(), today())
    return [entry for entry in case.entries if entry.number not in hidden]


def told(case: Case, numbers: set[int]) -> list[TimelineEntry]:
    """These entries, as they stand now."""
    lines = timeline(case.entries, team=reads_for(), today=today())
    found = (lines.of(number) for number in lines.numbers if number in numbers)
    return [TimelineEntry.of(line) for line in found if line]


def _page(case: Case, asked: Asked) -> PlanPage:
    by = asked.known
    return PlanPage(case.id, [e for e in readable(case) if by is None or e.timestamp <= by], asked.on)
