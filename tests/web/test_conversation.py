"""A talk recorded in one go: who were there, and what was said. All of it together, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Entry, Initiative, Role
from domain.permissions import may
from domain.say import Stance
from tests import given
from tests.web.conftest import Visitor, desk_of
from tests.web.filling import TODAY, a_full_case, entries, filled, hidden, kept, opened, speaking, theirs
from tests.web.test_record import OWN
from web.conversation import MOST, USUAL
from web.forms import forms
from web.forms.situation import Situation
from web.parts import fits_a_talk

DAY = f"{TODAY:%d-%m-%Y}"
TALK = {"kind": "follow_up", "client_present": "yes", "present": "Sanne\nIlse", "words": "Het gaat goed."}
WISH = {"words": "Ik wil weer zwemmen.", "form": "said", "voiced_by": "client"}
STRENGTH = {"words": "Koken voor anderen.", "named_by": "client"}
AGREED = {
    "words": "Samen naar het zwembad.",
    "who": "Ilse",
    "stance": "agrees",
    "client_words": "Leuk.",
    "initiative": "client",
}


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse")


def page_of(case_id: UUID) -> str:
    return f"/cases/{case_id}/conversation"


def a_page(browser: Visitor, case_id: UUID, **said: dict[str, str]) -> dict[str, Any]:
    """The page as it is sent: the talk, and what was said in it, in order, by command."""
    typed = opened(browser, page_of(case_id)) | TALK
    blocks = [f"{n}:{name.rstrip('_').replace('_', '-')}" for n, name in enumerate(said, 1)]
    facts = {f"{n}:{key}": text for n, form in enumerate(said.values(), 1) for key, text in form.items()}
    return typed | {"block": blocks} | facts


def refusing(case: Case) -> dict[str, str]:
    support = next(str(key) for key, support in case.plan.supports.items() if support.status == "offered")
    return {"support_id": support, "reason": "other", "client_words": "Dat wil ik zelf doen."}


def errors_of(page: str) -> list[tuple[str, str]]:
    """Where each leads, and what it says."""
    summary = page.partition('<div class="errsum"')[2].partition("</div>")[0]
    return re.findall(r'<a href="#([^"]*)">(.*?)</a>', summary)


def made_in(app: Flask, case: Case) -> list[Entry]:
    return entries(app, case.id)[len(case.entries) :]


def test_a_home_visit_is_recorded_on_one_page(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id = kept(app, case)
    said = {
        "voice_wish": WISH,
        "name_strength": STRENGTH,
        "refuse_support": refusing(case),
        "make_agreement": AGREED,
    }
    answer = ilse.post(page_of(case_id), data=a_page(ilse, case_id, **said))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/cases/{case_id}")
    made = made_in(app, case)
    assert [entry.TOPIC for entry in made] == [
        "conversation_held",
        "wish_voiced",
        "strength_named",
        "support_refused",
        "agreement_made",
    ]
    assert len({entry.conversation_id for entry in made} - {None}) == 1
    assert {entry.happened_on for entry in made} == {TODAY}
    shown = ilse.get(f"/cases/{case_id}").text
    assert "Het gesprek is vastgelegd, met 5 gebeurtenissen." in shown
    assert "Ik wil weer zwemmen." in shown


def test_what_was_said_is_not_the_say_of_something_else(app: Flask, ilse: Visitor) -> None:
    """A yes to one thing and a no to another, in one talk."""
    case = a_full_case()
    case_id = kept(app, case)
    page = a_page(ilse, case_id, refuse_support=refusing(case), make_agreement=AGREED)
    ilse.post(page_of(case_id), data=page)
    no, yes = made_in(app, case)[1:]
    assert next(no.stances()).stance is Stance.DISAGREES
    assert next(yes.stances()).stance is Stance.AGREES


def test_a_no_in_a_talk_is_saved_with_what_was_done_with_it(app: Flask, ilse: Visitor) -> None:
    """And nobody asks whose idea a no was."""
    case = a_full_case()
    case_id = kept(app, case)
    asked = ilse.post(page_of(case_id), data=a_page(ilse, case_id) | {"add": "refuse-support"}).text
    assert 'name="1:initiative"' not in asked
    page = a_page(ilse, case_id, refuse_support=refusing(case) | {"stopped": "yes"})
    assert [ilse.post(page_of(case_id), data=page).status_code for _ in range(2)] == [303, 303]
    _, no, respect = made_in(app, case)
    assert (no.TOPIC, getattr(no, "initiative", None)) == ("support_refused", Initiative.CLIENT)
    assert (respect.TOPIC, getattr(respect, "refusal", None)) == ("refusal_respected", no.number)
    assert "met 3 gebeurtenissen" in ilse.get(f"/cases/{case_id}").text


def test_adding_shows_one_form_more_and_keeps_what_was_typed(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    page = a_page(ilse, case_id, voice_wish=WISH | {"words": "Ik wil <b>zwemmen</b>."})
    answer = ilse.post(page_of(case_id), data=page | {"add": "name-strength"})
    assert answer.status_code == 200
    assert "Ik wil &lt;b&gt;zwemmen&lt;/b&gt;." in answer.text
    assert "Het gaat goed.</textarea>" in answer.text
    assert 'id="block-2"' in answer.text
    assert "2. Kracht noemen</h2>" in answer.text
    assert len(entries(app, case_id)) == len(given.sanne().entries)


def test_adding_and_taking_out_goes_on_with_the_page_as_it_came(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    page = a_page(ilse, case_id, voice_wish=WISH, name_strength=STRENGTH, voice_wish_=WISH)
    less = ilse.post(page_of(case_id), data=page | {"take_out": "2"}).text
    assert STRENGTH["words"] not in less
    assert less.count(WISH["words"]) == 2
    assert re.findall(r"<h2>(\d)\. ", less) == ["1", "2"]
    more = ilse.post(page_of(case_id), data=page | {"block": ["3:voice-wish"], "add": "name-strength"}).text
    assert 'value="4:name-strength"' in more, "a number that was used may still be in the page"


def test_the_same_can_be_added_twice(app: Flask, ilse: Visitor) -> None:
    case = given.sanne()
    case_id = kept(app, case)
    page = a_page(ilse, case_id, voice_wish=WISH, voice_wish_=WISH | {"words": "Een hond."})
    ilse.post(page_of(case_id), data=page)
    assert [getattr(e, "words", "") for e in made_in(app, case)[1:]] == ["Ik wil weer zwemmen.", "Een hond."]


def test_all_mistakes_are_told_at_once_and_nothing_is_recorded(app: Flask, ilse: Visitor) -> None:
    """What is not filled in, and what the case does not take, each at its own place."""
    case = a_full_case()
    case_id = kept(app, case)
    twice = refusing(case)
    page = a_page(
        ilse, case_id, refuse_support=twice, voice_wish={"words": "Zwemmen."}, refuse_support_=twice
    )
    answer = ilse.post(page_of(case_id), data=page | {"kind": ""})
    assert answer.status_code == 422
    where = [anchor for anchor, _ in errors_of(answer.text)]
    assert where == ["kind", "2:form", "2:voiced_by", "3:support_id"]
    assert all(f'id="{anchor}"' in answer.text for anchor in where)
    assert "2. Wens opschrijven, " in answer.text
    assert "Zwemmen.</textarea>" in answer.text
    assert made_in(app, case) == []


def test_each_is_judged_with_what_stands_above_it(app: Flask, ilse: Visitor) -> None:
    """Starting help that was accepted above it is possible; below it, it is not."""
    case = given.with_offer()
    case_id, support = kept(app, case), str(given.the(case.plan.supports))
    yes = {"support_id": support, "initiative": "client", "client_words": "Ja."}
    accept, no = {"accept_support": yes}, {"refuse_support": yes | {"reason": "other"}}
    twice = ilse.post(
        page_of(case_id), data=a_page(ilse, case_id, **no, **accept, refuse_support_=no["refuse_support"])
    )
    assert twice.status_code == 303, errors_of(twice.text)
    assert [e.TOPIC for e in made_in(app, case)[1:]] == [
        "support_refused",
        "support_accepted",
        "support_refused",
    ]


def test_a_day_that_cannot_be_is_said_once(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    page = a_page(ilse, case_id, voice_wish=WISH, name_strength=STRENGTH)
    for day in ("01-01-2090", "gisteren", ""):
        answer = ilse.post(page_of(case_id), data=page | {"happened_on": day})
        assert [anchor for anchor, _ in errors_of(answer.text)] == ["happened_on"]


def test_something_that_was_not_there_on_that_day_is_said_at_its_own_form(app: Flask, ilse: Visitor) -> None:
    case = given.with_offer()
    case_id, support = kept(app, case), str(given.the(case.plan.supports))
    refuse = {"support_id": support, "reason": "other", "initiative": "client"}
    page = a_page(ilse, case_id, refuse_support=refuse)
    answer = ilse.post(page_of(case_id), data=page | {"happened_on": f"{given.OPENING:%d-%m-%Y}"})
    assert answer.status_code == 422
    assert [anchor for anchor, _ in errors_of(answer.text)] == ["block-1"]


def test_the_same_page_twice_is_recorded_once(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id = kept(app, case)
    page = a_page(ilse, case_id, voice_wish=WISH, refuse_support=refusing(case))
    assert [ilse.post(page_of(case_id), data=page).status_code for _ in range(2)] == [303, 303]
    assert len(made_in(app, case)) == 3


def test_the_same_page_at_the_same_moment_is_recorded_once(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id = kept(app, case)
    page = a_page(ilse, case_id, voice_wish=WISH, refuse_support=refusing(case))
    with ThreadPoolExecutor() as threads:
        sent = [threads.submit(ilse.post, page_of(case_id), data=page) for _ in range(4)]
        assert {answer.result().status_code for answer in sent} == {303}
    assert len(made_in(app, case)) == 3


@pytest.mark.parametrize(
    "other",
    [
        {"1:words": "Ik wil een hond."},
        {"words": "Het gaat minder."},
        {"block": ["1:voice-wish"]},
        {"block": ["2:name-strength", "1:voice-wish"]},
        {"block": ["1:voice-wish", "2:name-strength", "3:take-action"], "3:words": "Gebeld."},
        {"block": ["1:voice-wish", "2:take-action"]},
    ],
)
def test_another_page_under_the_same_id_is_shown_again_and_not_lost(
    app: Flask, ilse: Visitor, other: dict[str, Any]
) -> None:
    """Other words, one less, another order, one more, or the same words as something else."""
    case = given.sanne()
    case_id = kept(app, case)
    page = a_page(ilse, case_id, voice_wish=WISH, name_strength=STRENGTH)
    ilse.post(page_of(case_id), data=page)
    if other.get("block") == ["1:voice-wish", "2:take-action"]:
        page.pop("2:named_by")
    answer = ilse.post(page_of(case_id), data=page | other)
    assert answer.status_code == 409
    assert "eerder vastgelegd" in answer.text
    assert len(made_in(app, case)) == 3
    sent_along = hidden(answer.text.partition("<main")[2])
    again = page | other | {name: sent_along[name] for name in ("posted", "version")}
    assert ilse.post(page_of(case_id), data=again).status_code == 303


def test_what_somebody_else_recorded_meanwhile_is_shown_beside_mine(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id = kept(app, case)
    page = a_page(ilse, case_id, voice_wish=WISH, refuse_support=refusing(case))
    with desk_of(app).casework.changing(case_id) as change:
        change.case.accept_support(UUID(refusing(case)["support_id"]), **given.deciding())
    answer = ilse.post(page_of(case_id), data=page)
    assert answer.status_code == 409
    assert "Ja, dat wil ik." in theirs(answer.text)
    assert WISH["words"] in answer.text
    assert len(made_in(app, case)) == 1
    again = ilse.post(page_of(case_id), data=page | {"version": hidden(answer.text)["version"]})
    assert again.status_code in (303, 422)  # what the case says of it now is another matter


def test_a_change_elsewhere_in_the_case_is_no_conflict(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id = kept(app, case)
    page = a_page(ilse, case_id, refuse_support=refusing(case))
    with desk_of(app).casework.changing(case_id) as change:
        change.case.take_action(words="Gebeld.", **given.telling())
    assert ilse.post(page_of(case_id), data=page).status_code == 303


def test_the_talk_that_goes_on_is_filled_in(app: Flask, ilse: Visitor) -> None:
    case = given.sanne()
    case_id = kept(app, case)
    start = opened(ilse, f"/cases/{case_id}/record") | {"on": "20-11-2026", "present": "Sanne\nmoeder"}
    ilse.post(f"/cases/{case_id}/working-context", data=start)
    page = ilse.get(page_of(case_id)).text
    assert 'value="20-11-2026"' in page
    assert "Sanne\nmoeder</textarea>" in page.replace("\r\n", "\n")
    typed = hidden(page.partition("<main")[2]) | {"happened_on": "20-11-2026", "kind": "intake"}
    ilse.post(page_of(case_id), data=typed | {"client_present": "yes"})
    (made,) = made_in(app, case)
    assert str(made.conversation_id) == hidden(page)["conversation_id"]


def test_nothing_is_chosen_beforehand(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, a_full_case())
    page = a_page(ilse, case_id, make_agreement={}, take_stance={}) | {"add": "refuse-support"}
    for name in ("kind", "client_present"):
        page.pop(name)
    shown = ilse.post(page_of(case_id), data=page).text
    assert " checked" not in shown


def test_strengths_and_wishes_come_before_problems(app: Flask, ilse: Visitor) -> None:
    offered = re.findall(r'name="add" value="([a-z-]+)"', ilse.get(page_of(kept(app, given.sanne()))).text)
    assert offered[:2] == ["name-strength", "voice-wish"]
    assert offered == [name.replace("_", "-") for name in USUAL if name in forms()]


def test_every_form_that_fits_a_talk_is_offered_and_shown(app: Flask, ilse: Visitor) -> None:
    case = a_full_case()
    case_id = kept(app, case)
    page, empty = ilse.get(page_of(case_id)).text, opened(ilse, page_of(case_id))
    for command, form in forms().items():
        if not may(Role.COORDINATOR, command):
            continue
        name = command.replace("_", "-")
        with speaking(app):
            possible = form().is_possible(Situation(case, TODAY))
        assert (f'value="{name}"' in page) is (fits_a_talk(form) and possible), command
        if fits_a_talk(form):
            shown = ilse.post(page_of(case_id), data=empty | {"add": name}).text
            ids = re.findall(r' id="([^"]+)"', shown)
            assert len(ids) == len(set(ids)), command
            assert f'name="block" value="1:{name}"' in shown


@pytest.mark.parametrize(
    "command", ["voice_wish", "scale_down_support", "propose_goal", "hold_evaluation", "split_goal"]
)
def test_a_form_on_this_page_records_what_it_records_alone_and_once(
    app: Flask, ilse: Visitor, command: str
) -> None:
    case = a_full_case()
    case_id = kept(app, case)
    with speaking(app):
        facts = filled(forms()[command](), case, **OWN.get(command, {}))
    page = a_page(ilse, case_id, **{command: facts})
    for _ in range(2):
        answer = ilse.post(page_of(case_id), data=page)
        assert answer.status_code == 303, errors_of(answer.text)
    assert len(made_in(app, case)) == 2


def test_choosing_nothing_to_add_says_so(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    answer = ilse.post(
        page_of(case_id), data=a_page(ilse, case_id, voice_wish=WISH) | {"add": "", "more": ""}
    )
    assert answer.status_code == 422
    assert [anchor for anchor, _ in errors_of(answer.text)] == ["more"]
    assert WISH["words"] in answer.text


@pytest.mark.parametrize(
    "block", ["1:no-such-thing", "1:hold-conversation", "1:correct-entry", "x", "0:take-action", "1:"]
)
def test_a_form_that_does_not_belong_here_is_not_taken(app: Flask, ilse: Visitor, block: str) -> None:
    case = given.sanne()
    case_id = kept(app, case)
    answer = ilse.post(page_of(case_id), data=a_page(ilse, case_id) | {"block": [block]})
    assert answer.status_code in (400, 404)
    assert made_in(app, case) == []


def test_a_number_that_is_used_twice_records_nothing(app: Flask, ilse: Visitor) -> None:
    case = given.sanne()
    page = a_page(ilse, kept(app, case), name_strength=STRENGTH)
    for blocks in (["1:name-strength"] * 2, ["1:name-strength", "1:take-action"]):
        assert ilse.post(page_of(case.id), data=page | {"block": blocks}).status_code == 400
    assert made_in(app, case) == []


def test_there_is_an_end_to_one_page(app: Flask, ilse: Visitor) -> None:
    case_id = kept(app, given.sanne())
    many = a_page(ilse, case_id) | {"block": [f"{n}:take-action" for n in range(1, MOST + 1)]}
    one_more = ilse.post(page_of(case_id), data=many | {"add": "voice-wish"})
    assert one_more.status_code == 422
    assert "te veel voor één pagina" in one_more.text
    long = a_page(
        ilse, case_id, **{f"voice_wish{'_' * n}": WISH | {"words": "x" * 19_999} for n in range(14)}
    )
    answer = ilse.post(page_of(case_id), data=long)
    assert answer.status_code == 422
    assert "te veel om in één keer vast te leggen" in answer.text
    assert answer.text.count("x" * 19_999) == 14


@pytest.mark.parametrize("role", [Role.MANAGER, Role.WORKER])
def test_who_may_not_record_here_sees_no_page(
    app: Flask, as_: Callable[..., Visitor], ilse: Visitor, role: Role
) -> None:
    case = given.sanne()
    case_id = kept(app, case)
    other = as_("vera", role)
    assert other.get(page_of(case_id)).status_code in (403, 404)
    page = a_page(ilse, case_id, voice_wish=WISH)
    answer = other.post(page_of(case_id), data=page | {"csrf_token": opened(other, "/cases")["csrf_token"]})
    assert answer.status_code in (403, 404)
    assert made_in(app, case) == []
