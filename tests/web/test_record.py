"""Every command of a case is recorded by its own form: once, with the words kept."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, get_args, get_type_hints
from urllib.parse import urlencode
from uuid import UUID

import pytest
from flask import Flask

from domain import permissions
from domain.case import Case
from domain.entry import Decision, Role
from domain.say import Means, Stance
from tests import given
from tests.web.conftest import Visitor, desk_of, says_what_for
from tests.web.filling import (
    a_full_case,
    a_goal_that_waits,
    a_pause,
    address,
    done_with,
    entries,
    filled,
    kept,
    opened,
    send,
    speaking,
)
from web.forms import forms

STORY: dict[str, Callable[[], Case]] = {
    "close_case": done_with,
    "resume_goal": a_goal_that_waits,
    "resume_support": a_pause,
    "reopen_case": given.bram,
    "propose_erasure": given.sanne,  # whom nothing holds
}
BESIDE = {
    *("hold_contact", "cancel_contact"),  # in the log of contacts: tests/web/test_contacts.py
    *("approve_erasure", "refuse_erasure"),  # by a manager: tests/web/test_erasures.py
}
OWN = {
    "give_consent": {"parts": "goals"},
    "name_representative": {"legal_kind": "mentor", "scope": "care"},
    "scale_down_support": {"to.number": "1"},
    "correct_entry": {"entry": "2", "field": "case_number", "now": "Z-9"},
    "turn_down_goal": {"by_whom": "organisation"},
    "withdraw_entry": {"entry": "3"},
    "read_back": {"entry": "3"},
    "add_document": {"name": "Brief.txt"},
    "take_back_proposal": {"reason": "Het is niet meer nodig."},
    "add_statement": {"entry": "3"},
    "hear_network_view": {"unasked": "yes"},
    "hold_conversation": {"client_present": "yes"},
    "weigh_circumstances": {"feasibility": "Els woont ver weg."},
    "ask_wellbeing": {"score": "7"},
    "judge_experience": {"score": "9"},
    "tell_progress": {"words": "Het gaat goed."},
    "split_goal": {"into": "Een lijst maken\nNaar de winkel"},
    "hold_introduction": {"strengths": "Zij kan goed koken."},
    "take_stance": {"stance": "not_now"},
    "involve_mediator": {"mediator": "Anna de Boer"},
    "offer_mediator": {"words": "Aan Sanne en Henk."},
    "postpone_signal": {"until": "23-11-2026"},
    "restrict_entry": {"entry": "3"},
    "propose_erasure": {"ground": "term_is_over"},
    "offer_choice": {"options": "Linzensoep\nPompoensoep"},
    "weigh_risk": {"review_on": "01-12-2026"},
    "impose_restriction": {"ends_on": "01-12-2026"},
}


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse", Role.COORDINATOR)


def with_choices(app: Flask, case: Case, command: str) -> dict[str, str]:
    with speaking(app):
        facts = filled(forms()[command](), case, **OWN.get(command, {}))
        if command == "change_worker":
            facts["after"] = str(given.person_called(case, "Nadia Bakker"))
    return facts


def wrongs(page: str) -> str:
    """What the page says is not right yet."""
    return page.partition('<div class="errsum"')[2].partition("</div>")[0]


@pytest.mark.parametrize("command", [command for command in forms() if command not in BESIDE])
def test_each_command_is_recorded_by_its_form_and_once(app: Flask, ilse: Visitor, command: str) -> None:
    case = STORY.get(command, a_full_case)()
    before, case_id = len(case.entries), kept(app, case)
    where, facts = address(case_id, command), with_choices(app, case, command)
    sent = opened(ilse, f"{where}?{urlencode(facts)}") | facts
    answer, again = (ilse.post(where, data=sent) for _ in range(2))
    assert answer.status_code == 303, wrongs(answer.text)
    assert (again.status_code, again.headers.get("Location")) == (303, answer.headers["Location"])
    made = entries(app, case_id)[before:]
    assert len(made) == 1
    assert made[0].by.user == ilse.account.id  # type: ignore[attr-defined]
    assert answer.headers["Location"] == f"/cases/{case_id}"


def commands() -> list[str]:
    """The public commands of Case: what takes facts."""
    return [
        name
        for name, command in inspect.getmembers(Case, inspect.isfunction)
        if command.__module__.startswith("domain.")
        and command.__module__ != "domain.history"
        and not name.startswith("_")
        and any(p.kind is p.VAR_KEYWORD for p in inspect.signature(command).parameters.values())
    ]


def test_every_command_has_a_form() -> None:
    for name in commands():
        noun = inspect.getmodule(getattr(Case, name)).__name__.split(".")[-1]  # type: ignore[union-attr]
        class_name = "".join(part.capitalize() for part in name.split("_"))
        assert name in forms(), f"web/forms/{noun}.py: add class {class_name}(EntryForm or DecisionForm)"
    assert set(forms()) == set(commands())


def test_a_decision_has_a_form_that_asks_the_say() -> None:
    for name, form in forms().items():
        asks = {"initiative", "client_words"} <= {*form().fields}
        assert asks == decides(getattr(Case, name)), f"{name}: DecisionForm or EntryForm?"


def decides(command: Callable[..., Any]) -> bool:
    """Whether the facts it takes hold whose idea it was."""
    *_, how = inspect.signature(command).parameters
    (typed,) = get_args(get_type_hints(command)[how])
    return "initiative" in get_type_hints(typed)


@pytest.mark.parametrize("command", forms())
def test_nothing_the_client_can_say_is_chosen_beforehand(app: Flask, ilse: Visitor, command: str) -> None:
    case_id = kept(app, STORY.get(command, a_full_case)())
    page = ilse.get(address(case_id, command), query_string={"stance": "agrees", "initiative": "client"}).text
    chosen = re.findall(r'name="([^"]+)" value="[^"]*" checked', page)
    assert set(chosen) <= {"address"}  # who the client is on paper


def test_what_is_known_already_is_filled_in(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    goal = str(list(case.plan.goals)[-1])
    where = address(kept(app, case), "agree_goal")
    page = ilse.get(where, query_string={"goal_id": goal, "nonsense": "of nobody"}).text
    assert f'<option value="{goal}" selected' in page
    assert "of nobody" not in page


def a_goal(app: Flask) -> tuple[UUID, str]:
    case = given.with_goal()
    return kept(app, case), str(given.the(case.plan.goals))


def an_agreement(goal: str, **facts: str) -> dict[str, str]:
    return {"goal_id": goal, "initiative": "client", "stance": "agrees", **facts}


@pytest.mark.parametrize(
    ("facts", "means"),
    [
        ({"client_words": "Ja, graag."}, Means.SPOKEN),
        ({}, Means.REPORTED),
        ({"seen": "yes"}, Means.SHOWN),
        ({"stance": "not_asked", "reason_not_asked": "was_not_there"}, Means.NONE),
    ],
)
def test_means_follow_from_how_the_say_came(
    app: Flask, ilse: Visitor, facts: dict[str, str], means: Means
) -> None:
    case_id, goal = a_goal(app)
    send(ilse, address(case_id, "agree_goal"), **an_agreement(goal) | facts)
    decision = entries(app, case_id)[-1]
    assert isinstance(decision, Decision)
    assert decision.say.means is means


def test_words_are_kept_as_said(app: Flask, ilse: Visitor) -> None:
    case_id, goal = a_goal(app)
    words = "  “Nou ja…”\r\nals het\tmoet <b>& zo</b> "
    send(ilse, address(case_id, "agree_goal"), **an_agreement(goal, client_words=words))
    decision = entries(app, case_id)[-1]
    assert isinstance(decision, Decision)
    assert decision.say.words == words.replace("\r\n", "\n")


def test_a_reason_is_asked_beside_its_field_and_words_stay(app: Flask, ilse: Visitor) -> None:
    case_id, goal = a_goal(app)
    facts = an_agreement(goal, stance="not_asked", why="Zij <was> er niet.")
    answer = send(ilse, address(case_id, "agree_goal"), **facts)
    assert answer.status_code == 422
    assert 'href="#reason_not_asked"' in answer.text
    assert 'id="reason_not_asked-error"' in answer.text
    assert "Zij &lt;was&gt; er niet." in answer.text
    assert len(entries(app, case_id)) == 2


def test_a_refusal_of_the_case_stands_beside_its_field_with_the_date(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.with_goal())
    answer = send(ilse, address(case_id, "take_action"), words="Gebeld.", happened_on="11-01-2026")
    assert answer.status_code == 422
    beside = answer.text.partition('id="happened_on-error"')[2].partition("</span>")[0]
    assert "12-01-2026" in beside
    assert "Gebeld." in answer.text


def test_the_same_form_twice_is_recorded_once(app: Flask, ilse: Visitor) -> None:
    case_id, goal = a_goal(app)
    where = address(case_id, "agree_goal")
    sent = opened(ilse, where) | an_agreement(goal)
    answers = [ilse.post(where, data=sent) for _ in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {f"/cases/{case_id}"}
    assert len(entries(app, case_id)) == 3


def test_the_same_form_at_the_same_moment_is_recorded_once(app: Flask, as_: Callable[..., Visitor]) -> None:
    case_id, goal = a_goal(app)
    where = address(case_id, "agree_goal")
    sent = opened(as_("ilse"), where) | an_agreement(goal)
    cookie = as_("ilse")
    token = opened(cookie, where)["csrf_token"]
    name, value = "draad", cookie.get_cookie("draad").value  # type: ignore[union-attr]

    def once(_: int) -> int:
        browser = app.test_client()
        browser.set_cookie(name, value)
        return browser.post(where, data=sent | {"csrf_token": token}).status_code

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(once, range(8))) == {303}
    assert len(entries(app, case_id)) == 3


def test_a_form_sent_again_with_another_text_is_not_lost(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.with_goal())
    where = address(case_id, "take_action")
    sent = opened(ilse, where) | {"words": "Gebeld."}
    ilse.post(where, data=sent)
    answer = ilse.post(where, data=sent | {"words": "Gebeld en langs geweest."})
    assert answer.status_code == 409
    assert "Gebeld en langs geweest." in answer.text
    again = opened(ilse, where) | {"words": "Gebeld en langs geweest."}
    assert ilse.post(where, data=again).status_code == 303
    assert len(entries(app, case_id)) == 4


def test_a_form_sent_again_with_a_fact_taken_out_is_another_text(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.with_goal())
    where = address(case_id, "take_action")
    sent = opened(ilse, where) | {"words": "Gebeld."}
    assert ilse.post(where, data=sent | {"done_by": "Noor"}).status_code == 303
    assert ilse.post(where, data=sent).status_code == 409


def test_a_step_with_other_words_is_another_text(app: Flask, ilse: Visitor) -> None:
    case_id, goal = a_goal(app)
    where = address(case_id, "split_goal")
    sent = opened(ilse, where) | an_agreement(goal, into="Een lijst maken\nNaar de winkel", words_of="client")
    assert ilse.post(where, data=sent).status_code == 303
    assert ilse.post(where, data=sent | {"into": "Een lijst maken\nBoodschappen doen"}).status_code == 409


def test_a_case_named_with_a_space_behind_it_is_laid_beside_it_once(app: Flask, ilse: Visitor) -> None:
    where = address(kept(app, given.with_goal()), "link_case")
    sent = opened(ilse, where) | {"to": "Z-77 ", "why": "Zussen."}
    assert [ilse.post(where, data=sent).status_code for _ in range(2)] == [303, 303]


def test_more_than_one_save_holds_is_told_beside_the_words(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.with_goal())
    where, words = address(case_id, "hold_conversation"), "\U0001f600" * 18_000
    texts = dict.fromkeys(("why_absent", "words", "own_reading", "why_not_discussed"), words)
    answer = send(ilse, where, kind="intake", client_present="no", **texts)
    assert answer.status_code == 422
    assert "Dit is te veel om in één keer vast te leggen." in wrongs(answer.text)
    assert answer.text.count(words) == len(texts)
    assert len(entries(app, case_id)) == 2


def test_a_change_of_the_same_goal_shows_both_texts(app: Flask, ilse: Visitor) -> None:
    case_id, goal = a_goal(app)
    where = address(case_id, "adjust_goal")
    mine = opened(ilse, where) | an_agreement(goal, words="Ik kook elke dag.")
    send(ilse, where, **an_agreement(goal, words="Ik kook op zondag."))
    answer = ilse.post(where, data=mine)
    assert answer.status_code == 409
    assert "Ik kook op zondag." in answer.text
    assert "Ik kook elke dag.</textarea>" in answer.text
    assert len(entries(app, case_id)) == 3
    version = str(len(entries(app, case_id)))
    assert ilse.post(where, data=mine | {"version": version}).status_code == 303


def test_a_change_of_something_else_stands_beside_it(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id, goals = kept(app, case), [str(goal) for goal in case.plan.goals]
    where = address(case_id, "adjust_goal")
    mine = opened(ilse, where) | an_agreement(goals[0], words="Ik kook elke dag.")
    send(ilse, where, **an_agreement(goals[1], words="Ik zwem op zondag."))
    assert ilse.post(where, data=mine).status_code == 303


def test_turned_down_by_the_client_is_the_clients_answer(app: Flask, ilse: Visitor) -> None:
    case_id, goal = a_goal(app)
    facts = {"goal_id": goal, "by_whom": "client", "reason": "Geen zin.", "initiative": "client"}
    assert send(ilse, address(case_id, "turn_down_goal"), **facts).status_code == 303
    decision = entries(app, case_id)[-1]
    assert isinstance(decision, Decision)
    assert decision.say.stance is Stance.DISAGREES


def test_correcting_goes_from_entry_to_fact_to_what_it_must_be(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    where = address(case_id, "correct_entry")
    assert "Fatima" not in ilse.get(where).text.partition("<main")[2]
    assert 'value="birth_date"' in ilse.get(where, query_string={"entry": "2"}).text
    page = ilse.get(where, query_string={"entry": "2", "field": "birth_date"}).text
    assert "03-04-1987" in page
    facts = {"entry": "2", "field": "birth_date", "now": "03-05-1987", "reason": "Paspoort gezien."}
    along = opened(ilse, f"{where}?entry=2&field=birth_date")
    assert ilse.post(where, data=along | facts | {"now": "maart"}).status_code == 422
    answer = ilse.post(where, data=along | facts)
    assert answer.status_code == 303, wrongs(answer.text)
    client = desk_of(app).casework.history(case_id).plan.client
    assert client.birth_date == date(1987, 5, 3)


def test_a_fact_with_a_per_cent_sign_can_be_put_right(app: Flask, ilse: Visitor) -> None:
    case = given.with_goal()
    case.describe_client(name="Sanne", language="50%(s) Nederlands", **given.telling())
    where = address(kept(app, case), "correct_entry")
    page = ilse.get(where, query_string={"entry": "3", "field": "language"})
    assert "Nu staat er: 50%(s) Nederlands" in page.text


def test_a_form_that_does_not_exist_is_not_found(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.with_goal())
    for name in ("import-state", "record", "agree_goal", "no-such-thing"):
        assert ilse.get(f"/cases/{case_id}/record/{name}").status_code == 404


def test_a_manager_reads_and_does_not_record(app: Flask, as_: Callable[..., Visitor]) -> None:
    case_id = kept(app, given.with_goal())
    manager = as_("bas", Role.MANAGER)
    says_what_for(manager, case_id)
    assert manager.get(f"/cases/{case_id}").status_code == 200
    assert manager.get(address(case_id, "take_action")).status_code == 403


def test_each_form_asks_the_right_of_its_own_command(
    app: Flask, ilse: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = kept(app, given.with_goal())
    monkeypatch.setitem(permissions.RIGHTS, "close_case", frozenset())
    assert ilse.get(address(case_id, "close_case")).status_code == 403
    assert ilse.post(address(case_id, "close_case"), data={}).status_code in (400, 403)
    assert "/record/close-case" not in ilse.get(f"/cases/{case_id}/record").text


def test_a_case_of_another_team_is_not_there(app: Flask, as_: Callable[..., Visitor]) -> None:
    case_id = kept(app, given.with_goal())
    stranger = as_("kees", Role.COORDINATOR, "Zuid")
    assert stranger.get(address(case_id, "take_action")).status_code == 404


def test_the_overview_lists_every_form(app: Flask, ilse: Visitor) -> None:
    page = ilse.get(f"/cases/{kept(app, a_full_case())}/record").text
    for command, form in forms().items():
        theirs = permissions.may(Role.COORDINATOR, command) and not form.OWN_PAGE
        assert (f"/record/{command.replace('_', '-')}" in page) is theirs, command
    assert page.index("take-action") < page.index("hold-conversation") < page.index("agree-goal")


def test_the_talk_fills_in_date_and_conversation_until_it_stops(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.with_goal())
    start = {"on": "20-11-2026", "present": "Karin Smit", **opened(ilse, f"/cases/{case_id}/record")}
    ilse.post(f"/cases/{case_id}/working-context", data=start)
    where = address(case_id, "take_action")
    page = ilse.get(where).text
    assert "Karin Smit" in page
    assert 'value="20-11-2026"' in page
    for words in ("Eén", "Twee"):
        ilse.post(where, data=opened(ilse, where) | {"words": words, "happened_on": "20-11-2026"})
    first, second = entries(app, case_id)[-2:]
    assert first.conversation_id == second.conversation_id is not None
    ilse.post(f"/cases/{case_id}/working-context", data=start | {"stop": "1"})
    assert "Karin Smit" not in ilse.get(where).text
