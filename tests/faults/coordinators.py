"""A coordinator in a process of their own, with the pages of another gunicorn worker."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient

from tests import given
from tests.web.conftest import sign_in
from tests.web.filling import opened
from web.app import create_app

Answer = tuple[int, str]
Send = Callable[..., Future[Any]]
_here: list[FlaskClient] = []


@contextmanager
def coordinator(home: Path, user: str) -> Iterator[Send]:
    """Gives `send(work, …)`: what they do over there."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, fresh, _come_in, (home, user)) as process:
        yield process.submit


def _come_in(home: Path, user: str) -> None:
    pages = create_app(home, SECOND_FACTOR="off", PACE=0, DESK={"clock": given.a_clock()})
    _here.append(pages.test_client())
    assert sign_in(_here[0], user) == 303


def open_form(where: str) -> dict[str, str]:
    return opened(_here[0], where)


def send(where: str, facts: dict[str, str]) -> Answer:
    answer = _here[0].post(where, data=facts)
    return answer.status_code, answer.text


def send_many(where: str, facts: dict[str, str], words: list[str]) -> list[int]:
    """One after the other, each as a form of its own."""
    form = open_form(where) | facts
    return [send(where, form | {"posted": str(uuid4()), "words": one})[0] for one in words]
