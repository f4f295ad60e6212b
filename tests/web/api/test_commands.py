"""Every command of a case is recorded through the API by the form that its page has, and by its rules."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, session
from marshmallow import ValidationError

from domain import permissions
from domain.access import Ground
from domain.case import Case
from domain.entry import Initiative, Role
from domain.kinds import Voice, WishForm
from domain.say import Means, Stance
from domain.store.tokens import Scope
from tests import given
from tests.web.api.conftest import Program, Programs, is_a_problem
from tests.web.conftest import desk_of
from tests.web.filling import a_full_case, entries, filled, kept, speaking
from tests.web.test_record import BESIDE, OWN, STORY
from web.api.commands import texts
from web.forms import forms
from web.forms.asking import EntryForm
from web.forms.fields import MANY
from web.forms.situation import Situation
from web.logs.looks import saw
from web.saving import keep

OF_THE_CASE = [command for command in forms() if command not in BESIDE]
A_WISH = {
    "happened_on": "2026-11-22",
    "words": "Ik wil zwemmen.",
    "form": "said",
    "voiced_by": "client",
}
A_CASE = {
    "happened_on": "2026-11-22",
    "name": "Mia de Boer",
    "legal_basis": "wmo",
    "question": "Kan ik hulp krijgen?",
    "initiative": "client",
    "stance": "agrees",
}


def as_json(form: EntryForm, typed: dict[str, Any]) -> dict[str, Any]:
    """What a page would send, as a program sends it: parts in an object, yes as true, days as ISO."""
    body: dict[str, Any] = {}
    for name, text in typed.items():
        whole, _, part = name.partition(".")
        if part:
            body.setdefault(whole, {})[part] = text
        else:
            body[name] = _in_json(form.questions[name].kind, text)
    return body


def _in_json(kind: str, text: str) -> Any:
    if text in ("yes", "no"):
        return text == "yes"
    if kind == "file":
        return b64encode(text.encode()).decode()
    if kind == "day":
        day, month, year = text.split("-")
        return f"{year}-{month}-{day}"
    return int(text) if text.isdecimal() else text


def a_body(app: Flask, case: Case, command: str) -> dict[str, Any]:
    with speaking(app):
        typed = filled(forms()[command](), case, **OWN.get(command, {}))
    if command == "change_worker":
        typed["after"] = str(given.person_called(case, "Nadia Bakker"))
    return as_json(forms()[command](), typed)


def who_may(command: str) -> Role:
    """Somebody who may see the case and use this command."""
    return next(role for role in (Role.COORDINATOR, Role.MANAGER) if permissions.may(role, command))


@pytest.mark.parametrize("command", OF_THE_CASE)
def test_each_command_is_recorded_and_once(app: Flask, ilse: Program, command: str) -> None:
    case = STORY.get(command, a_full_case)()
    before, case_id = len(case.entries), kept(app, case)
    body = a_body(app, case, command)
    answer, again = (ilse.record(case_id, command, body, Idempotency_Key="once") for _ in range(2))
    assert answer.status_code == 201, answer.text
    assert (again.status_code, again.data) == (201, answer.data)
    version, made = len(entries(app, case_id)), entries(app, case_id)[before:]
    assert answer.json
    assert (answer.json["entries"], answer.json["version"]) == ([e.number for e in made], version)
    assert answer.headers["ETag"] == f'"{version}"'
    where = ilse.get(answer.headers["Location"].removeprefix("/api/v1"))
    assert where.status_code == 200
    assert where.json
    for entry in made:
        assert entry.by == ilse.account.actor
        assert (where.json["number"], where.json["topic"]) == (entry.number, entry.TOPIC)


@pytest.mark.parametrize("command", forms())
def test_each_command_has_its_guards(app: Flask, program: Programs, command: str) -> None:
    case_id = kept(app, a_full_case())
    before, path = len(entries(app, case_id)), f"/cases/{case_id}/commands/{command.replace('_', '-')}"
    is_a_problem(app.test_client().post(f"/api/v1{path}", json={}), 401)
    is_a_problem(program(scopes=(Scope.READ,)).post(path, {}), 403)
    other = Role.ADMINISTRATOR if permissions.may(Role.MANAGER, command) else Role.MANAGER
    is_a_problem(program("mina", other).post(path, {}), 403)
    is_a_problem(program("vera", team="Zuid").post(path, {}), 404)
    is_a_problem(program().record(uuid4(), command, {}), 404)
    empty = program(role=who_may(command)).post(path, {}, Draad_Purpose="quality")
    assert is_a_problem(empty, 400)["errors"]
    assert len(entries(app, case_id)) == before


NOTHING: list[Any] = [None, "", [], {}, [[]], {"a": [1]}]
WEIRD: list[Any] = [*NOTHING, True, 7, -1.5, "x", "\x00", ["\x00"], 10**30, "1" * 5000]


@pytest.mark.parametrize("command", OF_THE_CASE)
def test_whatever_is_sent_is_taken_or_refused_by_name(app: Flask, command: str) -> None:
    """Every field with what does not belong there: nothing breaks. Sent for real by test_schemathesis.py."""
    form, case = forms()[command](), STORY.get(command, a_full_case)()
    body = a_body(app, case, command)
    for name, value in product(form.fields, WEIRD):
        sent = body | {name: value}
        with suppress(ValidationError), speaking(app):
            form.suit(Situation(case, given.TODAY), texts(sent))
            form.facts(sent, given.COORDINATOR)


def test_a_command_that_is_not_there_is_not_found(app: Flask, ilse: Program) -> None:
    case_id = kept(app, a_full_case())
    for path in ("knit", "voice_wish", "import-state", "VoiceWish"):
        is_a_problem(ilse.post(f"/cases/{case_id}/commands/{path}", A_WISH), 404)
    is_a_problem(ilse.get(f"/cases/{case_id}/commands/voice-wish"), 405)


def test_a_contact_is_recorded_once_beside_the_case_and_can_be_cancelled(app: Flask, ilse: Program) -> None:
    case = a_full_case()
    case_id, thomas = kept(app, case), str(given.person_called(case, "Thomas Visser"))
    body = {"happened_on": "2026-11-20", "workers": [thomas], "started_at": "09:30", "minutes": 45}
    first, again = (
        ilse.record(case_id, "hold_contact", body | {"kind": "personal"}, Idempotency_Key="c")
        for _ in range(2)
    )
    assert first.status_code == 201, first.text
    assert first.data == again.data
    (held,) = desk_of(app).casework.contacts(case_id).held
    assert first.json == {"entries": [], "version": case.version, "id": str(held.contact_id)}
    cancelled = {"happened_on": "2026-11-20", "contact_id": str(held.contact_id), "by_whom": "client"}
    for _ in range(2):
        answer = ilse.record(case_id, "cancel_contact", cancelled, Idempotency_Key="d")
        assert answer.status_code == 201, answer.text
    assert held.contact_id in desk_of(app).casework.contacts(case_id).cancelled


def test_a_new_noun_says_its_id(app: Flask, ilse: Program) -> None:
    case_id = kept(app, given.with_goal())
    wish = ilse.record(case_id, "voice_wish", A_WISH).json
    assert wish
    assert wish["id"] in ilse.get(f"/cases/{case_id}/plan").json["wishes"]  # type: ignore[index]
    said = {"happened_on": "2026-11-22", "words": "Gebeld."}
    assert ilse.record(case_id, "take_action", said).json["id"] is None  # type: ignore[index]


def test_more_than_one_save_holds_is_refused_and_told(app: Flask, ilse: Program) -> None:
    case_id = kept(app, given.sanne())
    texts = dict.fromkeys(("why_absent", "words", "own_reading", "why_not_discussed"), "\U0001f600" * 20_000)
    body = {"happened_on": "2026-11-22", "kind": "intake", "client_present": False, **texts}
    told = is_a_problem(ilse.record(case_id, "hold_conversation", body, Accept_Language="en"), 422)
    assert told["detail"].startswith("This is too much to record at once.")


def test_a_list_has_an_end(app: Flask, ilse: Program) -> None:
    case_id = kept(app, given.sanne())
    ties = [{"person": "Els", "bond": "strong", "words": ""}] * (MANY + 1)
    body = {"happened_on": "2026-11-22", "with_client": True, "ties": ties}
    assert set(is_a_problem(ilse.record(case_id, "draw_circle", body), 400)["errors"]) == {"ties"}
    assert ilse.record(case_id, "draw_circle", body | {"ties": ties[1:]}).status_code == 201


def test_means_are_derived_and_never_sent(app: Flask, ilse: Program) -> None:
    case = given.with_goal()
    case_id, goal = kept(app, case), str(given.the(case.plan.goals))
    body = {"happened_on": "2026-11-22", "initiative": "client", "stance": "agrees", "goal_id": goal}
    is_a_problem(ilse.record(case_id, "agree_goal", body | {"means": "own_hand"}), 400)
    assert ilse.record(case_id, "agree_goal", body | {"client_words": "Ja."}).status_code == 201
    decision: Any = entries(app, case_id)[-1]
    assert (decision.say.stance, decision.say.means) == (Stance.AGREES, Means.SPOKEN)
    assert decision.initiative is Initiative.CLIENT


def test_without_a_key_the_same_is_recorded_again(app: Flask, ilse: Program) -> None:
    case_id = kept(app, a_full_case())
    first, second = (ilse.record(case_id, "voice_wish", A_WISH).json for _ in range(2))
    assert first
    assert second
    assert first["id"] != second["id"]


@pytest.mark.parametrize("key", ["0d3c2f6e-5f65-4f0e-9f0e-6a1d8f3b2c11", "roster 12/7", "é" * 100, "x" * 200])
def test_with_the_same_key_it_is_recorded_once_and_answered_the_same(
    app: Flask, ilse: Program, key: str
) -> None:
    case_id = kept(app, a_full_case())
    before = len(entries(app, case_id))
    first = ilse.record(case_id, "voice_wish", A_WISH, Idempotency_Key=key)
    ilse.record(case_id, "take_action", {"happened_on": "2026-11-22", "words": "Gebeld."})
    again = ilse.record(case_id, "voice_wish", A_WISH, Idempotency_Key=key)
    assert first.status_code == again.status_code == 201
    assert (first.data, first.headers["Location"]) == (again.data, again.headers["Location"])
    assert first.headers["ETag"] == again.headers["ETag"]
    assert len(entries(app, case_id)) == before + 2


def test_sent_at_the_same_moment_it_is_recorded_once(app: Flask, ilse: Program) -> None:
    case_id = kept(app, a_full_case())
    before = len(entries(app, case_id))

    def send(_: int) -> bytes:
        other = Program(app.test_client(), ilse.account, ilse.token, ilse.token_id)
        return bytes(other.record(case_id, "voice_wish", A_WISH, Idempotency_Key="once").data)

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(send, range(8)))) == 1
    assert len(entries(app, case_id)) == before + 1


@dataclass
class LookedJustBefore:
    """A form whose twin comes in after we looked whether it was recorded, and before we read the case."""

    posted: UUID
    twin_comes_in: Callable[[], object]

    @property
    def version(self) -> int:
        self.twin_comes_in()
        return 1


def test_a_twin_that_comes_in_between_looking_and_reading_is_the_one_that_counts(
    app: Flask, ilse: Program
) -> None:
    case_id, posted = kept(app, a_full_case()), uuid4()
    facts: dict[str, Any] = {"happened_on": given.TODAY, "form": WishForm.SAID, "voiced_by": Voice.CLIENT}

    def tell(case: Case) -> None:
        case.voice_wish(words="Ik wil zwemmen.", by=ilse.account.actor, posted=posted, **facts)

    def twin() -> None:
        with desk_of(app).casework.changing(case_id) as change:
            tell(change.case)

    before = len(entries(app, case_id))
    with app.test_request_context("/api/v1/"):
        session.account = ilse.account  # type: ignore[attr-defined]
        saw(case_id, Ground.TEAM)
        assert keep(case_id, LookedJustBefore(posted, twin), (), tell) == before + 1  # type: ignore[arg-type]
    assert len(entries(app, case_id)) == before + 1


def test_the_same_key_with_another_body_is_refused(app: Flask, ilse: Program) -> None:
    case_id = kept(app, a_full_case())
    ilse.record(case_id, "voice_wish", A_WISH, Idempotency_Key="once")
    before = len(entries(app, case_id))
    other = A_WISH | {"words": "Ik wil fietsen."}
    told = is_a_problem(ilse.record(case_id, "voice_wish", other, Idempotency_Key="once"), 422)
    assert told["code"] == "other_facts"
    assert len(entries(app, case_id)) == before


def test_a_key_is_of_one_account(app: Flask, program: Programs) -> None:
    case_id = kept(app, a_full_case())
    mine = program("ilse").record(case_id, "voice_wish", A_WISH, Idempotency_Key="once").json
    theirs = program("vera").record(case_id, "voice_wish", A_WISH, Idempotency_Key="once").json
    assert mine
    assert theirs
    assert mine["entries"] != theirs["entries"]


@pytest.mark.parametrize("key", ["", "  ", "x" * 201])
def test_a_key_that_is_none_is_refused(app: Flask, ilse: Program, key: str) -> None:
    case_id = kept(app, a_full_case())
    is_a_problem(ilse.record(case_id, "voice_wish", A_WISH, Idempotency_Key=key), 400)


def new_words(goal: str, words: str) -> dict[str, Any]:
    body = {"happened_on": "2026-11-22", "initiative": "client", "stance": "agrees", "client_words": "Ja."}
    return body | {"goal_id": goal, "words": words}


def test_what_others_recorded_about_the_same_meanwhile_is_told_and_nothing_is_lost(
    app: Flask, program: Programs
) -> None:
    case = given.with_goal()
    case_id, goal = kept(app, case), str(given.the(case.plan.goals))
    seen = program("ilse").get(f"/cases/{case_id}").headers["ETag"]
    theirs = program("vera").record(case_id, "adjust_goal", new_words(goal, "Van Vera."))
    assert theirs.json
    answer = program("ilse").record(case_id, "adjust_goal", new_words(goal, "Van Ilse."), If_Match=seen)
    told = is_a_problem(answer, 412)
    assert (told["code"], "If-Match" in told["detail"]) == ("changed_meanwhile", True)
    (between,) = told["entries"]
    assert (between["number"], between["facts"]["words"]) == (theirs.json["version"], "Van Vera.")
    now = program("ilse").get(f"/cases/{case_id}/plan").headers["ETag"]
    again = program("ilse").record(case_id, "adjust_goal", new_words(goal, "Van Ilse."), If_Match=now)
    assert again.status_code == 201


def test_what_others_recorded_about_something_else_stands_beside_it(app: Flask, program: Programs) -> None:
    case = given.with_goal()
    case_id, goal = kept(app, case), str(given.the(case.plan.goals))
    seen = program("ilse").get(f"/cases/{case_id}").headers["ETag"]
    program("vera").record(case_id, "voice_wish", A_WISH)
    answer = program("ilse").record(case_id, "adjust_goal", new_words(goal, "Van Ilse."), If_Match=seen)
    assert answer.status_code == 201


def test_the_last_words_count_when_nobody_said_what_they_saw(app: Flask, program: Programs) -> None:
    case = given.with_goal()
    case_id, goal = kept(app, case), str(given.the(case.plan.goals))
    for words in ("Van Vera.", "Van Ilse."):
        assert program().record(case_id, "adjust_goal", new_words(goal, words)).status_code == 201


@pytest.mark.parametrize("tag", ["12", '"x"', 'W/"3"', '"3", "4"', '"-1"', '""', "'3'"])
def test_a_tag_that_we_did_not_give_is_refused(app: Flask, ilse: Program, tag: str) -> None:
    case_id = kept(app, a_full_case())
    is_a_problem(ilse.record(case_id, "voice_wish", A_WISH, If_Match=tag), 400)


def test_a_version_that_has_not_come_yet_is_refused(app: Flask, ilse: Program) -> None:
    case_id = kept(app, a_full_case())
    is_a_problem(ilse.record(case_id, "voice_wish", A_WISH, If_Match='"9999"'), 412)


def test_a_case_is_opened_once_and_is_there(app: Flask, ilse: Program) -> None:
    first, again = (ilse.post("/cases", A_CASE, Idempotency_Key="intake 7") for _ in range(2))
    assert first.status_code == 201, first.text
    assert (first.data, first.headers["Location"]) == (again.data, again.headers["Location"])
    case = ilse.get(first.headers["Location"].removeprefix("/api/v1")).json
    assert case
    assert first.json == {"entries": [1, 2], "version": 2, "id": case["case_id"]}
    assert case["client"]["name"] == "Mia de Boer"
    is_a_problem(ilse.post("/cases", A_CASE | {"question": "Iets anders"}, Idempotency_Key="intake 7"), 422)
    assert ilse.post("/cases", A_CASE).json["id"] != case["case_id"]  # type: ignore[index]


def test_the_id_of_a_case_says_nothing_about_the_key(app: Flask, ilse: Program) -> None:
    """People use a client's number as a key: the id must not be derived from it by anybody else."""
    made = ilse.post("/cases", A_CASE, Idempotency_Key="123456782").json
    assert made
    assert UUID(made["id"]).version == 4


