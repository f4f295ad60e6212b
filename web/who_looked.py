"""Who looked: for the client and who speaks for them, in plain words, with a way to object."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from marshmallow import ValidationError

from domain.access import Ground
from domain.case import Case
from domain.days import HERE, local_day
from domain.emergency import EmergencyAccessUsed
from domain.entry import Role
from domain.errors import Refused
from domain.kinds import RequestKind, Voice
from domain.store.access_log import OBJECTION, words_of
from projections import access
from projections.access import Looks, Period
from projections.my_plan import own_cases, readable
from web.access import actor, case_or_404, may, require
from web.caseload import page_number
from web.desk import casework, rows, today
from web.forms.asking import EntryForm
from web.forms.fields import Words, day_from
from web.looker import ground_in_words, parts_in_words, role_in_words, why_in_words
from web.looks import wrote
from web.my_words import You, spoken_to
from web.saving import Errors, Sent, Typed, fresh, keep, refused, values_of, wrong

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

    @property
    def is_emergency(self) -> bool:
        return self.looks.ground == Ground.EMERGENCY


@blueprint.get("/my-plan/who-looked")
@may("read_own_plan")
def mine() -> Any:
    """Of their own plan; of the newest when there are more."""
    with rows() as db:
        own = own_cases(db, actor().user)
    return redirect(url_for("who_looked.who_looked", case_id=own[0]), 303) if own else abort(404)


@blueprint.get("/my-plan/<uuid:case_id>/who-looked")
@may("read_own_plan")
def who_looked(case_id: UUID) -> str:
    """By day, the newest first. What stood on a list only is apart."""
    case, in_list = case_or_404(case_id), request.args.get("lists") == "1"
    typed = {name: request.args.get(name, "").strip() for name in ("since", "until")}
    days = {name: day_from(text) for name, text in typed.items()}
    number = page_number(request.args.get("page", ""))
    with rows() as db:
        found = access.of_client(db, case.id, Period(**days), number, in_list=in_list)
        own = own_cases(db, actor().user)
    asked = {**{name: text for name, text in typed.items() if text}, **({"lists": "1"} if in_list else {})}
    return _page(
        "who-looked.html",
        case,
        days=_by_day(case, found),
        found=found[0].found if found else 0,
        a_page=access.ROWS,
        number=number,
        in_list=in_list,
        typed=typed,
        unreadable={name for name, text in typed.items() if text and days[name] is None},
        own=own,
        address=partial(_address, case.id, asked),
        at_page=lambda page: _address(case.id, asked, page=page),
        clock=lambda of: f"{of.astimezone(HERE):%H:%M}",
    )


@blueprint.get("/my-plan/<uuid:case_id>/who-looked/objection")
@may("read_own_plan")
def ask(case_id: UUID) -> str:
    """To ask, or to say that it is not right."""
    return _form(case_or_404(case_id), request.args)


@blueprint.post("/my-plan/<uuid:case_id>/who-looked/objection")
@may("read_own_plan")
def object_to(case_id: UUID) -> Any:
    """It becomes a request of the client, that the coordinator answers within a month."""
    require("receive_request")
    case, form, typed = case_or_404(case_id), Objection(), request.form
    sent = Sent.of(typed)
    try:
        filled = values_of(form, typed)
        filled.pop("look", None)  # which one it is about: read apart
        facts = form.facts(filled, actor())
        words = "\n".join(filter(None, (_about(case, typed), facts["words"])))
        how: dict[str, Any] = {"by": actor(), "happened_on": today(), "posted": sent.posted}
        number = keep(
            case.id,
            sent,
            set(),
            lambda case: case.receive_request(RequestKind.OBJECTION, _voice(), words, **how),
        )
    except ValidationError as error:
        return _form(case, typed, wrong(form, error)), 422
    except Refused as error:
        return _form(case, typed, refused(form, error)), 422
    wrote(case.id, number, OBJECTION)
    flash(gettext("Your question is sent. You get an answer within a month."))
    return redirect(url_for("who_looked.who_looked", case_id=case.id), 303)


def _address(case_id: UUID, asked: dict[str, str], **other: object) -> str:
    """The same question with something else in it."""
    same = {name: value for name, value in (asked | other).items() if value}
    return url_for("who_looked.who_looked", case_id=case_id, **same)  # type: ignore[arg-type]


def you_to(case: Case) -> You:
    """How this reader is spoken to."""
    return spoken_to(case.plan.client, represents=actor().role is Role.REPRESENTATIVE)


def told(case: Case, looks: Looks) -> Told:
    """In words: who that is to the client, on what ground, and what they saw."""
    you = you_to(case)
    who = role_in_words(looks.user_role, looks.organisation, you)
    return Told(
        looks, who, ground_in_words(looks.ground, you), parts_in_words(looks.parts), _reasons(case, looks)
    )


def _reasons(case: Case, looks: Looks) -> list[str]:
    """What they said it was for: a manager before they looked, somebody in an emergency when they came in."""
    if looks.ground == Ground.EMERGENCY:
        used = (e for e in readable(case.entries, today()) if isinstance(e, EmergencyAccessUsed))
        said = [e.reason for e in used if e.by.user == looks.user_id and local_day(e.timestamp) <= looks.day]
        return [str(said[-1])] if said else []
    sealed = zip(looks.whys, looks.requests, strict=True)
    words = (words_of(casework().vault, case.id, request_id, why) for why, request_id in sealed)
    return [why_in_words(one) for one in dict.fromkeys(words) if one]


def _by_day(case: Case, found: list[Looks]) -> list[tuple[date, list[Told]]]:
    days: dict[date, list[Told]] = {}
    for looks in found:
        days.setdefault(looks.day, []).append(told(case, looks))
    return list(days.items())


def _about(case: Case, typed: Typed) -> str:
    """Which look it is about, in one line; nothing when it is about none, or about one that is not here."""
    number = page_number(typed.get("look", ""))
    with rows() as db:
        looks = access.one_look(db, case.id, number) if typed.get("look") else None
    if looks is None:
        return ""
    return str(gettext("About: %(name)s, %(day)s.", name=looks.user_name, day=f"{looks.day:%d-%m-%Y}"))


def _voice() -> Voice:
    return Voice.REPRESENTATIVE if actor().role is Role.REPRESENTATIVE else Voice.CLIENT


def _form(case: Case, typed: Typed, errors: Errors | None = None) -> str:
    return _page(
        "who-looked-objection.html",
        case,
        about=_about(case, typed),
        form=Objection(),
        typed=typed,
        errors=errors or {},
        version=typed.get("version", case.version),
        posted=typed.get("posted", fresh()),
    )


def _page(template: str, case: Case, **more: Any) -> str:
    return render_template(template, case=case, plan=case.plan, you=you_to(case), **more)
