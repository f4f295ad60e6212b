"""What stands where on Mijn plan: one question open, one way to speak per goal, and who may look."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from flask import Flask

from domain.case import Case
from domain.entry import Role
from domain.kinds import Asks, CheckResult, LegalKind, Scope, TakenUp, Voice
from tests import given
from tests.given import deciding, telling
from tests.web.conftest import Visitor, desk_of
from tests.web.own_plan import ask, kept, open_own, page_of, sent
from tests.web.test_shared import joined
from tests.web.test_who_looked import NOOR, looked
from web.mine.wording import with_you

As = Callable[..., Visitor]


def a_mentor(case: Case) -> UUID:
    rita = given.a_representative(case)
    case.name_representative(rita, LegalKind.MENTOR, Scope.CARE, **telling(date(2026, 1, 15)))
    return rita


# Nothing that is typed is lost: only the first question is open, all else is a page of its own.
def test_one_question_is_open_and_the_others_are_a_click_away(app: Flask) -> None:
    case = given.with_support()
    first, second = ask(case), ask(case, then="Op dinsdag.")
    page = page_of(case, open_own(app, case))
    assert page.count("<textarea") == 1
    assert f'id="q{first}-then"' in page
    assert re.search(rf'<li id="q{second}">\s*<a href="/my-plan/{case.id}/answer/{second}">', page)


def test_what_was_written_down_is_confirmed_one_by_one_on_a_page_of_its_own(app: Flask) -> None:
    case = given.with_support()
    browser = open_own(app, case)
    page = page_of(case, browser)
    assert "<textarea" not in page
    assert page.count(f"/my-plan/{case.id}/confirm/") == 2, "of which they can know what it is about"
    number = case.plan.stances_on(given.the(case.plan.supports)).of()[0].entry
    sent(browser, case, f"confirm/{number}", right="yes")
    assert kept(app, case)[0].TOPIC == "read_back"
    assert browser.get(f"/my-plan/{case.id}/confirm/{number}").status_code == 404


def test_a_goal_leads_to_all_that_can_be_said_about_it(app: Flask) -> None:
    case = given.with_support()
    goal, support = given.the(case.plan.goals), given.the(case.plan.supports)
    agreed = case.make_agreement("Thomas belt.", "Thomas", goal_id=goal, **deciding())
    browser = open_own(app, case)
    page = page_of(case, browser)
    for one in (goal, support):
        assert f"/my-plan/{case.id}/about/{one}" in page
    about = browser.get(f"/my-plan/{case.id}/about/{goal}").text
    for path in (f"answer/{goal}", f"propose?about={goal}", f"not-right?about={goal}"):
        assert f"/my-plan/{case.id}/{path}" in about
    assert f"not-right?about={agreed}" in about
    assert browser.get(f"/my-plan/{case.id}/about/{uuid4()}").status_code == 404


# An answer may change, and a no stays in sight.
def test_who_comes_back_to_an_answer_is_asked_by_nobody(app: Flask) -> None:
    case = given.sanne()
    support = given.the(case.plan.supports)
    page = open_own(app, case).get(f"/my-plan/{case.id}/answer/{support}").text
    assert "<title>Wat vind jij hier nu van?" in page
    assert "Je zei eerder: <b>ja</b>" in page
    for wrong in ("vraagt jou iets", "Je krijgt deze hulp nu niet.", "Zo was het"):
        assert wrong not in page


def test_a_no_to_a_question_stands_there_with_the_way_back(app: Flask) -> None:
    case = given.sanne()
    goal = given.the(case.plan.goals)
    number = ask(case, subject=goal)
    browser = open_own(app, case)
    sent(browser, case, f"answer/{number}", answer="no", words="Ik wil elke week.")
    page = page_of(case, browser)
    no = page.partition("Hier zei jij nee tegen")[2].partition("</section>")[0]
    assert "Om de week." in no
    assert "Ik wil elke week." in no
    sent(browser, case, f"propose?about={number}", then="Toch om de week.")
    made = max(desk_of(app).casework.history(case.id).plan.proposals.values(), key=lambda one: one.entry)
    assert (made.subject, made.then) == (goal, "Toch om de week.")


# Who may look, and who did.
def test_who_works_elsewhere_and_reads_along_is_named(app: Flask, as_: As) -> None:
    case = given.sanne()
    joined(case, as_("joris", Role.PARTNER, "Oost").account)  # type: ignore[attr-defined]
    page = page_of(case, open_own(app, case))
    assert "(De Linde): kan alleen lezen wat jij goed vindt." in " ".join(page.split())
    assert "Een leidinggevende mag kijken, met een reden." in page
    assert "Niemand buiten onze organisatie" not in page


def test_nobody_allows_themselves_to_look(app: Flask) -> None:
    case = given.sanne()
    rita = a_mentor(case)
    facts = {"judged_by": "Huisarts", "ground": "Een delier."}
    case.judge_capacity("Wie meeleest", able=False, subject=case.id, **facts, **telling())  # type: ignore[arg-type]
    browser = open_own(app, case, Role.REPRESENTATIVE, rita)
    form = browser.get(f"/my-plan/{case.id}/allow").text
    assert f'value="{rita}"' not in form
    henk = given.person_called(case, "Henk Mulder")
    assert f'value="{henk}"' in form
    sent(browser, case, "allow", 422, to=str(rita), parts="goals")
    assert not kept(app, case)


def test_where_nobody_remains_to_be_allowed_it_is_said(app: Flask) -> None:
    case = given.with_support()
    for key in list(case.plan.people):
        case.leave_person(key, "weg", **telling())
    form = open_own(app, case).get(f"/my-plan/{case.id}/allow").text
    assert "aan wie u dit kunt toestaan" in form
    assert "<form method=" not in form.partition("<main")[2]


def test_days_are_counted_and_not_pages(app: Flask) -> None:
    case = given.sanne()
    browser = open_own(app, case)
    for _ in range(12):
        looked(app, case, NOOR)
    page = page_of(case, browser)
    assert "op 1 dag deze maand, het laatst op" in " ".join(page.split())
    assert "12 keer" not in page
    assert "12 keer, de eerste keer om" in " ".join(browser.get(f"/my-plan/{case.id}/looks").text.split())


# Words one knows.
@pytest.mark.parametrize(
    ("names", "read"),
    [
        ("Sanne en Daan", "jou en Daan"),
        ("Sanne Mulder, Lotte", "jou, Lotte"),
        ("Sannes moeder, Roos-Sanne", "Sannes moeder, Roos-jou"),
        ("Sanne's zus", "Sanne's zus"),
    ],
)
def test_the_client_is_one_of_those_who_are_named(names: str, read: str) -> None:
    assert with_you(names, given.sanne().plan.client, "jou") == read


def test_an_agreement_and_its_answer_speak_to_the_client(app: Flask) -> None:
    case = given.sanne()
    agreed = case.make_agreement("Samen koken.", "Sanne en Thomas", **deciding())
    case.check_agreement(agreed, CheckResult.KEPT, **telling())
    case.plan_evaluation(date(2026, 12, 1), "Sanne, Lotte", **telling())
    asked = case.make_proposal(
        then="Vaker.", proposed_by=Voice.CLIENT, asks=Asks.ORGANISATION, **telling(by=given.CLIENT)
    )
    case.answer_proposal(asked, TakenUp.TAKEN_UP, **deciding())
    page = page_of(case, open_own(app, case))
    for said in ("Jij en Thomas", "met jou en Lotte", "Dat is gelukt", "ja, dat doen we"):
        assert said in page


def test_help_is_a_call_away(app: Flask) -> None:
    case = given.sanne()
    app.config["TELEPHONE"] = "000 000 00 00"
    assert '<a href="tel:0000000000">000 000 00 00</a>' in page_of(case, open_own(app, case))


def test_the_menu_stays_on_the_page_of_ones_own_account(app: Flask) -> None:
    browser = open_own(app, given.sanne())
    assert 'href="/my-plan"' in browser.get("/own-account").text