def test_a_case_that_cannot_be_opened_says_why(app: Flask, ilse: Program) -> None:
    assert "name" in is_a_problem(ilse.post("/cases", {}), 400)["errors"]
    later = A_CASE | {"happened_on": "2099-01-01"}
    assert is_a_problem(ilse.post("/cases", later), 422)["field"] == "happened_on"


def test_a_retry_after_a_lost_answer_finds_what_was_recorded(app: Flask, ilse: Program) -> None:
    case_id = kept(app, a_full_case())
    assert json.loads(ilse.record(case_id, "voice_wish", A_WISH, Idempotency_Key="k").data)["version"] == len(
        entries(app, case_id)
    )
    assert entries(app, case_id)[-1].happened_on == date(2026, 11, 22)


@pytest.mark.parametrize("done", [{}, {"stopped": True}, {"stopped": False, "door": "B.", "never": True}])
def test_a_no_is_kept_with_what_was_done_with_it_when_that_is_sent(
    app: Flask, ilse: Program, done: dict[str, Any]
) -> None:
    """What stands ready on the page is not said for a program."""
    case = a_full_case()
    offered = next(str(key) for key, one in case.plan.supports.items() if one.status == "offered")
    no = {"support_id": offered, "reason": "other", "happened_on": "2026-11-22", "client_words": "Nee."}
    answer = ilse.record(kept(app, case), "refuse_support", no | done)
    assert answer.status_code == 201, answer.text
    new = [entry.TOPIC for entry in entries(app, case.id)[case.version :]]
    assert new == ["support_refused", *["refusal_respected"] * bool(done)]
    assert answer.json
    assert len(answer.json["entries"]) == len(new)
