"""A file that is not yours, in an emergency: found by what one knows of it, and written down."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from domain.case import Case
from domain.emergency import EmergencyAccessUsed
from domain.entry import Role
from domain.permissions import WAYS_IN
from domain.store import faces
from domain.store.faces import Face
from projections.caseload import of_name
from tests import given
from tests.web.conftest import Visitor, desk_of, token
from tests.web.following import a_case_of, follow, kept
from web.forms import forms

As = Callable[..., Visitor]
ADDRESS = "/emergency-access"
WHY = "Zij belde: er is <brand>."
BY_NAME = {"case_number": "", "name": "sanne de graaf", "birth_date": "3-2-1990"}
NOT_FOUND = "Er is geen dossier gevonden, of meer dan één."


@pytest.fixture
def noor(as_: As) -> Visitor:
    """A worker who takes part in nothing."""
    return as_("noor", Role.WORKER)


def sanne(number: str = "Z-1042", born: date = date(1990, 2, 3)) -> Case:
    case = a_case_of("Sanne de Graaf", number)
    case.describe_client(
        name="Sanne de Graaf", case_number=number, birth_date=born, **given.telling(given.OPENING)
    )
    return case


def send(browser: Visitor, posted: UUID | None = None, **other: str) -> Any:
    form = {"csrf_token": token(browser, ADDRESS), "version": "0", "posted": str(posted or uuid4())}
    return browser.post(ADDRESS, data=form | {"case_number": "Z-1042", "reason": WHY} | other)


def used(app: Flask, case: Case) -> list[EmergencyAccessUsed]:
    entries = desk_of(app).casework.history(case.id).entries
    return [entry for entry in entries if isinstance(entry, EmergencyAccessUsed)]


@pytest.mark.parametrize(
    "known",
    [
        {},
        {"case_number": " Z-1042 "},
        BY_NAME,
        BY_NAME | {"name": "Graaf, Sanne de", "birth_date": "1990-02-03"},
    ],
)
def test_the_file_is_found_written_in_and_opened(app: Flask, noor: Visitor, known: dict[str, str]) -> None:
    case, other = sanne(), a_case_of("Jan Jansen", "Z-1")
    kept(app, case, other)
    assert noor.get(f"/cases/{case.id}").status_code == 404
    answer = send(noor, None, **known)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/cases/{case.id}")
    (entry,) = used(app, case)
    assert (entry.by, entry.reason) == (noor.account.actor, WHY)  # type: ignore[attr-defined]
    page = noor.get(f"/cases/{case.id}").text
    assert "Vastgelegd: u opende dit dossier in een noodsituatie." in page
    assert "Noor opende dit dossier in een noodsituatie" in page
    assert "Omdat: Zij belde: er is &lt;brand&gt;." in page
    assert noor.get(f"/cases/{other.id}").status_code == 404


def test_what_was_opened_can_be_written_in_and_does_not_come_on_the_list(app: Flask, noor: Visitor) -> None:
    case = sanne()
    kept(app, case)
    send(noor)
    follow(app)
    assert noor.get(f"/cases/{case.id}/record/take-action").status_code == 200
    assert "Sanne de Graaf" not in noor.get("/cases").text


def test_it_is_over_after_the_next_day(app: Flask, noor: Visitor) -> None:
    case, clock = sanne(), given.a_clock()
    kept(app, case)
    casework = desk_of(app).casework
    casework.clock, of_the_machine = clock, casework.clock
    try:
        send(noor)
        seen = []
        for days in (0, 1, 2):
            clock.to(given.TODAY + timedelta(days=days))
            seen.append(noor.get(f"/cases/{case.id}").status_code)
    finally:
        casework.clock = of_the_machine
    assert seen == [200, 200, 404]


@pytest.mark.parametrize(
    "known",
    [
        {"case_number": "Z-9"},
        {"case_number": "Z-9"} | {n: BY_NAME[n] for n in ("name", "birth_date")},
        BY_NAME | {"birth_date": "4-2-1990"},
        BY_NAME | {"name": "Sanne"},
        BY_NAME | {"name": "\u0301"},
        {"case_number": "Z-2"},
    ],
)
def test_none_and_more_than_one_get_the_same_answer(app: Flask, noor: Visitor, known: dict[str, str]) -> None:
    case, twins = sanne(), [a_case_of("Jan Jansen", "Z-2"), a_case_of("Piet Jansen", "Z-2")]
    kept(app, case, *twins)
    answer = send(noor, None, **known)
    assert answer.status_code == 422
    assert NOT_FOUND in answer.text
    assert "&lt;brand&gt;" in answer.text  # nothing of theirs is lost
    assert not any(used(app, one) for one in (case, *twins))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"case_number": ""}, "case_number"),
        ({"case_number": "", "reason": ""}, "case_number"),  # all at once
        ({"case_number": "", "name": "Sanne de Graaf"}, "case_number"),
        ({"case_number": "", "birth_date": "3-2-1990"}, "case_number"),
        (BY_NAME | {"birth_date": "31-2-1990"}, "birth_date"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    app: Flask, noor: Visitor, typed: dict[str, str], field: str
) -> None:
    case = sanne()
    kept(app, case)
    answer = send(noor, None, **typed)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert used(app, case) == []


def test_the_same_form_twice_is_one_time(app: Flask, noor: Visitor) -> None:
    case, posted = sanne(), uuid4()
    kept(app, case)
    first, second = send(noor, posted), send(noor, posted)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(used(app, case)) == 1
    assert "Er is niets vastgelegd" not in noor.get(f"/cases/{case.id}").text


def test_the_same_form_at_the_same_moment_is_one_time(app: Flask, as_: As) -> None:
    case, posted = sanne(), uuid4()
    kept(app, case)
    browsers = [as_("noor", Role.WORKER) for _ in range(4)]
    with ThreadPoolExecutor(4) as together:
        answers = list(together.map(lambda browser: send(browser, posted), browsers))
    assert [answer.status_code for answer in answers] == [303] * 4
    assert len(used(app, case)) == 1


def test_a_form_of_another_entry_opens_nothing(app: Flask, noor: Visitor) -> None:
    case, posted = sanne(), uuid4()
    case.take_action("Gebeld.", posted=posted, **given.telling(given.OPENING))
    kept(app, case)
    send(noor, posted)
    assert noor.get(f"/cases/{case.id}").status_code == 404


def test_who_may_see_it_already_just_goes_in(app: Flask, as_: As) -> None:
    case, ilse = sanne(), as_("ilse")
    kept(app, case)
    assert send(ilse).headers["Location"] == f"/cases/{case.id}"
    assert used(app, case) == []
    assert "Er is niets vastgelegd" in ilse.get(f"/cases/{case.id}").text


def test_a_name_of_no_letters_is_nobodys(app: Flask) -> None:
    kept(app, given.an_opened_case())  # nobody wrote down who the client is
    with desk_of(app).pool.connection() as db:
        assert of_name(db, "\u0301") == []


def test_a_case_that_went_is_not_there(app: Flask, noor: Visitor) -> None:
    case = sanne()
    kept(app, case)
    with desk_of(app).pool.connection() as db:
        db.execute("UPDATE shown.caseload SET case_id = %(other)s", {"other": uuid4()})
    assert NOT_FOUND in send(noor).text


def test_after_five_that_were_not_found_also_the_right_one_waits(app: Flask, noor: Visitor, as_: As) -> None:
    case = sanne()
    kept(app, case)
    assert [send(noor, case_number=f"X-{nr}").status_code for nr in range(5)] == [422] * 5
    answer = send(noor)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    assert "Wacht 15 minuten" in answer.text
    assert used(app, case) == []
    assert send(as_("kees", Role.WORKER)).status_code == 303  # counted for the account, not the office
    assert as_("noor", Role.WORKER).get("/cases").status_code == 200  # signing in is counted apart


def test_finding_one_does_not_clear_the_way(app: Flask, noor: Visitor) -> None:
    kept(app, sanne())
    for nr in range(4):
        send(noor, case_number=f"X-{nr}")
    assert [send(noor).status_code for _ in range(3)] == [303] * 3
    assert send(noor, case_number="X-4").status_code == 422
    assert send(noor).status_code == 429


def test_a_form_that_could_not_be_read_is_no_search(noor: Visitor) -> None:
    assert [send(noor, reason="").status_code for _ in range(7)] == [422] * 7


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.WORKER, 200),
        (Role.COORDINATOR, 200),
        (Role.MANAGER, 403),
        (Role.REVIEWER, 403),
        (Role.PARTNER, 403),
        (Role.ADMINISTRATOR, 403),
    ],
)
def test_it_is_for_those_who_work_with_clients(app: Flask, as_: As, role: Role, status: int) -> None:
    case, browser = sanne(), as_("vera", role, "Zuid")
    kept(app, case)
    assert browser.get(ADDRESS).status_code == status
    assert (f'href="{ADDRESS}"' in browser.get("/cases").text) is (status == 200)
    if status != 200:
        form = {"csrf_token": token(browser), "version": "0", "posted": str(uuid4())}
        assert browser.post(ADDRESS, data=form | {"case_number": "Z-1042", "reason": WHY}).status_code == 403
        assert used(app, case) == []


def test_no_other_site_can_send_it(app: Flask, noor: Visitor) -> None:
    case = sanne()
    kept(app, case)
    form = {"version": "0", "posted": str(uuid4()), "case_number": "Z-1042", "reason": WHY}
    assert noor.post(ADDRESS, data=form).status_code == 400
    assert used(app, case) == []


def test_the_form_of_a_case_is_only_for_who_sees_it(app: Flask, noor: Visitor, as_: As) -> None:
    case = sanne()
    kept(app, case)
    own = f"/cases/{case.id}/record/use-emergency-access"
    assert noor.get(own).status_code == 404
    assert as_("ilse").get(own).status_code == 200


def test_who_came_in_so_lets_nobody_in_and_not_themselves(app: Flask, noor: Visitor) -> None:
    case, face = sanne(), uuid4()
    kept(app, case)
    token_of = token(noor, "/cases")
    send(noor)
    with desk_of(app).pool.connection() as db:
        faces.ask(db, [Face(case.id, face, "Noor", "De Brug", noor.account.id, given.OPENING)])  # type: ignore[attr-defined]
    own, before = f"/cases/{case.id}", desk_of(app).casework.history(case.id).version
    assert "nieuw gezicht" not in noor.get(own).text
    for command in WAYS_IN & forms().keys():
        page = f"{own}/record/{command.replace('_', '-')}"
        assert [noor.get(page).status_code, noor.post(page, data={"csrf_token": token_of}).status_code] == [
            403
        ] * 2
    sent = {"csrf_token": token_of, "answer": "yes"}
    assert noor.post(f"{own}/faces/{face}", data=sent).status_code == 403
    assert noor.get(f"{own}/record/take-action").status_code == 200  # what helps can be recorded
    assert desk_of(app).casework.history(case.id).version == before
