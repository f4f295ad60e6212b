"""Who looked: for the client and who speaks for them, in plain words, with a way to object."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from domain.access import Ground
from domain.case import Case
from domain.days import HERE
from domain.kinds import RequestKind
from domain.store.access_log import OBJECTION
from projections import access
from projections.access import Looks, Period
from projections.my_plan import own_cases
from web.access import actor, is_theirs, may, require
from web.caseload import page_number
from web.desk import rows, today
from web.forms.asking import EntryForm
from web.forms.fields import Words, day_from
from web.logs.looks import wrote
from web.mine.looker import ground_in_words, parts_in_words, reasons, role_in_words
from web.mine.reader import Reader
from web.saving import Sent, Shown, Typed, keep, taken, values_of

blueprint = Blueprint("who_looked", __name__)


class Objection(EntryForm):
    """What the client asks about who looked, or does not agree with."""

    class Meta(EntryForm.Meta):
        """In own words, and nothing else."""

        fields = ("words",)

    words = Words("What do you want to ask or say?", required=True)


@dataclass(frozen=True)
class Told:
    """The looks of one person on one day, in words."""

    looks: Looks
    who: str
    ground: str
    what: str
    reasons: list[str]
    is_own: bool = False  # of who reads this and speaks for the client

    @property
    def is_emergency(self) -> bool:
        return self.looks.ground == Ground.EMERGENCY


@blueprint.get("/my-plan/looks")
@may("read_own_plan")
def mine() -> Any:
    """Of their own plan; of the newest when there are more."""
    own = _own()
    return redirect(url_for("who_looked.who_looked", case_id=own[0]), 303) if own else abort(404)


@blueprint.get("/my-plan/<uuid:case_id>/looks")
@may("read_own_plan")
def who_looked(case_id: UUID) -> str:
    """By day, the newest first. What stood on a list only is apart."""
    me, in_list = Reader.of(case_id), request.args.get("lists") == "1"
    case = me.case
    typed = {name: request.args.get(name, "").strip() for name in ("since", "until")}
    days = {name: day_from(text) for name, text in typed.items()}
    number = page_number(request.args.get("page", ""))
    with rows() as db:
        found = access.of_client(db, case.id, Period(days["since"], days["until"]), number, in_list=in_list)
    asked = {**{name: text for name, text in typed.items() if text}, **({"lists": "1"} if in_list else {})}
    return _page(
        "who-looked.html",
        me,
        days=_by_day(me, found),
        found=found[0].found if found else 0,
        a_page=access.ROWS,
        number=number,
        in_list=in_list,
        typed=typed,
        unreadable={name for name, text in typed.items() if text and days[name] is None},
        own=_own(),
        address=partial(_address, case.id, asked),
        at_page=lambda page: _address(case.id, asked, page=page),
        clock=lambda of: f"{of.astimezone(HERE):%H:%M}",
    )


@blueprint.get("/my-plan/<uuid:case_id>/looks/objection")
@may("read_own_plan")
def ask(case_id: UUID) -> str:
    """To ask, or to say that it is not right."""
    return _form(Reader.of(case_id), Shown(request.args))


@blueprint.post("/my-plan/<uuid:case_id>/looks/objection")
@may("read_own_plan")
def object_to(case_id: UUID) -> Any:
    """It becomes a request of the client, that the coordinator answers within a month."""
    require("receive_request")
    me = Reader.of(case_id)
    return taken(Objection(), lambda shown: _form(Reader.of(case_id), shown), partial(_object, me))


def _object(me: Reader, sent: Sent) -> Any:
    filled = values_of(Objection(), request.form)
    filled.pop("look", None)  # which one it is about: read apart
    facts, how = Objection().facts(filled, actor()), me.how(sent.posted)
    words = "\n".join(filter(None, (_about(me.case, request.form), facts["words"])))
    objection = (RequestKind.OBJECTION, me.voice, words)
    number = keep(me.case.id, sent, set(), lambda case: case.receive_request(*objection, **how))
    wrote(me.case.id, number, OBJECTION)
    flash(gettext("Your question is sent. You get an answer within a month."))
    return redirect(url_for("who_looked.who_looked", case_id=me.case.id), 303)


def _own() -> list[UUID]:
    """Their cases. Who spoke for a client until yesterday has none of theirs today."""
    with rows() as db:
        found = own_cases(db, actor().user)
    return [case_id for case_id in found if is_theirs(case_id)]


def _address(case_id: UUID, asked: dict[str, str], **other: object) -> str:
    """The same question with something else in it."""
    same = {name: value for name, value in (asked | other).items() if value}
    return url_for("who_looked.who_looked", case_id=case_id, **same)  # type: ignore[arg-type]


def told(me: Reader, looks: Looks) -> Told:
    """In words: who that is to the client, on what ground, and what they saw."""
    who = role_in_words(looks.user_role, looks.organisation, me.you)
    is_own = looks.user_id == me.by.user
    ground = ground_in_words(looks.ground, me.you, before_today=looks.day < today())
    why = me.you("That was you.") if is_own else ground
    return Told(looks, who, why, parts_in_words(looks.parts), reasons(me.case, looks), is_own)


def _by_day(me: Reader, found: list[Looks]) -> list[tuple[date, list[Told]]]:
    days: dict[date, list[Told]] = {}
    for looks in found:
        days.setdefault(looks.day, []).append(told(me, looks))
    return list(days.items())


def _about(case: Case, typed: Typed) -> str:
    """Which look it is about, in one line; nothing when it is about none, or about one that is not here."""
    number = page_number(typed.get("look", ""))
    with rows() as db:
        looks = access.one_look(db, case.id, number) if typed.get("look") else None
    if looks is None:
        return ""
    return str(gettext("About: %(name)s, %(day)s.", name=looks.user_name, day=f"{looks.day:%d-%m-%Y}"))


def _form(me: Reader, shown: Shown) -> str:
    return _page(
        "who-looked-objection.html",
        me,
        about=_about(me.case, shown.typed),
        form=Objection(),
        **shown.on(me.case),
    )


def _page(template: str, me: Reader, **more: Any) -> str:
    return render_template(template, case=me.case, plan=me.plan, you=me.you, **more)
