"""The caseload: what waits first, found by name without a name in an address, and saved as a list."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask

from domain.case import Case
from domain.kinds import Asks, Voice
from domain.say import Means, Say, Stance
from projections.export.sheet import cell
from projections.read_model import Poison, quarantine
from tests import given
from tests.web.conftest import Visitor, desk_of, token
from tests.web.following import a_case_of, follow, joins, kept

As = Callable[..., Visitor]


@pytest.fixture
def ilse(as_: As) -> Visitor:
    return as_("ilse", team="Noord")


def named(case: Case, name: str) -> Case:
    case.describe_client(name=name, **given.telling())
    return case


def names(page: str) -> list[str]:
    """The clients on a page, in order."""
    return re.findall(r'class="who">\s*<a href="[^"]+">([^<]+)</a>', page)


def searched(browser: Visitor, text: str, address: str = "/cases/search") -> str:
    """Where a search leads."""
    answer = browser.post(address, data={"csrf_token": token(browser, "/cases"), "q": text})
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def test_without_cases_the_list_says_how_they_come(ilse: Visitor) -> None:
    assert "Nog geen cliënten" in ilse.get("/cases").text


def test_each_filter_shows_what_it_says(app: Flask, ilse: Visitor) -> None:
    waiting = a_case_of("Wacht")
    goal = waiting.propose_goal(
        words="Rust",
        words_of=Voice.CLIENT,
        proposed_by=Voice.CLIENT,
        **given.telling(given.OPENING),
    )
    waiting.make_proposal(
        subject=goal,
        now="Rust",
        then="Meer rust",
        proposed_by=Voice.CLIENT,
        asks=Asks.ORGANISATION,
        **given.telling(given.OPENING, given.CLIENT),
    )
    without_say = a_case_of("Zonder")
    other = without_say.propose_goal(
        words="Werk",
        words_of=Voice.WORKER,
        proposed_by=Voice.WORKER,
        **given.telling(given.OPENING),
    )
    without_say.agree_goal(other, **given.deciding(given.OPENING, given.not_asked()))
    late = a_case_of("Laat")
    late.plan_evaluation(date(2026, 1, 20), **given.telling(given.OPENING))
    calm = a_case_of("Rustig")
    kept(app, waiting, without_say, late, calm)
    everything = ilse.get("/cases").text
    assert names(everything) == ["Zonder", "Wacht", "Laat", "Rustig"]
    for words in ("Plan gewijzigd zonder inspraak", "Voorstel van cliënt wacht", "Evaluatie te laat"):
        assert re.search(rf"</svg>\s*{re.escape(words)}", everything), words
    assert names(ilse.get("/cases?waiting=1").text) == ["Wacht"]
    assert names(ilse.get("/cases?without_say=1").text) == ["Zonder"]
    assert names(ilse.get("/cases?late=1").text) == ["Laat"]
    assert names(ilse.get("/cases?evaluation_before=31-12-2026").text) == ["Laat"]
    assert names(ilse.get("/cases?sort=name").text) == ["Laat", "Rustig", "Wacht", "Zonder"]
    assert "Geen cliënten gevonden" in ilse.get("/cases?late=1&waiting=1").text


def test_one_finds_the_clients_of_a_worker(app: Flask, as_: As, ilse: Visitor) -> None:
    noor = as_("noor", given.Role.WORKER).account  # type: ignore[attr-defined]
    hers = a_case_of("Jan Jansen")
    joins(hers, noor)
    kept(app, hers, a_case_of("Piet Pietersen"))
    assert names(ilse.get("/cases?worker=Noor").text) == ["Jan Jansen"]
    assert "Medewerker: Noor" in ilse.get("/cases?worker=Noor").text


def test_closed_cases_are_apart(app: Flask, ilse: Visitor) -> None:
    kept(app, named(given.sanne(), "Open"), given.bram())
    assert names(ilse.get("/cases").text) == ["Open"]
    assert len(names(ilse.get("/cases?closed=1").text)) == 1


def test_a_search_finds_by_name_and_number_and_keeps_both_out_of_the_address(
    app: Flask, ilse: Visitor
) -> None:
    kept(app, a_case_of("Zoë de Vries", "D-17"), a_case_of("Piet Pietersen", "D-18"))
    for text, found in [("zoe", "Zoë de Vries"), ("vries", "Zoë de Vries"), ("d-18", "Piet Pietersen")]:
        where = searched(ilse, text)
        assert text not in where
        assert names(ilse.get(where).text) == [found]
    assert len(names(ilse.get(searched(ilse, "")).text)) == 2


def test_a_search_keeps_the_chosen_filters(ilse: Visitor) -> None:
    assert searched(ilse, "jan", "/cases/search?late=1&sort=name") == "/cases?late=1&sort=name"


def test_a_search_is_gone_after_sign_out(app: Flask, ilse: Visitor) -> None:
    kept(app, a_case_of("Jan Jansen"), a_case_of("Piet Pietersen"))
    searched(ilse, "jan")
    with desk_of(app).pool.connection() as db:
        assert db.execute("SELECT count(*) FROM draad.session WHERE kept LIKE '%jan%'").fetchone() == (1,)
    ilse.post("/sign-out", data={"csrf_token": token(ilse)})
    with desk_of(app).pool.connection() as db:
        assert db.execute("SELECT count(*) FROM draad.session WHERE kept LIKE '%jan%'").fetchone() == (0,)


def test_what_cannot_be_read_in_an_address_is_not_asked(app: Flask, ilse: Visitor) -> None:
    kept(app, a_case_of("Jan Jansen"))
    answer = ilse.get("/cases?sort=x&page=minus&late=yes&evaluation_before=morgen")
    assert names(answer.text) == ["Jan Jansen"]
    assert "Dit is geen dag" in answer.text


def test_there_are_pages(app: Flask, ilse: Visitor) -> None:
    kept(app, *(a_case_of(f"Client {nr:02}") for nr in range(27)))
    assert len(names(ilse.get("/cases?sort=name").text)) == 25
    last = ilse.get("/cases?sort=name&page=2").text
    assert names(last) == ["Client 25", "Client 26"]
    assert 'href="/cases?sort=name&amp;page=1" rel="prev"' in last


def test_the_list_waits_for_the_readers_own_write_and_says_when_it_is_not_there(
    app: Flask, ilse: Visitor
) -> None:
    form = {
        "csrf_token": token(ilse, "/cases/new"),
        "version": "0",
        "posted": str(uuid4()),
        "name": "Nieuw",
        "legal_basis": "wmo",
        "question": "Kan ik hulp krijgen?",
        "initiative": "client",
        "stance": "agrees",
        "happened_on": f"{desk_of(app).casework.clock():%d-%m-%Y}",
    }
    assert ilse.post("/cases/new", data=form).status_code == 303
    assert "staat nog niet in deze lijst" in ilse.get("/cases").text
    follow(app)
    page = ilse.get("/cases").text
    assert "staat nog niet in deze lijst" not in page
    assert names(page) == ["Nieuw"]


def test_the_list_can_be_saved_and_calculates_nothing(app: Flask, ilse: Visitor) -> None:
    kept(app, a_case_of("=HYPERLINK(1)", "+31"), a_case_of("Zoë; de Vries"))
    answer = ilse.get("/cases.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert "no-store" in answer.headers["Cache-Control"]
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0][0] == "Cliënt"
    assert sorted(row[0] for row in rows[1:]) == ["'=HYPERLINK(1)", "Zoë; de Vries"]
    assert ["'+31" in row for row in rows].count(True) == 1


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "＝1"])
def test_no_cell_begins_as_a_formula(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_the_saved_list_is_the_list_on_screen(app: Flask, ilse: Visitor) -> None:
    kept(app, a_case_of("Jan Jansen"), a_case_of("Piet Pietersen"))
    searched(ilse, "jan")
    assert "Piet" not in ilse.get("/cases.csv").text
    assert "Jan" not in ilse.get("/cases.csv?late=1").text


def test_a_case_that_cannot_be_shown_is_counted(app: Flask, ilse: Visitor) -> None:
    kept(app, a_case_of("Jan Jansen"))
    assert "kan niet worden getoond" not in ilse.get("/cases").text
    with desk_of(app).pool.connection() as db:
        for model in ("caseload", "say"):
            quarantine(db, [Poison(uuid4(), model, 1, "ValueError")])
    assert "1 dossier kan niet worden getoond" in ilse.get("/cases").text


def test_the_list_counts_what_the_client_wants_to_talk_about_apart_from_a_no(
    app: Flask, ilse: Visitor
) -> None:
    case = a_case_of("Jan Jansen")
    for say in (given.wants_to_talk(), Say(Stance.AGREES, Means.SHOWN)):
        goal = case.propose_goal(
            words="Rust",
            words_of=Voice.CLIENT,
            proposed_by=Voice.CLIENT,
            **given.telling(given.OPENING),
        )
        case.agree_goal(goal, **given.deciding(given.OPENING, say))
    kept(app, case)
    assert "2 doelen: 1 nu niet, of eerst praten, 1 niet bekend" in ilse.get("/cases").text
    head, row = csv.reader(io.StringIO(ilse.get("/cases.csv").text.removeprefix("\ufeff")), delimiter=";")
    counts = dict(zip(head, row, strict=True))
    assert (counts["Doelen"], counts["Eens"], counts["Oneens"]) == ("2", "0", "0")
    assert (counts["Nu niet, of wil eerst praten"], counts["Niet bekend wat de cliënt vindt"]) == ("1", "1")


def test_the_list_tells_what_the_client_said_of_running_support(app: Flask, ilse: Visitor) -> None:
    case = given.with_support()
    kept(app, case)
    assert ">1 hulp: 1 eens<" in ilse.get("/cases").text
    case.take_stance(given.the(case.plan.supports), given.no(), **given.telling())
    kept(app, case)
    assert ">1 hulp: 1 oneens<" in ilse.get("/cases").text
    head, row = csv.reader(io.StringIO(ilse.get("/cases.csv").text.removeprefix("\ufeff")), delimiter=";")
    counts = dict(zip(head, row, strict=True))
    assert (counts["Hulp die loopt"], counts["Eens met hulp"], counts["Oneens met hulp"]) == ("1", "0", "1")
