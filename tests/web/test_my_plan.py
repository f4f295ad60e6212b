"""Mijn plan: the client reads and answers with their own hand; who speaks for them beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from flask import Flask

from domain.entry import Role
from domain.kinds import Asks, SupportStatus, Voice, WhyRefused
from domain.say import Means, Stance
from tests import given
from tests.given import deciding, telling
from tests.web.conftest import Visitor, desk_of
from tests.web.following import follow
from tests.web.own_plan import ask, form_in, kept, open_own, page_of, sent

Open = Callable[..., Visitor]
NOW = date(2026, 11, 22)


def test_the_client_lands_on_their_own_plan(app: Flask) -> None:
    case = given.sanne()
    browser = open_own(app, case)
    follow(app)
    assert browser.get("/").location == "/my-plan"
    assert browser.get("/my-plan").location == f"/my-plan/{case.id}"
    assert "Dag Sanne, dit is jouw plan" in page_of(case, browser)


def test_a_yes_to_a_question_is_kept_as_their_own_hand_on_the_text_they_saw(app: Flask) -> None:
    case = given.sanne()
    number = ask(case)
    browser = open_own(app, case)
    sent(browser, case, f"answer/{number}", answer="yes", words="Ja, fijn.")
    (entry,) = kept(app, case)
    assert entry.TOPIC == "proposal_answered"
    assert entry.say.means is Means.OWN_HAND  # type: ignore[attr-defined]
    assert entry.say.words == "Ja, fijn."  # type: ignore[attr-defined]
    assert entry.say.shown_version == case.version  # type: ignore[attr-defined]
    assert entry.by.role is Role.CLIENT
    assert f'id="q{number}"' not in page_of(case, browser)


def test_a_no_to_a_question_leaves_everything_as_it_is(app: Flask) -> None:
    case = given.sanne()
    number = ask(case)
    browser = open_own(app, case)
    sent(browser, case, f"answer/{number}", answer="no")
    (entry,) = kept(app, case)
    assert (entry.TOPIC, entry.say.stance) == ("proposal_answered", Stance.DISAGREES)  # type: ignore[attr-defined]
    assert "Dit gaat dus niet door" in page_of(case, browser)


def test_to_talk_first_leaves_the_question_open(app: Flask) -> None:
    case = given.sanne()
    number = ask(case)
    browser = open_own(app, case)
    sent(browser, case, f"answer/{number}", answer="talk", words="Eerst met jou.")
    (entry,) = kept(app, case)
    assert (entry.TOPIC, entry.say.stance) == ("stance_taken", Stance.WANTS_TO_TALK)  # type: ignore[attr-defined]
    page = page_of(case, browser)
    assert f'id="q{number}"' in page
    assert "Eerst met jou." in page


def test_saying_nothing_is_no_answer(app: Flask) -> None:
    case = given.sanne()
    number = ask(case)
    browser = open_own(app, case)
    answer = sent(browser, case, f"answer/{number}", 422, words="Ik weet het niet.")
    assert "Ik weet het niet." in answer.text
    assert not kept(app, case)
    page_of(case, browser)
    assert not kept(app, case)


def test_an_offer_is_taken_with_own_hand(app: Flask) -> None:
    case = given.with_offer()
    browser = open_own(app, case)
    support = given.the(case.plan.supports)
    sent(browser, case, f"answer/{support}", answer="yes")
    (entry,) = kept(app, case)
    assert (entry.TOPIC, entry.say.means) == ("support_accepted", Means.OWN_HAND)  # type: ignore[attr-defined]


def test_an_offer_is_refused_and_not_asked_again_for_a_while(app: Flask) -> None:
    case = given.with_offer()
    browser = open_own(app, case)
    support = given.the(case.plan.supports)
    sent(browser, case, f"answer/{support}", answer="no", words="Ik kan dit zelf.")
    (entry,) = kept(app, case)
    assert (entry.TOPIC, entry.words) == ("support_refused", "Ik kan dit zelf.")  # type: ignore[attr-defined]
    page = page_of(case, browser)
    assert "niet opnieuw vóór 20-12-2026" in page
    assert "Ik kan dit zelf." in page


def test_what_was_refused_stays_so_until_the_client_comes_back_to_it(app: Flask) -> None:
    case = given.karim()
    browser = open_own(app, case)
    support = given.the(case.plan.supports)
    page = page_of(case, browser)
    assert "Bel Fatima, ook over een jaar." in page
    assert 'id="q' not in page
    sent(browser, case, f"answer/{support}", answer="yes")
    plan = desk_of(app).casework.history(case.id).plan
    assert plan.supports[support].status is SupportStatus.ACCEPTED
    assert plan.supports[support].refusals, "the no stays in the thread"


def test_an_answer_may_change_later(app: Flask) -> None:
    case = given.with_support()
    goal = given.the(case.plan.goals)
    browser = open_own(app, case)
    sent(browser, case, f"answer/{goal}", answer="no", words="Toch niet meer.")
    (position,) = desk_of(app).casework.history(case.id).plan.stances_on(goal).of()
    assert (position.say.stance, position.say.means) == (Stance.DISAGREES, Means.OWN_HAND)
    assert "Toch niet meer." in page_of(case, browser)


def test_a_proposal_reaches_the_case_and_says_until_when_one_waits(app: Flask) -> None:
    case = given.sanne()
    browser = open_own(app, case)
    goal = given.the(case.plan.goals)
    sent(browser, case, f"propose?about={goal}", then="Ik wil vaker koken.")
    plan = desk_of(app).casework.history(case.id).plan
    (made,) = plan.proposals.values()
    assert (made.subject, made.then) == (goal, "Ik wil vaker koken.")
    assert (made.proposed_by, made.asks) == (Voice.CLIENT, Asks.ORGANISATION)
    assert made.answer_by == NOW + timedelta(days=7)
    page = page_of(case, browser)
    assert "29-11-2026" in page
    assert "Ik wil vaker koken." in page


def test_the_same_form_sent_twice_is_kept_once_and_another_text_is_not_lost(app: Flask) -> None:
    case = given.sanne()
    browser = open_own(app, case)
    address = f"/my-plan/{case.id}/propose"
    form = form_in(browser.get(address).text, address) | {"then": "Ik wil vaker koken."}
    assert browser.post(address, data=form).status_code == 303
    assert browser.post(address, data=form).status_code == 303
    assert len(kept(app, case)) == 1
    again = browser.post(address, data=form | {"then": "En naar de markt."})
    assert again.status_code == 409
    assert "En naar de markt." in again.text


def test_an_answer_sent_twice_is_kept_once(app: Flask) -> None:
    case = given.sanne()
    number = ask(case)
    browser = open_own(app, case)
    address = f"/my-plan/{case.id}/answer/{number}"
    form = form_in(page_of(case, browser), address) | {"answer": "yes"}
    assert [browser.post(address, data=form).status_code for _ in range(2)] == [303, 303]
    assert browser.post(address, data=form | {"answer": "no"}).status_code == 409
    assert len(kept(app, case)) == 1


def test_what_changed_meanwhile_is_shown_beside_the_answer(app: Flask) -> None:
    case = given.with_goal()
    browser = open_own(app, case)
    goal = given.the(case.plan.goals)
    address = f"/my-plan/{case.id}/answer/{goal}"
    form = form_in(browser.get(address).text, address)
    with desk_of(app).casework.changing(case.id) as change:
        change.case.adjust_goal(goal, "Ik kook elke dag.", "Meer.", **deciding(NOW, by=given.WORKER))
    answer = browser.post(address, data=form | {"answer": "yes", "words": "Drie keer is goed."})
    assert answer.status_code == 409
    assert "Drie keer is goed." in answer.text
    assert "Ik kook elke dag." in answer.text
    again = form_in(answer.text, address)
    assert browser.post(address, data=again | {"answer": "no"}).status_code == 303


def test_a_question_that_somebody_answered_meanwhile_keeps_the_words(app: Flask) -> None:
    case = given.sanne()
    number = ask(case)
    browser = open_own(app, case)
    address = f"/my-plan/{case.id}/answer/{number}"
    form = form_in(page_of(case, browser), address) | {"answer": "no", "words": "Ik wil dit niet."}
    with desk_of(app).casework.changing(case.id) as change:
        change.case.take_back_proposal(number, "Toch niet.", **telling(NOW, given.WORKER))
    answer = browser.post(address, data=form)
    assert answer.status_code == 409
    assert "Ik wil dit niet." in answer.text
    assert "is niet meer open" in answer.text


def test_another_clients_plan_is_not_there(app: Flask) -> None:
    mine, other = given.sanne(), given.an_opened_case(client_id=uuid4())
    desk_of(app).casework.open(other)
    browser = open_own(app, mine)
    unknown = browser.get(f"/my-plan/{uuid4()}")
    for path in ("", "/propose", f"/answer/{uuid4()}", f"/documents/{uuid4()}"):
        foreign = browser.get(f"/my-plan/{other.id}{path}")
        assert foreign.status_code == unknown.status_code == 404


def test_a_worker_has_no_page_of_the_client(app: Flask, as_: Open) -> None:
    case = given.sanne()
    desk_of(app).casework.open(case)
    assert as_("ilse", Role.COORDINATOR).get(f"/my-plan/{case.id}").status_code == 404


def test_a_second_no_promises_no_longer_peace_than_there_is(app: Flask) -> None:
    case = given.with_offer()
    support, day = given.the(case.plan.supports), date(2026, 11, 10)
    case.refuse_support(support, WhyRefused.NOT_ASKED, **deciding(day, given.no()))
    browser = open_own(app, case)
    sent(browser, case, f"answer/{support}", answer="no", words="Nog steeds niet.")
    assert "niet opnieuw vóór 08-12-2026" in page_of(case, browser)


def test_the_yes_of_a_child_agrees_nothing_by_itself(app: Flask) -> None:
    case = given.with_offer()
    case.describe_client(name="Sanne Mulder", birth_date=date(2013, 4, 3), **telling())
    support, clock = given.the(case.plan.supports), given.clock_of(case)
    number = ask(case)
    browser = open_own(app, case)
    for path in (f"answer/{support}", f"answer/{number}"):
        sent(browser, case, path, answer="yes", words="Ja hoor.")
        assert "wie hier met" in page_of(case, browser)
    assert [entry.TOPIC for entry in kept(app, case)] == ["stance_taken", "stance_taken"]
    plan = desk_of(app).casework.history(case.id).plan_on(clock().date())
    assert plan.supports[support].status is SupportStatus.OFFERED
