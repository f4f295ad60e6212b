"""What can be read: on any day, as it was known then, and never what belongs to somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Role
from domain.kinds import PersonKind, Voice, WhyWithdrawn, WishForm
from domain.say import Means, Stance
from projections.caseload import CASELOAD
from projections.contacts import CONTACTS
from projections.follower import Follower
from projections.signals.signal import signals
from tests import given
from tests.web.api.conftest import Program, Programs, is_a_problem
from tests.web.conftest import desk_of
from tests.web.filling import a_full_case, kept
from tests.web.following import a_case_of
from tests.web.following import kept as followed
from web.api.reads import READS

OF_A_CASE = [read.rule.removeprefix("/cases/<uuid:case_id>") for read in READS if "case_id" in read.rule]
PATHS = [path.replace("<int:number>", "3") for path in OF_A_CASE]
LOOKS = {"/questions", "/fhir"}  # each look is told there too
FIXED = [path + "?known=2026-11-21" * (path in LOOKS) for path in PATHS]


def with_contacts(app: Flask) -> Case:
    """With something at the place of each read."""
    case = a_full_case()
    kept(app, case)
    came(app, case, [(uuid4(),), (uuid4(),)])
    return case


def at(day: date) -> str:
    return day.isoformat()


def test_a_case_says_whose_it_is_and_where_the_rest_is(app: Flask, ilse: Program) -> None:
    case = a_full_case()
    case_id = kept(app, case)
    answer = ilse.get(f"/cases/{case_id}")
    assert answer.json
    assert (answer.json["case_id"], answer.json["version"]) == (str(case_id), case.version)
    assert answer.json["client"]["name"] == case.plan.client.name
    for link in answer.json["links"].values():
        assert ilse.get(link.removeprefix("/api/v1")).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_each_read_needs_a_token_and_a_case_one_may_see(app: Flask, program: Programs, path: str) -> None:
    case_id = with_contacts(app).id
    assert program().get(f"/cases/{case_id}{path}").status_code == 200
    stranger = program("vera", team="Zuid")
    theirs, nothing = stranger.get(f"/cases/{case_id}{path}"), stranger.get(f"/cases/{uuid4()}{path}")
    assert is_a_problem(theirs, 404) == is_a_problem(nothing, 404)
    is_a_problem(program("admin", Role.ADMINISTRATOR).get(f"/cases/{case_id}{path}"), 404)
    is_a_problem(app.test_client().get(f"/api/v1/cases/{case_id}{path}"), 401)


@pytest.mark.parametrize("path", FIXED)
def test_what_was_not_changed_is_not_sent_again(app: Flask, ilse: Program, path: str) -> None:
    case = with_contacts(app)
    case_id = case.id
    tag = ilse.get(f"/cases/{case_id}{path}").headers["ETag"]
    assert tag.strip('"').split(".")[0] == str(case.version)
    same = ilse.get(f"/cases/{case_id}{path}", If_None_Match=tag)
    assert (same.status_code, same.data) == (304, b"")
    assert ilse.get(f"/cases/{case_id}{path}", If_None_Match='"1"').status_code == 200


def test_the_tag_is_the_version_where_the_version_says_all(app: Flask, ilse: Program) -> None:
    case = a_full_case()
    case_id, on = kept(app, case), f"?on={at(given.TODAY)}"
    for path in ("", f"/plan{on}", f"/timeline{on}", f"/people{on}", "/timeline/3"):
        assert ilse.get(f"/cases/{case_id}{path}").headers["ETag"] == f'"{case.version}"'


def test_the_plan_has_another_tag_when_a_decision_begins_to_count(app: Flask, ilse: Program) -> None:
    """Nothing was recorded in between: the version alone would keep the old plan alive."""
    case = given.with_support()
    support, tomorrow = given.the(case.plan.supports), given.TODAY + timedelta(days=1)
    case.end_support(support, "Het lukt alleen.", **given.deciding(), from_on=tomorrow)
    case_id = kept(app, case)
    today = ilse.get(f"/cases/{case_id}/plan").headers["ETag"]
    with its_clock(app, given.a_clock(tomorrow)):
        assert ilse.get(f"/cases/{case_id}/plan", If_None_Match=today).status_code == 200


def test_the_plan_says_what_everybody_thinks_and_how_that_came(app: Flask, ilse: Program) -> None:
    case = given.with_goal()
    goal = given.the(case.plan.goals)
    thomas = case.join_person(name="Thomas", kind=PersonKind.RELATIVE, **given.telling())
    case.take_stance(goal, say=given.no(own_hand=True), **given.telling(by=given.CLIENT))
    case.take_stance(goal, say=given.yes("Nou ja, goed."), **given.telling())
    case.take_stance(goal, say=given.no("Te druk.", person=thomas), **given.telling())
    plan = ilse.get(f"/cases/{kept(app, case)}/plan").json
    assert plan
    sanne, other = plan["stances"][str(goal)]
    assert (sanne["person"], sanne["contradictory"]) == (None, True)
    assert [p["say"]["stance"] for p in sanne["positions"]] == [Stance.DISAGREES, Stance.AGREES]
    assert [p["say"]["means"] for p in sanne["positions"]] == [Means.OWN_HAND, Means.SPOKEN]
    assert sanne["positions"][1]["say"]["words"] == "Nou ja, goed."
    assert sanne["positions"][1]["entry"] == case.version - 1
    assert sanne["positions"][0]["about_previous_text"] is False
    assert (other["person"], other["positions"][0]["say"]["words"]) == (str(thomas), "Te druk.")


def test_a_goal_of_which_nothing_was_said_has_no_position(app: Flask, ilse: Program) -> None:
    case = a_full_case()
    plan = ilse.get(f"/cases/{kept(app, case)}/plan").json
    assert plan
    assert set(plan["goals"]) <= set(plan["stances"])
    client = plan["stances"][list(plan["goals"])[-1]][0]
    assert (client["person"], client["positions"]) == (None, [])


@contextmanager
def its_clock(app: Flask, clock: given.Clock) -> Iterator[None]:
    """Another day here."""
    casework = desk_of(app).casework
    before, casework.clock = casework.clock, clock
    try:
        yield
    finally:
        casework.clock = before


def a_late_entry() -> tuple[Case, date, date]:
    """A wish of February that was written down in March."""
    said, written = date(2026, 2, 1), date(2026, 3, 1)
    case = a_case_of("Mia")
    clock = given.clock_of(case)
    clock.to(written)
    case.voice_wish("Ik wil zwemmen.", WishForm.SAID, Voice.CLIENT, **given.telling(said))
    clock.to(given.TODAY)
    return case, said, written


def test_both_clocks_are_asked_for(app: Flask, ilse: Program) -> None:
    case, said, written = a_late_entry()
    case_id = kept(app, case)

    def wishes(asked: str) -> int:
        answer = ilse.get(f"/cases/{case_id}/plan?{asked}")
        assert answer.json, answer.text
        return len(answer.json["wishes"])

    before = written - timedelta(days=1)
    assert wishes(f"on={at(said)}") == 1
    assert wishes(f"on={at(said - timedelta(days=1))}") == 0
    assert wishes(f"on={at(said)}&known={at(before)}") == 0
    assert wishes(f"on={at(said)}&known={at(written)}") == 1, "a day means its end"
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert wishes(f"known={noon:%Y-%m-%dT%H:%M:%SZ}") == 1
    assert wishes("known=2026-03-01T12:30:00%2B01:00") == 0
    assert wishes("known=2026-03-01T13:00:00+01:00") == 1, "an address turns + into a space"


def test_moments_are_utc_and_days_are_days(app: Flask, ilse: Program) -> None:
    case, said, _ = a_late_entry()
    told = ilse.get(f"/cases/{kept(app, case)}/timeline?known=2026-11-22").json
    assert told
    assert told["known"] == "2026-11-22T22:59:59.999999Z"
    assert told["entries"][0]["recorded"] == "2026-03-01T12:00:00Z"
    assert told["entries"][0]["happened_on"] == at(said)


@pytest.mark.parametrize(
    "asked",
    [
        "on=22-11-2026",
        "on=2026-02-30",
        "on=",
        "on=morgen",
        "on=20261122",
        "on=9999-12-31",
        "on=0001-01-01",
        "known=2026-11-22T10:00:00",
        "known=2026-11-22T10:00:00%2B99:00",
        "known=2026-11-22T25:00:00Z",
        "known=0001-01-01T00:00:00%2B14:00",
        "known=nu",
        "on=2026-11-22&on=2026-11-21",
        "konwn=2026-11-22",
        "on=%00",
        "limit=5",
    ],
)
def test_what_cannot_be_meant_is_not_guessed(app: Flask, ilse: Program, asked: str) -> None:
    case_id = kept(app, a_full_case())
    assert is_a_problem(ilse.get(f"/cases/{case_id}/plan?{asked}"), 400)["parameter"] in asked


@pytest.mark.parametrize(
    "asked", ["limit=0", "limit=101", "limit=x", "limit=", "after=x", "after=1.5", "text=Sanne"]
)
def test_a_list_that_cannot_be_meant_is_not_guessed(ilse: Program, asked: str) -> None:
    is_a_problem(ilse.get(f"/cases?{asked}"), 400)


def test_what_was_written_in_the_wrong_case_is_nowhere(app: Flask, ilse: Program) -> None:
    case = a_full_case()
    goal = case.propose_goal(
        words="Geheim van een ander",
        words_of=Voice.CLIENT,
        proposed_by=Voice.CLIENT,
        **given.telling(),
    )
    wrong = case.version
    case.add_statement(wrong, "Geheim, maar anders.", **given.telling())
    given.clock_of(case).to(given.TODAY, time(13))
    case.withdraw_entry(wrong, WhyWithdrawn.WRONG_CLIENT, **given.telling())
    case_id = kept(app, case)
    before = "?known=2026-11-22T12:30:00Z"
    for path in (
        "/plan",
        f"/plan{before}",
        "/timeline",
        f"/timeline{before}",
        f"/timeline/{wrong}",
        "/people",
    ):
        answer = ilse.get(f"/cases/{case_id}{path}")
        assert answer.status_code == 200
        assert "Geheim" not in answer.text, path
    assert str(goal) not in ilse.get(f"/cases/{case_id}/plan").text
    line = ilse.get(f"/cases/{case_id}/timeline/{wrong}").json
    assert line
    assert (line["masked"], line["facts"], line["say"]) == ("wrong_case", {}, None)


def test_the_timeline_keeps_what_was_withdrawn_and_put_right(app: Flask, ilse: Program) -> None:
    case = a_full_case()
    case.correct_entry(2, "case_number", "Z-9", "Verkeerd gelezen.", **given.telling())
    case.withdraw_entry(3, WhyWithdrawn.IN_ERROR, words="Was een grap.", **given.telling())
    case_id = kept(app, case)
    entries = {e["number"]: e for e in ilse.get(f"/cases/{case_id}/timeline?limit=100").json["entries"]}  # type: ignore[index]
    assert entries[2]["corrections"][0] | {"was": ""} == {
        "entry": case.version - 1,
        "field": "case_number",
        "was": "",
        "now": "Z-9",
    }
    assert entries[3]["withdrawn"] == {"entry": case.version, "reason": "in_error", "words": "Was een grap."}
    assert len(entries) == case.version


def test_an_entry_that_is_not_there_is_not_found(app: Flask, ilse: Program) -> None:
    case_id = kept(app, a_full_case())
    for number in ("0", "9999", "999999999999999999999"):
        is_a_problem(ilse.get(f"/cases/{case_id}/timeline/{number}"), 404)


def test_people_are_those_of_that_day(app: Flask, ilse: Program) -> None:
    case_id = kept(app, a_full_case())
    now, before = (ilse.get(f"/cases/{case_id}/people{asked}").json for asked in ("", "?on=2026-01-12"))
    assert now
    assert before
    assert "Nadia Bakker" in {person["name"] for person in now["people"].values()}
    assert "Nadia Bakker" not in {person["name"] for person in before["people"].values()}


def test_the_list_holds_what_its_reader_may_see_in_parts(app: Flask, program: Programs) -> None:
    mine = [a_case_of(f"Client {nr}") for nr in range(5)]
    followed(app, *mine)
    found: list[str] = []
    path: str | None = "/cases?limit=2"
    pages = 0
    while path:
        answer = program().get(path).json
        assert answer
        found += [case["case_id"] for case in answer["cases"]]
        path, pages = answer["next"] and answer["next"].removeprefix("/api/v1"), pages + 1
    assert found == sorted(str(case.id) for case in mine)
    assert pages == 3
    assert program("vera", team="Zuid").get("/cases").json == {"cases": [], "next": None}


def test_the_list_shows_nothing_of_its_own_working(app: Flask, ilse: Program) -> None:
    followed(app, a_case_of("Jan Jansen", "Z-1"))
    (row,) = ilse.get("/cases").json["cases"]  # type: ignore[index]
    assert (row["name"], row["case_number"], row["goals"]) == ("Jan Jansen", "Z-1", 0)
    assert not {"search_name", "people_users", "position"} & row.keys()


def came(app: Flask, case: Case, workers: list[tuple[UUID, ...]]) -> None:
    """Contacts on the days after the opening, and shown."""
    desk = desk_of(app)
    log = desk.casework.contacts(case.id)
    for day, who in enumerate(workers, start=1):
        moment = datetime(2026, 2, day, 9, tzinfo=UTC)
        log.hold_contact(
            by=given.COORDINATOR, workers=who, organisation="De Brug", started_at=moment, recorded=moment
        )
    desk.casework.keep(log)
    read = desk.casework.mapper.to_domain_event
    follower = Follower(desk.database.dsn("draad_app"), read, [CASELOAD, CONTACTS])
    with desk.pool.connection() as db:
        while follower.step(db):
            pass


def test_contacts_come_in_parts_with_who_came_and_how_many(app: Flask, ilse: Program) -> None:
    case, thomas, nadia = a_case_of("Mia"), uuid4(), uuid4()
    kept(app, case)
    came(app, case, [(thomas,), (thomas,), (nadia,)])
    first = ilse.get(f"/cases/{case.id}/contacts?limit=2&on=2026-11-22").json
    assert first
    assert [c["workers"] for c in first["contacts"]] == [[str(thomas)], [str(thomas)]]
    assert first["continuity"]["workers"] == 2
    rest = ilse.get(first["next"].removeprefix("/api/v1")).json
    assert rest
    assert ([c["workers"] for c in rest["contacts"]], rest["next"]) == ([[str(nadia)]], None)
    early = ilse.get(f"/cases/{case.id}/contacts?on=2026-02-01").json
    assert early
    assert len(early["contacts"]) == 1


def test_a_new_contact_changes_the_tag_though_the_case_stays_as_it_is(app: Flask, ilse: Program) -> None:
    case = a_case_of("Mia")
    kept(app, case)
    path = f"/cases/{case.id}/contacts?on=2026-11-22"
    tag = ilse.get(path).headers["ETag"]
    came(app, case, [(uuid4(),)])
    assert ilse.get(path, If_None_Match=tag).status_code == 200


def test_the_timeline_comes_in_parts(app: Flask, ilse: Program) -> None:
    case = a_full_case()
    case_id = kept(app, case)
    path: str | None = f"/cases/{case_id}/timeline?limit=7&on={at(given.TODAY)}"
    found: list[int] = []
    while path:
        answer = ilse.get(path).json
        assert answer
        assert len(answer["entries"]) <= 7
        found += [entry["number"] for entry in answer["entries"]]
        path = answer["next"] and answer["next"].removeprefix("/api/v1")
    assert len(found) == len(set(found)) == case.version
    is_a_problem(ilse.get(f"/cases/{case_id}/timeline?after=9999"), 400)


def test_what_is_noticed_in_a_case_is_told_with_what_shows_it(app: Flask, program: Programs) -> None:
    case_id = kept(app, given.with_goal())
    answer = program().get(f"/cases/{case_id}/signals", Accept_Language="nl").json
    assert answer
    weights = [one["weight"] for one in answer["signals"]]
    assert weights == sorted(weights, reverse=True) != []
    one = answer["signals"][0]
    assert one["says"]
    assert (one["signal"] in signals(), one["state"], one["by"]) == (True, "new", None)
    assert getattr(app.view_functions["api.signals"], "right") == "read_signals"  # noqa: B009  # of a guard


def test_moments_of_contacts_are_utc(app: Flask, ilse: Program) -> None:
    case = a_case_of("Mia")
    kept(app, case)
    came(app, case, [(uuid4(),)])
    with desk_of(app).pool.connection() as db:
        assert db.execute("SHOW timezone").fetchone() == ("UTC",), "whatever the server says"
    (held,) = ilse.get(f"/cases/{case.id}/contacts").json["contacts"]  # type: ignore[index]
    assert (held["started_at"], held["recorded"]) == ("2026-02-01T09:00:00Z",) * 2
