"""The log manager reads who looked, goes through each month, and leaves a line of that too."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from flask import Flask

from domain.access import Ground
from domain.case import Case
from domain.entry import Actor, Role
from domain.store.access_log import THE_LOG
from tests.web.conftest import Visitor, desk_of, token
from tests.web.following import a_case_of, kept
from tests.web.test_looks import logged
from tests.web.test_who_looked import NOOR, RUUD, looked, main_of

As = Callable[..., Visitor]
OCTOBER = datetime(2026, 10, 12, 9, tzinfo=UTC)
REVIEW = "/access-log/reviews/2026-10"


@pytest.fixture
def case(app: Flask) -> Case:
    case = a_case_of("Jan Jansen", "2026-1")
    kept(app, case)
    return case


@pytest.fixture
def lieke(as_: As) -> Visitor:
    """The log manager."""
    return as_("lieke", Role.LOG_MANAGER)


def test_it_tells_who_looked_at_what_on_what_ground(app: Flask, case: Case, lieke: Visitor) -> None:
    looked(app, case, RUUD, Ground.PURPOSE, why="Een klacht")
    text = main_of(lieke, "/access-log")
    assert "Ruud Maas" in text
    assert "2026-1" in text
    assert "leidinggevende, met een reden “Een klacht”" in text
    assert "Jan Jansen" not in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("case=2026-1", {"Noor Bakker", "Ruud Maas"}),
        ("case=2026-9", set()),
        ("user=noor", {"Noor Bakker"}),
        ("user=%25", set()),
        ("ground=emergency", {"Ruud Maas"}),
        ("since=13-10-2026", {"Ruud Maas"}),
        ("until=12-10-2026", {"Noor Bakker"}),
        ("since=ooit", {"Noor Bakker", "Ruud Maas"}),
    ],
)
def test_it_can_be_searched(app: Flask, case: Case, lieke: Visitor, asked: str, found: set[str]) -> None:
    looked(app, case, NOOR, at=OCTOBER)
    looked(app, case, RUUD, Ground.EMERGENCY)
    text = main_of(lieke, f"/access-log?{asked}")
    assert {name for name in ("Noor Bakker", "Ruud Maas") if name in text} == found


def test_the_pages_go_on_where_they_ended_whatever_comes_in(app: Flask, case: Case, lieke: Visitor) -> None:
    for number in range(30):
        looked(app, case, Actor(UUID(int=number), Role.WORKER, f"Noor {number:02}"))
    first = lieke.get("/access-log?user=Noor").text
    assert first.count('<td role="cell" data-label="Wie"') == 25
    looked(app, case)
    before = first.partition("before=")[2].partition('"')[0]
    assert [f"Noor {number:02}" in first for number in (4, 5, 29)] == [False, True, True]
    rest = lieke.get(f"/access-log?user=Noor&before={before}").text
    assert rest.count('<td role="cell" data-label="Wie"') == 5
    assert [f"Noor {number:02}" in rest for number in (0, 4, 5)] == [True, True, False]


def test_what_one_person_opened_of_a_case_on_a_day_is_one_line_with_its_pages(
    app: Flask, case: Case, lieke: Visitor
) -> None:
    """On another day, or on another ground, it is another line."""
    for detail in ("case.case", "look_back.look_back", "questions.of_case", "questions.of_case"):
        looked(app, case, detail=detail)
    looked(app, case, at=OCTOBER)
    looked(app, case, ground=Ground.EMERGENCY)
    page = lieke.get("/access-log?user=Noor").text
    text = main_of(lieke, "/access-log?user=Noor")
    assert page.count('<td role="cell" data-label="Wie"') == 3
    assert "4 keer" in text
    assert "alles in het kort, hoe het eerder was, vragen over hoe het ging" in text


def test_who_stood_on_a_list_stands_apart_from_what_was_opened(
    app: Flask, case: Case, lieke: Visitor
) -> None:
    looked(app, case, NOOR)
    other = a_case_of("Piet Pietersen", "2026-2")
    kept(app, other)
    for one in (case, other):
        looked(app, one, RUUD, code="list")
    opened, on_a_list = main_of(lieke, "/access-log"), main_of(lieke, "/access-log?lists=1")
    assert ("Noor Bakker" in opened, "Ruud Maas" in opened) == (True, False)
    assert ("Noor Bakker" in on_a_list, "Ruud Maas" in on_a_list) == (False, True)
    assert on_a_list.count("Ruud Maas") == 1
    assert "2 dossiers" in on_a_list
    saved = lieke.get("/access-log.csv").text
    assert "Noor Bakker" in saved
    assert "Ruud Maas" in saved


def test_reading_the_log_is_a_line_in_it(app: Flask, case: Case, lieke: Visitor) -> None:
    lieke.get("/access-log")
    lieke.get("/access-log?case=2026-1")
    lieke.get("/access-log.csv")
    assert [line[:3] for line in logged(app)] == [
        ("read_log", "R", THE_LOG),
        ("read_log", "R", case.id),
        ("export_log", "R", THE_LOG),
    ]


def test_the_spreadsheet_has_the_fields_of_the_norm_and_runs_nothing(
    app: Flask, case: Case, lieke: Visitor
) -> None:
    looked(app, case, Actor(UUID(int=0xE9), Role.WORKER, "=1+1", "De Linde"))
    answer = lieke.get("/access-log.csv?user=%3D")
    text = answer.data.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text), dialect=csv.Sniffer().sniff(text.splitlines()[0]))
    assert row["event_code"] == "read"
    assert row["user_name"].startswith("'=")
    assert row["object_id"] == str(case.id)
    assert row["source_id"].startswith("draad@")


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.LOG_MANAGER, Role.IMPORT}])
def test_for_others_it_does_not_exist(as_: As, role: Role) -> None:
    browser = as_("vera", role)
    for address in ("/access-log", "/access-log.csv", "/access-log/reviews", REVIEW):
        assert browser.get(address).status_code == 404


def test_a_month_is_gone_through_by_reason(app: Flask, case: Case, lieke: Visitor) -> None:
    looked(app, case, NOOR, Ground.EMERGENCY, at=OCTOBER)
    looked(app, case, RUUD, Ground.PURPOSE, at=OCTOBER)
    looked(app, case, Actor(UUID(int=1), Role.WORKER, "Zus Zuid", "", "Zuid"), at=OCTOBER)
    looked(app, case, Actor(UUID(int=2), Role.CLIENT, "Jan"), Ground.OWN, at=OCTOBER, code="object_to_look")
    text = main_of(lieke, REVIEW)
    assert "Controle van oktober 2026" in text
    for title, many in (
        ("Geopend in nood", 1),
        ("Geopend door een leidinggevende", 1),
        ("Geopend door iemand van een ander team", 1),
        ("Een cliënt of vertegenwoordiger vroeg ernaar", 1),
        ("Een steekproef, door het toeval getrokken", 3),
    ):
        assert f"{title} ({many})" in text


def test_the_sample_is_the_same_at_every_look(app: Flask, lieke: Visitor) -> None:
    cases = [a_case_of("Jan Jansen", f"2026-{number}") for number in range(40)]
    kept(app, *cases)
    for case in cases:
        looked(app, case, at=OCTOBER)

    def sample() -> str:
        return main_of(lieke, REVIEW).partition("steekproef")[2].partition("Wat hebt u")[0]

    assert sample() == sample()
    assert "(20)" in sample()


def test_a_month_is_late_until_somebody_says_what_they_found(app: Flask, case: Case, lieke: Visitor) -> None:
    looked(app, case, at=OCTOBER)
    assert "De controle van oktober 2026 is te laat" in main_of(lieke, "/access-log")
    sent = {"csrf_token": token(lieke, REVIEW), "version": "0", "posted": str(uuid4())}
    refused = lieke.post(REVIEW, data={**sent, "finding": " "})
    assert refused.status_code == 422
    for _ in range(2):  # sent twice is one review
        assert lieke.post(REVIEW, data={**sent, "finding": "Niets bijzonders."}).status_code == 303
    assert "te laat" not in main_of(lieke, "/access-log")
    text = main_of(lieke, "/access-log/reviews")
    assert text.count("Niets bijzonders.") == 1
    assert "Lieke" in text
    assert logged(app)[-3][0] == "review_log"


def test_this_month_is_not_reviewed_yet(app: Flask, case: Case, lieke: Visitor) -> None:
    looked(app, case, at=desk_of(app).casework.clock())
    assert "Nog niets om na te kijken" in main_of(lieke, "/access-log/reviews")
    today = desk_of(app).casework.clock()
    for month in (f"{today:%Y-%m}", "2026-13", "1999-01"):
        assert lieke.get(f"/access-log/reviews/{month}").status_code == 404


def test_the_pages_are_called_by_their_names_and_a_case_number_does_not_break(
    app: Flask, case: Case, lieke: Visitor
) -> None:
    looked(app, case, detail="case.case")
    looked(app, case, code="hold_conversation", detail="assisted.written_down")
    text = main_of(lieke, "/access-log")
    assert "alles in het kort" in text
    assert "case.case" not in text
    assert "assisted.written_down" not in text
    assert '<a class="nowrap" href="/access-log?case=2026-1">' in lieke.get("/access-log").text
