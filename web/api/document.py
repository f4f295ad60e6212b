"""The description of the API in OpenAPI 3.1: made from the forms and from the shapes of the answers."""

from __future__ import annotations

import inspect
import re
from functools import cache
from importlib.metadata import version
from typing import Any, get_args

import msgspec
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Response

from domain import errors
from web.access import PURPOSE_HEADER, open_to_all
from web.api.commands import open_case
from web.api.problem import MEDIA_TYPE, Problem
from web.api.questions import schema_of
from web.api.reads import READS, Read, blueprint
from web.api.shapes import Recorded
from web.forms import nouns_with_forms
from web.forms.asking import EntryForm
from web.opening import OpenCase

Node = dict[str, Any]
REF = "#/components/schemas/{name}"
ABOUT = """The record of a client's trajectory in care, with the client's say as the thread: the same reads
and commands as the pages. Moments are UTC (ISO 8601, ending in Z), days are yyyy-mm-dd and local to
Europe/Amsterdam; 9999-12-31 is a day without end. What people said is kept per person, with how it came
(`means`) and the entry it came by."""
IDEMPOTENCY = """Any text of 1 to 200 characters, a UUID for one. The same command with the same key and body
is recorded once, however often it is sent, and answers the same; with another body it is a problem (422)."""
FOR_MANAGERS = """What a manager reads this case for: complaint, quality, standing_in, incident,
request_of_client, or other and words (`other: …`). Without it a manager gets 403."""
IF_MATCH = """The ETag that came with what you saw. 412 when somebody recorded something about the same
subject since; what they recorded is in the problem. Entries about other subjects are no reason to refuse."""
COMMAND = "/cases/{case_id}/commands/"
CASE_ID: Node = {
    "name": "case_id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
}
ENTRY_NUMBER: Node = {
    "name": "number",
    "in": "path",
    "required": True,
    "schema": {"type": "integer", "minimum": 1, "maximum": 999_999_999},
}
DAY = {"type": "string", "format": "date"}
PARAMETERS: dict[str, Node] = {
    "on": {
        "schema": DAY,
        "description": "What was true on this day (until and including it). Today when it is left out.",
    },
    "known": {
        "schema": {"anyOf": [DAY, {"type": "string", "format": "date-time"}]},
        "description": "What was recorded by this moment; a day means its end. Left out: all there is.",
    },
    "compare": {"schema": DAY, "description": "The other day. Today when it is left out."},
    "compare_known": {
        "schema": {"anyOf": [DAY, {"type": "string", "format": "date-time"}]},
        "description": "What of that day was recorded by this moment. Left out: all there is.",
    },
    "after": {"schema": {"type": "string"}, "description": "Where the list goes on: as in `next`."},
    "limit": {"schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 50}},
}
WRONG: dict[int, str] = {
    400: "What was sent cannot be read, or is not right yet: `errors` says what, by field.",
    401: "There is no token, or it opens nothing.",
    403: "The token's scope, or the account's role, does not reach this far.",
    404: "It does not exist, or it is not yours to see.",
    409: "Somebody recorded something in this case at the same moment: try again.",
    412: "Something was recorded about the same subject since `If-Match`: `entries` says what.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "The record does not take it: `code` and `detail` say why; `field`, where known, names the field.",
    429: "Too many wrong tokens from this address.",
    500: "Something went wrong with us.",
    503: "The database cannot be reached.",
}
CODES = sorted(getattr(errors, name).code() for name in errors.refusals())
BY_KIND: dict[str, Node] = {
    "Problem": {
        "code": {"type": "string", "enum": CODES, "description": "Which rule of the record refuses it."},
        "field": {"type": "string", "description": "What of the body that is about, where it is known."},
    }
}
TO_READ, TO_RECORD = (400, 401, 403, 404, 429, 500, 503), tuple(WRONG)
AN_ANSWER = {
    "happened_on": "2026-11-22",
    "initiative": "client",
    "stance": "agrees",
    "client_words": "Ja, graag.",
}
EXAMPLES: dict[str, Node] = {
    "voice_wish": {
        "happened_on": "2026-11-22",
        "words": "Ik wil weer zwemmen.",
        "form": "said",
        "voiced_by": "client",
    },
    "agree_goal": AN_ANSWER | {"goal_id": "3f0c3a52-6f0b-4f0e-9c2f-1f5b5b8f0a11"},
    "scale_down_support": AN_ANSWER
    | {
        "support_id": "9a7e4b1c-2d38-4c55-8e0f-6b1d2c3e4f50",
        "to": {"number": 2, "unit": "hours", "per": "week"},
        "reason": "Het lukt vaker alleen.",
        "way_back": "Bellen met Thomas, dan is er de volgende week weer meer.",
    },
}


@blueprint.get("/openapi.json")
@open_to_all
def openapi() -> Response:
    """This description."""
    return Response(msgspec.json.encode(document()), mimetype="application/json")


@cache
def document() -> Node:
    """The whole description. It is the same for everybody: what somebody may do is not in it."""
    plugin = MarshmallowPlugin()
    about = {"description": " ".join(ABOUT.split())}
    spec = APISpec("Draad", version("draad"), "3.1.1", [plugin], info=about, servers=[{"url": "/api/v1"}])
    assert plugin.converter  # noqa: S101  # made when the plugin joins a spec
    plugin.converter.add_attribute_function(lambda _, field, **__: schema_of(field))  # type: ignore[no-untyped-call]
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    _shapes(spec)
    for read in READS:
        _read(spec, read)
    _write(spec, "/cases", OpenCase, "opening", inspect.getdoc(open_case) or "")
    for noun, found in nouns_with_forms().items():
        for form in found:
            _write(spec, COMMAND + form.command().replace("_", "-"), form, noun, inspect.getdoc(form) or "")
    spec.path("/openapi.json", operations={"get": _public()})
    described: Node = msgspec.json.decode(msgspec.json.encode(spec.to_dict()))  # lists, no tuples
    return described


def _shapes(spec: APISpec) -> None:
    """The shapes of the answers: in an answer, everything in the shape is there."""
    answers = [read.answers for read in READS]
    _, found = msgspec.json.schema_components([*answers, Recorded, Problem], ref_template=REF)
    for name, shape in found.items():
        for fact in shape.get("properties", {}).values():
            fact.pop("default", None)
        if "properties" in shape:
            shape["required"] = list(shape["properties"])
            shape["properties"] |= BY_KIND.get(name, {})
        spec.components.schema(name, shape)
    for status, sentence in WRONG.items():
        said = {"description": sentence, "content": {MEDIA_TYPE: {"schema": _ref("Problem")}}}
        spec.components.response(f"Wrong{status}", said)


def _read(spec: APISpec, read: Read) -> None:
    path = re.sub(r"<\w+:(\w+)>", r"{\1}", read.rule)
    of_case = "case_id" in path
    asked: list[Node] = [{"name": name, "in": "query", **(PARAMETERS | read.own)[name]} for name in read.asks]
    had: list[Node] = [{"name": "If-None-Match", "in": "header", "schema": {"type": "string"}}]
    parts = [part for part in (CASE_ID, ENTRY_NUMBER) if f"{{{part['name']}}}" in path]
    found: Node = {"description": "Found.", "content": {read.media: {"schema": _answer(read.answers)}}}
    if of_case:
        found["headers"] = {"ETag": {"schema": {"type": "string"}}}
    responses = {"200": found, **_wrong(TO_READ)}
    if of_case:
        responses["304"] = {"description": "The same as you have."}
    parameters = [*parts, *asked, *([*had, _header(PURPOSE_HEADER, FOR_MANAGERS)] if of_case else [])]
    operation: Node = {
        "operationId": read.view.__name__,
        "tags": ["reads"],
        "summary": inspect.getdoc(read.view),
        "parameters": parameters,
        "security": [{"token": []}],
        "responses": responses,
    }
    spec.path(path, operations={"get": operation})


def _write(spec: APISpec, path: str, form: type[EntryForm], noun: str, about: str) -> None:
    spec.components.schema(form.__name__, schema=form)
    of_case = path.startswith(COMMAND)
    sent: Node = {"schema": _ref(form.__name__)}
    if example := EXAMPLES.get(form.command()):
        sent["example"] = example
    responses = {"201": _recorded(), **_wrong(TO_RECORD)}
    operation: Node = {
        "operationId": form.command(),
        "tags": [noun],
        "summary": " ".join(about.split()),
        "parameters": [
            *(
                [CASE_ID, _header("If-Match", IF_MATCH), _header(PURPOSE_HEADER, FOR_MANAGERS)]
                if of_case
                else []
            ),
            _header("Idempotency-Key", IDEMPOTENCY),
        ],
        "requestBody": {"required": True, "content": {"application/json": sent}},
        "security": [{"token": []}],
        "responses": responses,
    }
    spec.path(path, operations={"post": operation})


def _recorded() -> Node:
    headers = {name: {"schema": {"type": "string"}} for name in ("Location", "ETag")}
    return {"description": "Recorded.", "headers": headers, "content": _json(_ref("Recorded"))}


def _header(name: str, about: str) -> Node:
    return {
        "name": name,
        "in": "header",
        "schema": {"type": "string"},
        "description": " ".join(about.split()),
    }


def _public() -> Node:
    found = {"description": "OpenAPI 3.1.", "content": _json({"type": "object"})}
    return {
        "operationId": "openapi",
        "tags": ["reads"],
        "summary": "This description.",
        "security": [],
        "responses": {"200": found, **_wrong((500,))},
    }


def _wrong(statuses: tuple[int, ...]) -> Node:
    return {str(status): {"$ref": f"#/components/responses/Wrong{status}"} for status in statuses}


def _json(schema: Node) -> Node:
    return {"application/json": {"schema": schema}}


def _answer(kind: Any) -> Node:
    of = get_args(kind)  # of a list
    return {"type": "array", "items": _ref(of[0].__name__)} if of else _ref(kind.__name__)


def _ref(name: str) -> Node:
    return {"$ref": REF.format(name=name)}
