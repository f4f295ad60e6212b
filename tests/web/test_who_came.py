"""The page of the people shows who really came, and from there contacts are recorded and cancelled."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Role
from domain.kinds import ByWhom, ContactKind
from domain.store.database import APP
from tests import given
from tests.projections.conftest import a_follower
from tests.web.conftest import Visitor, case_page, desk_of, says_what_for

OPENED = given.a_clock(given.OPENING)()


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse", Role.COORDINATOR)


def a_case(app: Flask, weeks: int, *, groups: int = 0) -> Case:
    """Sanne's case, to whom Thomas came every week, and who went to a group."""
    case, casework = given.sanne(), desk_of(app).casework
    casework.open(case)
    log, thomas = casework.contacts(case.id), given.person_called(case, "Thomas Visser")
    for week in range(weeks + groups):
        log.hold_contact(
            by=given.WORKER,
            workers=(thomas,),
            organisation="De Brug",
            started_at=OPENED + timedelta(weeks=week + 1),
            kind=ContactKind.PERSONAL if week < weeks else ContactKind.GROUP,
        )
    casework.keep(log)
    follow(app)
    return case


def follow(app: Flask) -> None:
    desk = desk_of(app)
    with psycopg.connect(desk.database.dsn(APP), autocommit=True) as db:
        while a_follower(desk.database, desk.casework).step(db):
            pass


def people_of(visitor: Visitor, case: Case) -> str:
    return visitor.get(f"{case_page(case.id)}/people").text


def test_without_contacts_there_is_a_sentence_and_a_way_to_record_one(app: Flask, ilse: Visitor) -> None:
    page = people_of(ilse, a_case(app, 0))
    assert "Er is nog geen contact vastgelegd." in page
    assert 'id="came-t"' not in page
    assert "/record/hold-contact" in page


def test_pictures_have_a_title_a_description_and_a_table(app: Flask, ilse: Visitor) -> None:
    page = people_of(ilse, a_case(app, 12))
    for picture in ("came", "steady"):
        assert f'aria-labelledby="{picture}-t {picture}-d"' in page
    assert "Hoe vast de gezichten zijn: de laatste 10 contacten, en per 28 dagen" in page
    assert page.count("<polyline") == 1
    assert re.search(r"<td>1,00</td>", page)
    assert "niet bekend" in page


def test_what_is_left_out_is_said(app: Flask, ilse: Visitor) -> None:
    assert "2 contacten tellen niet mee" in people_of(ilse, a_case(app, 3, groups=2))
    assert "tellen niet mee" not in people_of(ilse, a_case(app, 3))


def test_only_groups_give_no_picture(app: Flask, ilse: Visitor) -> None:
    assert "Geen contact vertelt wie er kwam." in people_of(ilse, a_case(app, 0, groups=2))


def test_the_latest_contacts_come_first_each_with_a_way_to_cancel_it(app: Flask, ilse: Visitor) -> None:
    case = a_case(app, 12)
    page = people_of(ilse, case)
    links = re.findall(r'href="([^"]+contact_id=[^"]+)"', page)
    log = desk_of(app).casework.contacts(case.id)
    assert [UUID(link[-36:]) for link in links] == [held.contact_id for held in log.held[:1:-1]]
    form = ilse.get(links[0]).text
    assert f'value="{log.held[-1].contact_id}" selected' in form
    log.cancel_contact(by=given.WORKER, contact_id=log.held[-1].contact_id, by_whom=ByWhom.CLIENT)
    desk_of(app).casework.keep(log)
    follow(app)
    assert links[0] not in people_of(ilse, case)


def test_who_may_only_read_gets_no_way_to_change_a_contact(app: Flask, as_: Callable[..., Visitor]) -> None:
    case, hanneke = a_case(app, 12), as_("hanneke", Role.MANAGER, team="")
    says_what_for(hanneke, case.id)
    page = people_of(hanneke, case)
    assert "Wie er echt kwam" in page
    assert "-contact" not in page
