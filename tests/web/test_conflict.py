"""The page that shows both texts shows of the other's what this reader reads on the timeline, and no more."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask

from domain.case import Case
from domain.kinds import PersonKind, WhyRestricted, WhyWithdrawn
from tests import given
from tests.given import telling
from tests.web.conftest import Visitor, desk_of
from tests.web.filling import address, kept, opened

SECRET = "Zij slaapt bij haar zus."


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse", team="Noord")


def noted(case: Case) -> int:
    case.make_observation(SECRET, **telling())
    return case.version


def of_another_team(case: Case) -> int:
    ria = case.join_person(name="Ria", kind=PersonKind.RELATIVE, **telling())
    case.hear_network_view(ria, SECRET, unasked=True, **telling(by=given.PARTNER))
    return case.version


def in_the_wrong_case(case: Case) -> int:
    number = noted(case)
    case.withdraw_entry(number, WhyWithdrawn.WRONG_CLIENT, words=SECRET, **telling())
    return number


def not_used_now(case: Case) -> int:
    number = noted(case)
    case.restrict_entry(number, WhyRestricted.OBJECTION, **telling())
    return number


def overtaken(app: Flask, ilse: Visitor, tell: Callable[[Case], int]) -> tuple[int, str]:
    """What Ilse gets who answers this entry with a page that she opened before all of it."""
    case_id: UUID = kept(app, given.sanne())
    where = address(case_id, "add_statement")
    mine = opened(ilse, where)
    with desk_of(app).casework.changing(case_id) as change:
        entry = tell(change.case)
    answer = ilse.post(
        where, data=mine | {"entry": str(entry), "words": "Ik zie dat anders.", "stated_by": "client"}
    )
    return answer.status_code, answer.text


@pytest.mark.parametrize(
    ("tell", "why"),
    [
        (of_another_team, "Alleen voor één team"),
        (in_the_wrong_case, "In het verkeerde dossier geschreven"),
        (not_used_now, "Bewaard, niet in gebruik"),
    ],
)
def test_what_this_reader_may_not_read_is_not_shown_beside_their_own_text(
    app: Flask, ilse: Visitor, tell: Callable[[Case], int], why: str
) -> None:
    status, page = overtaken(app, ilse, tell)
    assert status == 409
    assert SECRET not in page
    assert why in page


def test_what_they_may_read_is_shown(app: Flask, ilse: Visitor) -> None:
    status, page = overtaken(app, ilse, noted)
    assert status == 409
    assert SECRET in page
