"""Mijn plan and who is around it: two who speak for one client are two people; our own staff just reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from uuid import UUID

from flask import Flask

from domain.case import Case
from domain.entry import Facts, Role
from domain.kinds import (
    ConsentPurpose,
    LegalKind,
    Part,
    PartyKind,
    PersonKind,
    Scope,
)
from tests import given
from tests.given import deciding, telling
from tests.web.conftest import Visitor, desk_of
from tests.web.own_plan import ask, kept, open_own, page_of, sent

SINCE = date(2026, 1, 15)


def speaks(case: Case, name: str, kind: LegalKind, scope: Scope) -> UUID:
    case.join_person(name=name, kind=PersonKind.REPRESENTATIVE, relation="familie", **telling(SINCE))
    person = given.person_called(case, name)
    case.name_representative(person, kind, scope, **telling(SINCE))
    return person


def mentor(case: Case) -> UUID:
    return speaks(case, "Rita Mulder", LegalKind.MENTOR, Scope.CARE)


def test_two_who_speak_for_one_client_do_not_read_or_take_back_each_others_letters(app: Flask) -> None:
    case = given.sanne()
    rita, karel = mentor(case), speaks(case, "Karel Mulder", LegalKind.AUTHORISED_IN_WRITING, Scope.MONEY)
    hers, his = (open_own(app, case, Role.REPRESENTATIVE, one) for one in (rita, karel))
    sent(hers, case, "propose", then="Voorstel van Rita.")
    made = kept(app, case)[-1].number
    sent(hers, case, "complain", words="Klacht van Rita.")
    sent(hers, case, "not-right?about=1", wrong="fact", words="Vraag van Rita.")
    for words in ("Voorstel van Rita.", "Klacht van Rita.", "Vraag van Rita."):
        assert words in page_of(case, hers)
        assert words not in page_of(case, his)
    before = len(kept(app, case))
    sent(his, case, f"take-back?about={made}", 422)
    assert len(kept(app, case)) == before


def test_an_account_that_was_named_with_somebody_writes_with_their_hand(app: Flask) -> None:
    case, user = given.sanne(), UUID(int=0xBEEF)
    how: Facts = {"name": "Rita Mulder", "kind": PersonKind.REPRESENTATIVE, "user": user}
    case.join_person(**how, **telling(SINCE))
    rita = given.person_called(case, "Rita Mulder")
    case.name_representative(rita, LegalKind.MENTOR, Scope.CARE, **telling(SINCE))
    browser = open_own(app, case, Role.REPRESENTATIVE, user)
    sent(browser, case, "propose", then="Voorstel van Rita.")
    assert "Voorstel van Rita." in page_of(case, browser)


def test_who_speaks_for_the_client_is_asked_once_and_may_change_their_answer(app: Flask) -> None:
    case = given.sanne()
    rita, number = mentor(case), ask(case)
    browser = open_own(app, case, Role.REPRESENTATIVE, rita)
    assert f'id="q{number}"' in page_of(case, browser)
    sent(browser, case, f"answer/{number}", answer="yes", words="Goed voor haar.")
    page = page_of(case, browser)
    assert f'id="q{number}"' not in page
    assert "Goed voor haar." in page
    assert f"/my-plan/{case.id}/answer/{number}" in page
    sent(browser, case, f"answer/{number}", answer="no")
    assert len(kept(app, case)) == 2
    assert f'id="q{number}"' in page_of(case, open_own(app, case)), "the client is still asked"


def test_our_own_staff_is_not_allowed_or_stopped_and_it_is_said_that_they_read_this(
    app: Flask, as_: Callable[..., Visitor]
) -> None:
    fatima = as_("fatima", Role.WORKER)
    joris = as_("joris", Role.PARTNER, "Oost")
    case = given.sanne()
    for one in (fatima, joris):
        who = one.account  # type: ignore[attr-defined]
        how: Facts = {"kind": PersonKind.WORKER, "organisation": "De Linde", "user": who.id}
        case.join_person(name=who.name, **how, **telling())
    ours, theirs = (given.person_called(case, name) for name in ("Fatima", "Joris"))
    browser = open_own(app, case)
    form = browser.get(f"/my-plan/{case.id}/allow").text
    assert str(ours) not in form
    assert str(theirs) in form
    sent(browser, case, "allow", 422, to=str(ours), parts="goals")
    sent(browser, case, "allow", to=str(theirs), parts="goals")
    assert "<b>Fatima</b>: helpt je en kan dit lezen." in page_of(case, browser)
    assert "<b>Joris</b>: helpt" not in page_of(case, browser)


def shares(case: Case) -> int:
    party = case.join_party("Budgetcoach Rond", PartyKind.FORMAL, "geld", **deciding(date(2026, 3, 2)))
    how = deciding(date(2026, 3, 2))
    return case.give_consent(ConsentPurpose.SHARING, party, (Part.GOALS, Part.PEOPLE), **how)


def test_what_was_shared_is_told_with_its_parts_when_it_stops(app: Flask) -> None:
    case = given.sanne()
    number = shares(case)
    browser = open_own(app, case)
    sent(browser, case, f"stop-sharing?about={number}")
    stopped = page_of(case, browser).split("Zij zien het niet meer")[1].split("</ul>")[0]
    assert re.sub(r"<[^>]+>", "", stopped).strip().startswith("Budgetcoach Rond: de doelen, wie meedoet")


def test_that_sharing_stopped_is_not_offered_to_be_taken_back(app: Flask) -> None:
    case = given.sanne()
    number = shares(case)
    browser = open_own(app, case)
    sent(browser, case, f"stop-sharing?about={number}")
    stopped = kept(app, case)[-1].number
    assert f"take-back?about={stopped}" not in page_of(case, browser)


def test_the_way_to_take_back_what_has_no_words_is_called_by_what_it_is(app: Flask) -> None:
    case = given.with_support()
    browser = open_own(app, case)
    sent(browser, case, f"answer/{given.the(case.plan.goals)}", answer="yes")
    number = kept(app, case)[-1].number
    link = re.search(rf'take-back\?about={number}"[^<]*<span class="vh">([^<]*)', page_of(case, browser))
    assert link
    assert link[1] == ": Uw antwoord: ja"


def test_no_form_is_about_what_they_do_not_read(app: Flask) -> None:
    case = given.sanne()
    henk = given.person_called(case, "Henk Mulder")
    case.hear_network_view(henk, "Zij redt het niet.", unasked=True, **telling(by=given.OTHER_WORKER))
    sent(open_own(app, case), case, f"not-right?about={case.version}", 422, wrong="view", words="Wel.")
    assert not kept(app, case)


def test_that_they_do_not_decide_is_told_in_words_of_their_own(app: Flask) -> None:
    case = given.sanne()
    rita, party = mentor(case), case.join_party("Budget", PartyKind.FORMAL, "geld", **deciding())
    browser = open_own(app, case, Role.REPRESENTATIVE, rita)
    answer = sent(browser, case, "allow", 422, to=str(party), parts="goals")
    assert "U beslist hier niet over. Sanne beslist dit zelf" in answer.text
    assert "16" not in answer.text.split('role="alert"')[1].split("</div>")[0]


def test_a_child_reads_who_else_has_to_say_yes(app: Flask) -> None:
    case = given.sanne()
    case.describe_client(name="Sanne Mulder", birth_date=date(2013, 4, 3), **telling())
    party = case.join_party("Budget", PartyKind.FORMAL, "geld", **deciding())
    answer = sent(open_own(app, case), case, "allow", 422, to=str(party), parts="goals")
    assert "beslist dit niet alleen" in answer.text
    assert desk_of(app).casework.history(case.id).plan.consents == {}
