"""The working context: the talk that goes on fills in the date, who were there, and that it was one talk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import flash, redirect, request, session, url_for
from flask_babel import gettext
from marshmallow import EXCLUDE, Schema, ValidationError

from web.access import case_or_404, may
from web.desk import today
from web.forms.fields import Day, Lines
from web.saving import values_of, wrong

TALKS = "talks"  # the place in the session


@dataclass(frozen=True)
class Talk:
    """A talk of this session: its day, who were there, and the id that ties its entries together."""

    conversation_id: UUID
    on: date
    present: tuple[str, ...] = ()


def talk_of(case_id: UUID) -> Talk | None:
    """The talk that is going on in this case."""
    kept = session.get(TALKS, {}).get(str(case_id))
    if kept is None:
        return None
    return Talk(UUID(kept["conversation_id"]), date.fromisoformat(kept["on"]), tuple(kept["present"]))


def start_talk(case_id: UUID, on: date, present: tuple[str, ...]) -> None:
    """From now on entries in this case are of this talk."""
    kept = {"conversation_id": str(uuid4()), "on": on.isoformat(), "present": list(present)}
    session[TALKS] = {**session.get(TALKS, {}), str(case_id): kept}


def stop_talk(case_id: UUID) -> None:
    """The talk is over."""
    session[TALKS] = {other: kept for other, kept in session.get(TALKS, {}).items() if other != str(case_id)}


class TalkForm(Schema):
    """What makes a talk: its day, and who were there."""

    class Meta:
        """The button that was pressed comes along."""

        unknown = EXCLUDE

    on = Day("Date", required=True)
    present = Lines("Who were there?")


@may("record")
def talking(case_id: UUID) -> Any:
    """Start the talk, or stop it."""
    case = case_or_404(case_id)
    if "stop" in request.form:
        stop_talk(case.id)
    else:
        try:
            talk = TalkForm().load(values_of(TalkForm(), request.form))
            on = min(talk["on"], today())
            start_talk(case.id, on, talk.get("present", ()))
        except ValidationError as error:
            for sentences in wrong(TalkForm(), error).values():
                flash(" ".join(sentences), "warn")
    return redirect(url_for("record.overview", case_id=case.id), 303)


def said_when(talk: Talk) -> str:
    """The talk in one line: of today, or of which day; and who were there."""
    which = gettext("Talk of today") if talk.on == today() else f"{gettext('Talk of')} {talk.on:%d-%m-%Y}"
    return ", ".join([which, *talk.present])
