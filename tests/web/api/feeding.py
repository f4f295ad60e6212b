"""What a program does that follows the feed, and what is recorded meanwhile."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

from flask import Flask

from domain.case import Case
from domain.entry import Actor
from domain.kinds import ByWhom, Voice, WishForm
from tests import given
from tests.web.api.conftest import Program
from tests.web.conftest import desk_of
from tests.web.following import a_case_of

NEXT = re.compile(r'</api/v1(/events\?[^>]+)>; rel="next"')


def a_case(name: str, by: Actor = given.COORDINATOR) -> Case:
    """Opened in January; it is today now."""
    case = a_case_of(name, by=by)
    given.clock_of(case).to(given.TODAY)
    return case


def told(program: Program, path: str = "/events", **headers: str) -> tuple[list[dict[str, Any]], str]:
    """The events on a page, and the address of the next."""
    answer = program.get(path, **headers)
    assert answer.status_code == 200, answer.text
    again = NEXT.fullmatch(answer.headers["Link"])
    assert again
    found: list[dict[str, Any]] = answer.get_json(force=True)
    return found, again[1]


def places(found: list[dict[str, Any]]) -> list[tuple[str, int]]:
    return [(one["subject"], int(one["sequence"])) for one in found]


def whole(case: Case) -> list[tuple[str, int]]:
    """Its entries, and then who came."""
    came = sorted(event.originator_version for event in (*case.log.held, *case.log.cancelled.values()))
    return [
        *((str(case.id), entry.number) for entry in case.entries),
        *((f"{case.id}/contacts", number) for number in came),
    ]


def comes(app: Flask, case: Case) -> UUID:
    """Somebody who takes part comes; gives the id of the contact."""
    posted, now = uuid4(), desk_of(app).casework.clock()
    with desk_of(app).casework.changing(case.id) as change:
        worker, *_ = change.case.plan.people
        change.case.hold_contact(
            workers=(worker,), started_at=now, minutes=45, posted=posted, **given.telling()
        )
    return posted


def cancel(app: Flask, case: Case, contact: UUID) -> None:
    with desk_of(app).casework.changing(case.id) as change:
        change.case.cancel_contact(contact, ByWhom.CLIENT, **given.telling())


def wish(app: Flask, case: Case, words: str = "Ik wil zwemmen.") -> None:
    with desk_of(app).casework.changing(case.id) as change:
        change.case.voice_wish(words, WishForm.SAID, Voice.CLIENT, **given.telling())
