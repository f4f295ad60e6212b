"""What can be recorded: every command of a case, by the form that its page has, and no other way."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import msgspec
from flask import Response, abort, request, url_for
from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError

from domain.case import Case
from domain.entry import Entry, Facts
from domain.errors import CaseIsErased, ChangedMeanwhile, NoSuchCase, OtherFacts, Overtaken, Refused
from domain.store.tokens import Scope
from web.access import actor, case_or_404
from web.api import body
from web.api.asked import ISO, NO_DAY
from web.api.door import may
from web.api.problem import refuse
from web.api.reads import blueprint, told
from web.api.shapes import Recorded
from web.desk import casework, desk, today
from web.forms.asking import EntryForm
from web.forms.fields import Day, day_from
from web.forms.situation import Situation
from web.logs.looks import wrote
from web.opening import OpenCase, open_once
from web.record import form_of
from web.saving import Sent, keep, says_the_same, sentence, wrong

LONGEST = 200  # characters of an idempotency key
TAG = re.compile(r'"(\d{1,9})(\.[0-9a-f]+)?"', re.ASCII)
NOT_RIGHT = _("Something is not right yet. Nothing was recorded.")
CHANGED = _("Somebody else recorded something about the same subject since the version in If-Match.")
OTHER_BODY = _("This idempotency key was used before, with another body. Nothing was recorded.")
LONG_KEY = _("An idempotency key has 1 to 200 characters.")
NO_TAG = _('Give If-Match as the ETag came: "12". Nothing was recorded.')
NOT_THIS_CASE = _("This case has no such version. Nothing was recorded.")


@blueprint.post("/cases")
@may("open", Scope.RECORD)
def open_case() -> Response:
    """Open a case for a new client."""
    form, values = OpenCase(), body.sent()
    with explained(form) as facts:
        facts.update(_facts(form, values))
        case_id = _posted("open")
        _once_with_this_body(_made(case_id), facts, form)
        open_once(case_id, facts | {"posted": case_id})
        wrote(case_or_404(case_id).id, 1, "open_case")
    return _recorded(case_id, _made(case_id), url_for("api.case", case_id=case_id))


@blueprint.post("/cases/<uuid:case_id>/commands/<command>")
@may("record", Scope.RECORD)
def record(case_id: UUID, command: str) -> Response:
    """Record one command."""
    case, form, values = case_or_404(case_id), form_of(command), body.sent()
    seen, posted = _version_seen(case), _posted(command, case_id)
    with explained(form, case) as facts:
        form.suit(Situation(case, day_from(str(values.get("happened_on"))) or today()), texts(values))
        facts.update(_facts(form, values))
        _once_with_this_body(case.posted(posted), facts, form)
        about = form.concerns(facts, case) if seen is not None else ()
        sent = Sent(case.version if seen is None else seen, posted)
        keep(case.id, sent, about, lambda case: form.tell(case, {**facts, "posted": posted}))
    if made := case_or_404(case.id).posted(posted):
        return _recorded(case.id, made, url_for("api.entry", case_id=case.id, number=made[0].number))
    return _contact_recorded(case, posted)


@contextmanager
def explained(form: Schema, case: Case | None = None) -> Iterator[Facts]:
    """Why it cannot be recorded, as a problem. The facts that are to be recorded go into what it gives."""
    facts: Facts = {}
    try:
        yield facts
    except ValidationError as error:
        refuse(400, NOT_RIGHT, errors=wrong(form, error))
    except (NoSuchCase, CaseIsErased):
        abort(404)
    except ChangedMeanwhile as error:
        entries = told(case_or_404(case.id), {e.number for e in error.entries}) if case else []
        refuse(412, CHANGED, code=error.code(), entries=msgspec.to_builtins(entries))
    except Overtaken as error:
        refuse(409, sentence(error), code=error.code())
    except OtherFacts as error:
        refuse(422, OTHER_BODY, code=error.code())
    except Refused as error:
        field = error.field or next((n for n, fact in facts.items() if fact and fact == error.about), "")
        more: dict[str, Any] = {"field": field} if field else {}
        refuse(422, sentence(error), code=error.code(), **more)


def _facts(form: EntryForm, values: dict[str, Any]) -> Facts:
    """What was sent, as the command takes it. On a page a day is written as people do, here as yyyy-mm-dd."""
    days = (name for name, asked in form.questions.items() if isinstance(asked, Day))
    unclear = {name: [NO_DAY] for name in days if not _is_iso(values.get(name))}
    try:
        facts = form.facts(values, actor())
    except ValidationError as error:
        raise ValidationError({**error.messages_dict, **unclear}) from error
    if unclear:
        raise ValidationError(unclear)
    return facts


def _is_iso(value: Any) -> bool:
    return value is None or (isinstance(value, str) and ISO.fullmatch(value) is not None)


def texts(values: dict[str, Any]) -> dict[str, str]:
    """What was chosen, for a form that asks on from there."""
    return {name: str(value) for name, value in values.items() if isinstance(value, str | int)}


def _version_seen(case: Case) -> int | None:
    """The version that the writer saw, when they say so."""
    given = request.headers.get("If-Match")
    if given is None or given == "*":
        return None
    found = TAG.fullmatch(given)
    if not found:
        refuse(400, NO_TAG)
    if (seen := int(found[1])) > case.version:
        refuse(412, NOT_THIS_CASE, entries=[])
    return seen


def _posted(command: str, case_id: UUID | None = None) -> UUID:
    """What this request is known by: its key, of this account, for this command.

    Under a key of ours: the id of a new case comes from it, and tells nothing of what somebody chose as key.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return uuid4()
    if not 0 < len(key.strip()) <= LONGEST:
        refuse(400, LONG_KEY)
    what = "\0".join((str(actor().user), str(case_id), command, key.strip()))
    digest = hmac.digest(desk().key("idempotency keys"), what.encode("utf-8", "replace"), "sha256")
    return UUID(bytes=digest[:16], version=4)


def _once_with_this_body(made: list[Entry], facts: Facts, form: Schema) -> None:
    if not says_the_same(made, facts, form.fields):
        refuse(422, OTHER_BODY, code=OtherFacts.code())


def _made(case_id: UUID) -> list[Entry]:
    try:
        return casework().history(case_id).posted(case_id)
    except (NoSuchCase, CaseIsErased):
        return []


def _recorded(case_id: UUID, made: list[Entry], where: str) -> Response:
    version = made[-1].number
    noun = case_id if made[0].number == 1 else _new_noun(case_id, made)
    return _answer(Recorded([entry.number for entry in made], version, noun), where)


def _contact_recorded(case: Case, posted: UUID) -> Response:
    """It stands beside the case, in a log of its own, under the id that it was sent by."""
    held = casework().contacts(case.id).known(posted)
    where = url_for("api.who_came", case_id=case.id)
    return _answer(Recorded([], case.version, held.contact_id if held else None), where)


def _answer(recorded: Recorded, where: str) -> Response:
    answer = Response(msgspec.json.encode(recorded), 201, {"Location": where}, mimetype="application/json")
    answer.set_etag(str(recorded.version))
    return answer


def _new_noun(case_id: UUID, made: list[Entry]) -> UUID | None:
    """The id of what is there since these entries: nothing before was about it."""
    before = {entry.concerns for entry in casework().history(case_id).entries[: made[0].number - 1]}
    new = (entry.concerns for entry in made if isinstance(entry.concerns, UUID))
    return next((noun for noun in new if noun not in before and noun != case_id), None)
