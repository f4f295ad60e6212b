"""What a form asks, as JSON Schema: how each kind of question is answered in JSON."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from projections.signals.signal import signals
from web.forms import fields
from web.forms.contacts import Hour, Minutes
from web.forms.files import File
from web.forms.picks import ALL, THE_CLIENT, Numbers, OneOrAll, Pick, Picks, Speaker, noun, number
from web.forms.record import Fact, Now
from web.forms.signals import WhichSignal
from web.forms.ties import Ties

Schema = dict[str, Any]
ID: Schema = {"type": "string", "format": "uuid"}
NUMBER: Schema = {"type": "integer", "minimum": 1, "maximum": 999_999_999}
KEYS: dict[Any, Schema] = {noun: ID, number: NUMBER}
EITHER: Schema = {"anyOf": [ID, NUMBER]}  # a noun by its id, or an entry by its number


def schema_of(question: fields.Question) -> Schema:
    """How this is sent, with its label and hint. Dates are ISO here, whatever the hint says."""
    hint = "" if isinstance(question, fields.Day) else question.hint
    said = {"title": question.label, "description": hint}
    return answered(question) | {name: text for name, text in said.items() if text}


@singledispatch
def answered(_: fields.Question) -> Schema:
    """How this kind of question is answered in JSON; a test names the kinds that are not described here."""
    return {}


@answered.register
def _line(question: fields.Line) -> Schema:
    filled: Schema = {"minLength": 1} if question.required else {}
    return {"type": "string", "maxLength": question.most, **filled}


@answered.register
def _lines(_: fields.Lines) -> Schema:
    return _array({"type": "string", "maxLength": fields.Line.most})


@answered.register
def _numbers(_: Numbers) -> Schema:
    return _array(NUMBER)


@answered.register
def _choice(question: fields.Choice) -> Schema:
    return {"type": "string", "enum": [choice.value for choice in question.choices]}


@answered.register
def _signal(_: WhichSignal) -> Schema:
    return {"type": "string", "enum": sorted(signals())}


@answered.register
def _several(question: fields.Several) -> Schema:
    return _array(_choice(question))


@answered.register
def _yes_or_no(_: fields.YesNo) -> Schema:
    return {"type": "boolean"}


@answered.register
def _score(_: fields.Score) -> Schema:
    return {"type": "integer", "minimum": 0, "maximum": 10}


@answered.register
def _day(_: fields.Day) -> Schema:
    return {"type": "string", "format": "date"}


@answered.register
def _amount(_: fields.HowMuch) -> Schema:
    parts = {name: _choice(fields.Choice("", of)) for name, of in fields.HowMuch.PARTS.items()}
    number: Schema = {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 10_000}
    return _object({"number": number, **parts}, "number", *parts)


@answered.register
def _pick(question: Pick) -> Schema:
    return KEYS.get(question.key, EITHER)


@answered.register
def _speaker(_: Speaker) -> Schema:
    return {"anyOf": [ID, {"const": THE_CLIENT}]}


@answered.register
def _one_or_all(_: OneOrAll) -> Schema:
    return {"anyOf": [KEYS[number], {"const": ALL}]}


@answered.register
def _picks(question: Picks) -> Schema:
    return _array(_pick(question))


@answered.register
def _file(_: File) -> Schema:
    return {"type": "string", "contentEncoding": "base64", "minLength": 1}


@answered.register
def _ties(question: Ties) -> Schema:
    name, words = _line(fields.Line("", required=True)), _line(fields.Line(""))
    tie = _object({"person": name, "bond": _choice(question.bond), "words": words}, "person", "bond")
    return _array(tie) | {"minItems": 1}


@answered.register
def _hour(_: Hour) -> Schema:
    return {"type": "string", "pattern": r"^([01]?[0-9]|2[0-3])[:.][0-5][0-9]$"}


@answered.register
def _minutes(_: Minutes) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": 9999}


@answered.register
def _fact(_: Fact) -> Schema:
    return {"type": "string"}  # the name of the fact, as the entry has it


@answered.register
def _now(_: Now) -> Schema:
    return {}  # as the fact that is put right is sent


def _array(items: Schema) -> Schema:
    return {"type": "array", "maxItems": fields.MANY, "items": items}


def _object(properties: Schema, *required: str) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }
