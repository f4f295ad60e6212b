"""What a form asks is what it needs to know; what it keeps, and what a signal says, is what is so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from domain.case import Case
from domain.kinds import Asks, Voice, WhyRefused
from domain.proposals import ProposalAnswered
from domain.say import Stance
from tests import given
from tests.web.conftest import Visitor
from tests.web.filling import address, entries, kept, opened, send

LESS = {"initiative": "client", "stance": "agrees", "reason": "Het gaat goed.", "way_back": "Bel ons."}
NOT = {"answer": "not"}


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse")


def running(case: Case) -> str:
    return next(str(key) for key, one in case.plan.supports.items() if one.running and one.amount)


def asking(by: Voice, asks: Asks = Asks.ORGANISATION) -> tuple[Case, int]:
    case = given.sanne()
    asked = case.make_proposal(then="Een vaste dag.", proposed_by=by, asks=asks, **given.telling())
    return case, asked


def test_how_much_it_is_now_stands_with_the_question_how_much_it_becomes(app: Flask, ilse: Visitor) -> None:
    case = given.sanne()
    page = ilse.get(
        address(kept(app, case), "scale_down_support"), query_string={"support_id": running(case)}
    )
    assert "Nu: 2 uur per week." in page.text
    assert '<option value="hours" selected>' in page.text
    assert '<option value="week" selected>' in page.text
    assert 'name="to.number" inputmode="decimal" autocomplete="off" value=""' in page.text


def test_without_a_help_nothing_is_chosen_of_an_amount(app: Flask, ilse: Visitor) -> None:
    page = ilse.get(address(kept(app, given.sanne()), "offer_support")).text
    amount = page.partition('id="amount"')[2].partition("</fieldset>")[0]
    assert " selected" not in amount
    assert amount.count('<option value="">Kies</option>') == 2


@pytest.mark.parametrize("command", ["scale_down_support", "scale_up_support"])
def test_what_is_counted_otherwise_is_asked_once_more(app: Flask, ilse: Visitor, command: str) -> None:
    case = given.sanne()
    case_id = kept(app, case)
    typed = LESS | {"support_id": running(case), "to.number": "1", "to.unit": "times", "to.per": "two_weeks"}
    if command == "scale_up_support":
        typed.pop("way_back")
    asked = send(ilse, address(case_id, command), **typed)
    assert asked.status_code == 422
    assert "Nu is het 2 uur per week, en het wordt 1 keer per twee weken." in asked.text
    assert 'name="otherwise"' in asked.text
    assert send(ilse, address(case_id, command), **typed, otherwise="yes").status_code == 303


def test_what_is_counted_as_now_is_not_asked_twice(app: Flask, ilse: Visitor) -> None:
    case = given.sanne()
    typed = LESS | {"support_id": running(case), "to.number": "1", "to.unit": "hours", "to.per": "week"}
    where = address(kept(app, case), "scale_down_support")
    assert "otherwise" not in ilse.get(where, query_string={"support_id": running(case)}).text
    assert send(ilse, where, **typed).status_code == 303


def test_half_an_amount_is_not_left_out_silently(app: Flask, ilse: Visitor) -> None:
    offer: dict[str, Any] = {"what": "Hulp", "kind": "household", "provider": "De Brug"}
    sent = send(ilse, address(kept(app, given.sanne()), "offer_support"), **offer, **{"amount.unit": "hours"})
    assert sent.status_code == 422


@pytest.mark.parametrize("answer", ["not", "partly"])
def test_whoever_asked_hears_why_not(app: Flask, ilse: Visitor, answer: str) -> None:
    case, asked = asking(Voice.CLIENT)
    where = address(kept(app, case), "answer_proposal")
    silent = send(ilse, where, proposal=str(asked), answer=answer)
    assert silent.status_code == 422
    assert 'id="words-error"' in silent.text
    assert send(ilse, where, proposal=str(asked), answer=answer, words="Er is niemand.").status_code == 303


def test_of_what_the_client_asked_whose_idea_it_was_and_their_say_are_not_asked(
    app: Flask, ilse: Visitor
) -> None:
    case, asked = asking(Voice.CLIENT)
    where = address(case_id := kept(app, case), "answer_proposal")
    page = ilse.get(where, query_string={"proposal": str(asked)}).text
    assert not any(f'name="{name}"' in page for name in ("initiative", "stance", "client_words"))
    assert page.index("Uitleg") < page.index("<summary>Meer</summary>") < page.index("Tot welke gebeurtenis")
    send(ilse, where, proposal=str(asked), answer="taken_up")
    made = entries(app, case_id)[-1]
    assert isinstance(made, ProposalAnswered)
    assert (made.initiative, made.say.stance) == ("client", Stance.NOT_ASKED)


def test_of_what_the_client_was_asked_their_answer_is_asked(app: Flask, ilse: Visitor) -> None:
    case, asked = asking(Voice.WORKER, Asks.CLIENT)
    where = address(kept(app, case), "answer_proposal")
    page = ilse.get(where, query_string={"proposal": str(asked)}).text
    assert 'name="stance"' in page
    assert 'name="initiative"' not in page
    assert send(ilse, where, proposal=str(asked), **NOT).status_code == 422
    assert send(ilse, where, proposal=str(asked), **NOT, stance="disagrees").status_code == 303


def test_the_words_of_a_goal_stand_ready_to_be_changed(app: Flask, ilse: Visitor) -> None:
    case = given.with_goal()
    goal = given.the(case.plan.goals)
    page = ilse.get(address(kept(app, case), "adjust_goal"), query_string={"goal_id": str(goal)}).text
    assert f"{case.plan.goals[goal].words}</textarea>" in page


def test_what_is_wrong_is_told_in_the_order_of_the_form(app: Flask, ilse: Visitor) -> None:
    where = address(kept(app, given.sanne()), "scale_down_support")
    wrong = send(ilse, where).text.partition('class="errsum"')[2].partition("</ul>")[0]
    told = [
        wrong.index(f'href="#{name}"') for name in ("support_id", "to", "way_back", "initiative", "stance")
    ]
    assert told == sorted(told)


def test_what_one_recorded_oneself_in_another_window_is_told_as_that(app: Flask, ilse: Visitor) -> None:
    case = given.with_goal()
    where = address(kept(app, case), "adjust_goal")
    page = opened(ilse, where)
    goal = {"goal_id": str(given.the(case.plan.goals)), "initiative": "client", "stance": "agrees"}
    assert send(ilse, where, **goal, words="Elke week zwemmen.").status_code == 303
    again = ilse.post(where, data=page | goal | {"words": "Elke dag zwemmen."})
    assert again.status_code == 409
    assert "U legde dit net zelf vast" in again.text
    assert "Iemand was u net voor" not in again.text


def test_a_note_on_a_day_to_come_is_not_asked_when_it_counts(app: Flask, ilse: Visitor) -> None:
    where = address(kept(app, given.sanne()), "take_action")
    answer = send(ilse, where, words="Gebeld.", happened_on="23-11-2026")
    assert answer.status_code == 422
    assert "Deze dag moet nog komen." in answer.text
    assert "Gaat een besluit later in?" not in answer.text


def test_how_long_a_text_may_be_is_told(app: Flask, ilse: Visitor) -> None:
    answer = send(ilse, address(kept(app, given.sanne()), "take_action"), words="a" * 20_001)
    assert "20.000 tekens" in answer.text


def test_what_goes_on_over_a_no_is_called_by_its_name_with_a_way_to_stop_it(
    app: Flask, ilse: Visitor
) -> None:
    case = given.sanne()
    support = next(key for key, one in case.plan.supports.items() if one.running)
    no = given.deciding(date(2026, 11, 20), given.no())
    case.refuse_support(support, WhyRefused.OTHER, **no)
    kept(app, case)
    page = ilse.get(f"/cases/{case.id}/signals").text
    assert f"{case.plan.supports[support].what} gaat door. Sanne zei er nee tegen op 20-11-2026." in page
    assert f'href="/cases/{case.id}/record/end-support"' in page
