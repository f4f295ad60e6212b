"""Signals over all cases that somebody may see, and for managers by team."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext
from werkzeug.routing import BaseConverter, ValidationError

from domain.store.access_log import Code
from projections.read_model import left_out
from projections.signals import lists, looking
from projections.signals.lists import Asked
from projections.signals.signal import Signal, signals
from projections.signals.state import State
from web.access import can, may
from web.caseload import page_number, who_sees
from web.desk import casework, rows, today, wait_for_own_write
from web.logs.looks import listed
from web.noticed import limit_at, look, theirs, title, weighs
from web.spreadsheet import spreadsheet
from web.words import word

blueprint = Blueprint("signals", __name__)


class SignalName(BaseConverter):
    """A signal in an address: many-faces."""

    regex = "[a-z-]+"

    def to_python(self, value: str) -> Signal:
        """404 when there is no such signal."""
        found = signals().get(value.replace("-", "_"))
        if found is None:
            raise ValidationError
        return found

    def to_url(self, value: Signal | str) -> str:
        return in_address(value.name if isinstance(value, Signal) else value)


def in_address(name: str) -> str:
    """many-faces."""
    return name.replace("_", "-")


@blueprint.record
def _know_signals(state: BlueprintSetupState) -> None:
    """Comes before the routes: they are named after signals."""
    state.app.url_map.converters["signal"] = SignalName


@blueprint.get("/signals")
@may("read_signals")
def overview() -> str:
    """Every signal that is noticed somewhere."""
    up_to_date = wait_for_own_write(looking.WHO)
    with rows() as db:
        found = [count for count in lists.counts(db, who_sees()) if count.signal in signals()]
        missing = left_out(db, looking.WHO)
    return render_template(
        "signals.html",
        counts=found,
        missing=missing,
        states=State,
        up_to_date=up_to_date,
        now=casework().clock(),
    )


@blueprint.get("/signals.csv")
@may("export_caseload")
def save_overview() -> Response:
    wait_for_own_write(looking.WHO)
    with rows() as db:
        found = lists.counts(db, who_sees())
    head = [gettext(text) for text in ("Signal", "New", "Put off", "Looked into")]
    cells = [(title(one.signal), one.new, one.postponed, one.handled) for one in found]
    return spreadsheet(f"draad-signals-{today()}", head, cells)


@blueprint.get("/signals/<signal:of>")
@may("read_signals")
def cases(of: Signal) -> str:
    """The cases in which it is noticed."""
    asked, up_to_date = _asked(of), wait_for_own_write(looking.WHO)
    with rows() as db:
        count = lists.how_many(db, who_sees(), asked)
        last = max(1, -(-count // lists.ROWS))
        number = min(page_number(request.args.get("page", "")), last)
        found = lists.cases(db, who_sees(), asked, number)
        teams = lists.teams(db, who_sees()) if can("read_organisation") else []
    listed(one.case_id for one in found)
    return render_template(
        "signal.html",
        signal=of,
        asked=asked,
        found=found,
        count=count,
        number=max(1, number),
        last=last,
        teams=teams,
        states=State,
        a_page=lists.ROWS,
        address=lambda **other: _address(asked, **other),
        at_page=lambda page: _address(asked, page=page),
        up_to_date=up_to_date,
        today=today(),
    )


@blueprint.get("/signals/<signal:of>.csv")
@may("export_caseload")
def save_cases(of: Signal) -> Response:
    asked = _asked(of)
    wait_for_own_write(looking.WHO)
    with rows() as db:
        found = lists.cases(db, who_sees(), asked)
    listed((one.case_id for one in found), Code.EXPORT)
    head = [gettext(text) for text in ("Client", "Case number", "Lead", "Team", "Since", "State", "Until")]
    cells = [
        (one.name, one.case_number, one.lead, one.team, one.since, word(State(one.state)), one.until)
        for one in found
    ]
    return spreadsheet(f"draad-{in_address(of.name)}-{today()}", head, cells)


@blueprint.get("/signals/organisation")
@may("read_organisation")
def organisation() -> str:
    """For managers: the signals of each team, and those that nobody looked into."""
    up_to_date, now = wait_for_own_write(looking.WHO), casework().clock()
    with rows() as db:
        teams = lists.by_team(db, who_sees())
        unattended = lists.unattended(db, who_sees(), now)
        without_lead = lists.without_lead(db, who_sees(), now)
    listed(one.case_id for one in (*unattended, *without_lead))
    return render_template(
        "signals-organisation.html",
        teams=teams,
        unattended=unattended,
        without_lead=without_lead,
        states=State,
        up_to_date=up_to_date,
        days=lists.UNSEEN.days,
        now=now,
    )


@blueprint.get("/signals/organisation.csv")
@may("read_organisation")
def save_organisation() -> Response:
    with rows() as db:
        found = lists.by_team(db, who_sees())
    head = [gettext(text) for text in ("Team", "Signal", "New", "Put off", "Looked into")]
    cells = [(one.team, title(one.signal), one.new, one.postponed, one.handled) for one in found]
    return spreadsheet(f"draad-teams-{today()}", head, cells)


def _asked(of: Signal) -> Asked:
    if not theirs(of):
        abort(404)
    state = next((state for state in State if state == request.args.get("state")), State.NEW)
    team = request.args.get("team", "") if can("read_organisation") else ""
    return Asked(of.name, state, team.replace("\0", ""))


def _address(asked: Asked, to: str = "signals.cases", **other: Any) -> str:
    """The same question with something else in it."""
    same = {"state": asked.state.value if asked.state is not State.NEW else "", "team": asked.team} | other
    return url_for(to, of=asked.signal, **{name: value for name, value in same.items() if value})


SPOKEN: dict[str, Callable[..., Any]] = {
    "signal_title": title,
    "signal_weight": weighs,
    "signal_look": look,
    "limit_at": limit_at,
}
for name, speak in SPOKEN.items():
    blueprint.add_app_template_global(speak, name)
