"""The body of a request: JSON, decoded here and nowhere else, and refused when it is too much or unclear."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from flask import abort, request
from flask_babel import lazy_gettext as _

from web.api.problem import refuse

DEEPEST, MOST = 40, 20_000  # levels, and values in all
# A string that does not end runs to the end: each character is looked at once, whatever was sent.
SIGNS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]', re.DOTALL)
NOT_TEXT = re.compile("[\ud800-\udfff]")
ONLY_JSON = _("Send JSON, with Content-Type: application/json.")
NO_JSON = _("The body is not JSON as it should be: an object in UTF-8, without NaN and with each name once.")
TOO_MUCH = _("The body is nested too deep or holds too many values. Nothing was recorded.")


class Unclear(ValueError):
    """JSON that two readers could read differently."""


def sent() -> dict[str, Any]:
    """The JSON object that was sent; 413, 415 or 400 when it cannot be taken."""
    if request.mimetype != "application/json":
        refuse(415, ONLY_JSON)
    try:
        text = _whole().decode()
        _measure(text)
        found = decoded(text)
    except (ValueError, RecursionError):  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        refuse(400, NO_JSON)
    if not isinstance(found, dict):
        refuse(400, NO_JSON)
    return found


def _whole() -> bytes:
    """The body; 413 when it is over MAX_CONTENT_LENGTH, where one that tells no length would be cut off."""
    raw, most = request.get_data(cache=False), request.max_content_length
    if request.content_length is None and most is not None and len(raw) >= most:
        abort(413)
    return raw


def decoded(text: str) -> Any:
    """What it says. Unclear: a name twice, a number without end, half a character."""
    found = json.loads(
        text, object_pairs_hook=_once_each, parse_constant=_no_constant, parse_float=_with_an_end
    )
    if "\\u" in text and NOT_TEXT.search(json.dumps(found, ensure_ascii=False)):
        raise Unclear
    return found


def _measure(text: str) -> None:
    """Before it is read: how deep, and how much."""
    depth, values = 0, 1
    for sign in SIGNS.findall(text):
        if sign in ("[", "{"):
            depth, values = depth + 1, values + 1
        elif sign in ("]", "}"):
            depth -= 1
        elif sign == ",":
            values += 1
        if depth > DEEPEST or values > MOST:
            refuse(400, TOO_MUCH)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Unclear
    return found


def _no_constant(_constant: str) -> Any:
    raise Unclear


def _with_an_end(number: str) -> float:
    found = float(number)
    if not math.isfinite(found):
        raise Unclear
    return found
