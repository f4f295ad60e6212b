"""What a program reads when something does not work: problem+json (RFC 9457), in the language it asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Never

import msgspec
from flask import Response, abort, request

from web.session import API

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Problem:
    """What went wrong. By kind there is more: `errors` are the sentences by field; `code` names why the case
    does not take it, and `field`, where it is known, what of the body that is about; `parameter` is wrong in
    the address; `entries` were recorded meanwhile.
    """

    status: int
    title: str
    detail: str
    type: str = "about:blank"


def is_asked_by_a_program() -> bool:
    """Whether this request gets its errors as problem+json."""
    return request.path.startswith(API)


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """The answer that says what went wrong."""
    said = Problem(status, HTTPStatus(status).phrase, str(detail))
    body = msgspec.json.encode({**msgspec.to_builtins(said), **more})
    return Response(body, status, headers, content_type=MEDIA_TYPE)


def refuse(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> Never:
    """Stop here, with this answer."""
    abort(problem(status, detail, headers, **more))
