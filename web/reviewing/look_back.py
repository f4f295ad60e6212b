"""Looking back: the plan as it was and was known, beside another moment, with the say of each change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext, pgettext

from domain.entry import Entry
from domain.nouns import Version
from domain.plan import Plan
from domain.store.log.outside import KEY, NotPinned, pinned
from projections.difference import Became, Change, Difference
from projections.log_check import LOG, LogCheck, log_check
from projections.plan_page import changes_since_version
from projections.shown_facts import Fact
from projections.then import Moment, Readings, Then
from web.access import case_or_404, may
from web.desk import casework, desk, rows, today
from web.reviewing.marks import Part, in_words, marked, person
from web.reviewing.moments import Asked, readings_of
from web.words import client_name, field

blueprint = Blueprint("look_back", __name__)
A_PAGE = 25  # changes; ?part=all has them all
LOOKS = {
    Became.ADDED: ("ok", "act"),
    Became.CHANGED: ("", "plan"),
    Became.LAPSED: ("alert", "cross"),
    Became.NOT_RECORDED: ("warn", "clock"),
}


@dataclass(frozen=True)
class ShownFact:
    """One fact that differs, in words. None: it was not there."""

    label: str
    was: list[Part] | None
    now: list[Part] | None


@blueprint.get("/cases/<uuid:case_id>/look-back")
@may("read_case")
def look_back(case_id: UUID) -> Any:
    """Two moments side by side, and what differs between them."""
    case = case_or_404(case_id)
    now = _now(case.entries)
    readings = readings_of(case)
    plan = readings.at(Moment(today(), now)).plan
    asked = Asked.of(_usual(plan), today(), now)
    if request.args.get("then") and not asked.unreadable:
        return redirect(_address(case_id, _as_known_then(asked)), 303)
    found = Difference(case_id, readings, asked.one, asked.other)
    return render_template(
        "look-back.html",
        case=case,
        case_id=case_id,
        client=plan.client,
        called=client_name(found.after.plan.client),  # as at that moment, whatever they are called since
        plan=plan,
        now=plan,
        today=today(),
        asked=asked,
        found=found,
        plans=(found.after.plan, found.before.plan),
        hidden=len(readings.unread),
        log=_log(),
        recorded=_recorded(case.entries, asked),
        cited=_address(case_id, asked.fixed(now)),
        **_versions(asked, readings),
        **_parts(found.changes),
    )


def _recorded(entries: Sequence[Entry], asked: Asked) -> list[Entry]:
    """Also what this reader may not read: only its number and its moment are shown."""
    return [entry for entry in entries if entry.timestamp <= max(asked.one.known, asked.other.known)]


def _log() -> LogCheck:
    """What is known of the log now, whatever moments are asked for. The key that signs is not needed."""
    try:
        key = pinned(desk().home / KEY, LOG)
    except NotPinned:
        key = None
    with rows() as db:
        return log_check(db, key, casework().clock())


def _address(case_id: UUID, asked: dict[str, Any]) -> str:
    return url_for(".look_back", case_id=case_id, **asked)


def _usual(plan: Plan) -> date:
    """Without a day: the one on which the plan was laid down last, else the opening."""
    return plan.versions[-1].since if plan.versions else plan.opened_on or today()


def _as_known_then(asked: Asked) -> dict[str, str]:
    """Each day with only what was recorded on that day: what came later stays out."""
    days = {"on": f"{asked.one.on:%d-%m-%Y}", "compare": f"{asked.other.on:%d-%m-%Y}"}
    return {**days, "known": days["on"], "compare_known": days["compare"]}


def _now(entries: Sequence[Entry]) -> datetime:
    """This moment, in whole seconds when that leaves nothing out."""
    return max([casework().clock().replace(microsecond=0), *(entry.timestamp for entry in entries[-1:])])


def _versions(asked: Asked, readings: Readings) -> dict[str, Version | None]:
    """The version before and after the one of the first moment, as it was known then."""
    held = readings.at(Moment(today(), asked.one.known)).plan.versions
    here = [version for version in held if version.since <= asked.one.on][-1:]
    earlier = (v for v in reversed(held) if here and v.since < here[0].since)
    return {
        "previous": next(earlier, None),
        "following": next((v for v in held if v.since > asked.one.on), None),
    }


def _parts(changes: list[Change]) -> dict[str, Any]:
    """The part that is asked of the changes, and how many parts there are."""
    last = max(1, -(-len(changes) // A_PAGE))
    asked = request.args.get("part", "")
    part = min(max(1, int(asked)), last) if asked.isascii() and asked.isdigit() else 1
    whole = asked == "all" or last == 1
    first = 0 if whole else (part - 1) * A_PAGE
    return {
        "changes": changes if whole else changes[first : first + A_PAGE],
        "part": part,
        "parts": 1 if whole else last,
        "a_page": A_PAGE,
        "first": first,
    }


def in_facts(change: Change, plans: tuple[Plan, ...]) -> list[ShownFact]:
    """What differs, with the words that do marked. Of what is new or gone there is one side."""
    return [_in_words(fact, plans) for fact in change.facts]


def _in_words(fact: Fact, plans: tuple[Plan, ...]) -> ShownFact:
    label = _of_a_say(fact, plans) or field(fact.name)
    was, now = in_words(fact.was, plans), in_words(fact.now, plans)
    before, after = marked(was, now)
    return ShownFact(label, before if was else None, after if now else None)


def _of_a_say(fact: Fact, plans: tuple[Plan, ...]) -> str:
    """The label of what belongs to what somebody says of it."""
    name = person(fact.person, plans)
    match fact.name:
        case "stance":
            return str(gettext("what %(name)s says of it", name=name))
        case "stance_means":
            return str(gettext("how is known what %(name)s says of it", name=name))
        case "stance_words":
            return str(gettext("what %(name)s says of it, in words", name=name))
    return ""


def kind_name(kind: str) -> str:
    """What kind of thing in the plan it is, in the singular."""
    return str(pgettext("In the plan", kind.replace("_", " ")))


def became(change: Change) -> tuple[str, str, str]:
    """How the mark of what became of it looks, and what it says."""
    words = {
        Became.ADDED: gettext("Added"),
        Became.CHANGED: gettext("Changed"),
        Became.LAPSED: gettext("Lapsed"),
        Became.NOT_RECORDED: gettext("Not recorded yet"),
    }
    return (*LOOKS[change.became], words[change.became])


def since_version(then: Then) -> int:
    """How often the plan changed after the version of that moment."""
    return changes_since_version(then.plan, then.told.values(), then.moment.on)


def event_name(entry: Entry) -> str:
    """What kind of entry it is."""
    return str(pgettext("event", entry.TOPIC.replace("_", " ")))


for speak in (in_facts, in_words, person, kind_name, became, since_version, event_name):
    blueprint.add_app_template_global(speak)
